/**
 * Questions put to people about held calls, from the question to what came of the answer.
 * {@link io.holdpoint.workflow.approval.Approvals} is the people's side of the door,
 * {@link io.holdpoint.workflow.approval.Executions} the gateway's.
 */
@NullMarked
package io.holdpoint.workflow.approval;

import org.jspecify.annotations.NullMarked;
