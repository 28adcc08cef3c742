package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.CallSummary;
import io.holdpoint.workflow.people.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One approval as it stands: what the API shows and cards are made from.
 *
 * @param digest what the approval is bound to, lower-case hex
 * @param definition lower-case hex SHA-256 of the tool's definition it is bound to
 * @param flowVersion the flow's version
 * @param approvers the approver set as resolved when asked
 * @param decidedBy the person whose review or cancellation ended it; empty where nobody's did
 * @param decidedReason the reason given with that
 * @param toldPending whether the agent was told it is pending, so that the call runs without a waiting connection
 * @param runnableUntil when an approved call may run at the latest
 * @param argumentsDeletedAt until when the arguments were kept ({@code approvals.retain-arguments}); empty while they
 *     are, and then {@code call.arguments()} has them
 */
public record Approval(
        ApprovalId id,
        ApprovalState state,
        CallSummary call,
        ApprovalTerms terms,
        String digest,
        String definition,
        int flowVersion,
        String agentSays,
        List<PersonId> approvers,
        Instant requestedAt,
        Instant expiresAt,
        Optional<Instant> decidedAt,
        Optional<PersonId> decidedBy,
        Optional<String> decidedReason,
        Optional<Instant> runnableUntil,
        boolean toldPending,
        List<Review> reviews,
        Optional<Execution> execution,
        Optional<Instant> argumentsDeletedAt) {

    public Approval {
        Objects.requireNonNull(id);
        Objects.requireNonNull(state);
        Objects.requireNonNull(call);
        Objects.requireNonNull(terms);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(definition);
        Objects.requireNonNull(agentSays);
        approvers = List.copyOf(approvers);
        Objects.requireNonNull(requestedAt);
        Objects.requireNonNull(expiresAt);
        Objects.requireNonNull(decidedAt);
        Objects.requireNonNull(decidedBy);
        Objects.requireNonNull(decidedReason);
        Objects.requireNonNull(runnableUntil);
        reviews = List.copyOf(reviews);
        Objects.requireNonNull(execution);
        Objects.requireNonNull(argumentsDeletedAt);
    }

    /** The digest as cards show it. */
    public String shortDigest() {
        return digest.substring(0, 12);
    }
}
