/**
 * What another policy would have said: {@link io.holdpoint.gateway.authoring.simulation.Simulation} judges calls of the
 * audit log again.
 */
@NullMarked
package io.holdpoint.gateway.authoring.simulation;

import org.jspecify.annotations.NullMarked;
