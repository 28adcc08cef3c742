/**
 * What every approval flow must offer, and the flows that come with Holdpoint.
 * {@link io.holdpoint.bpmn.flow.FlowContract} has the names, {@link io.holdpoint.bpmn.flow.ShippedFlows} the drawings.
 */
@NullMarked
package io.holdpoint.bpmn.flow;

import org.jspecify.annotations.NullMarked;
