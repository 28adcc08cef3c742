/**
 * What a held call looks like to everybody who is not the agent.
 * {@link io.holdpoint.workflow.CallSummary} is the one redacted description that people and the log see.
 */
@NullMarked
package io.holdpoint.workflow;

import org.jspecify.annotations.NullMarked;
