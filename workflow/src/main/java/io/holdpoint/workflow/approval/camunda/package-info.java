/**
 * Runs approval flows on an embedded Camunda 7 engine, locked down so that a drawing is not code (spec 06).
 * The only code besides module bpmn that imports {@code org.camunda}; {@link CamundaConfiguration} is its door.
 */
@NullMarked
package io.holdpoint.workflow.approval.camunda;

import org.jspecify.annotations.NullMarked;
