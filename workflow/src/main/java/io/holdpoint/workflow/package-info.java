/**
 * What a held call looks like to everybody who is not the agent.
 * {@link io.holdpoint.workflow.CallSummary} is the one redacted description that people and the log see;
 * {@link io.holdpoint.workflow.Sha256} is how it names versions, tokens and digests.
 */
@NullMarked
package io.holdpoint.workflow;

import org.jspecify.annotations.NullMarked;
