package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.people.Assurance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a call is to be approved: a policy's {@code require_approval} entry with its defaults filled in (spec 03).
 *
 * @param flow the flow's process id
 * @param with parameters of the flow: text, numbers, booleans and lists of them; {@link #APPROVALS} is a whole number
 * @param approvers people or groups, as the rule names them
 * @param expiresAfter how long people have
 * @param approvedFor how long an approval may wait for its call to run
 * @param reason why the rule asks, shown to reviewers
 * @param reasonRequired whether a review needs a reason
 * @param allowOwner whether the grant's owner may review
 * @param allowEdit whether a reviewer may change arguments
 * @param minAssurance the least assurance that approves
 * @param hash lower-case hex SHA-256 of the entry; the approval is bound to it
 */
public record ApprovalTerms(
        String flow,
        Map<String, Object> with,
        List<String> approvers,
        Duration expiresAfter,
        Duration approvedFor,
        Optional<String> reason,
        boolean reasonRequired,
        boolean allowOwner,
        boolean allowEdit,
        Assurance minAssurance,
        String hash) {

    /** The flow's parameter that says how many people must approve. */
    public static final String APPROVALS = "approvals";

    /** No rule asks more people than this. */
    public static final int MOST_APPROVALS = 1_000;

    public ApprovalTerms {
        Objects.requireNonNull(flow);
        with = Map.copyOf(with);
        checkApprovals(with.getOrDefault(APPROVALS, 1));
        approvers = List.copyOf(approvers);
        Objects.requireNonNull(expiresAfter);
        Objects.requireNonNull(approvedFor);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(minAssurance);
        Objects.requireNonNull(hash);
    }

    /** How many people must approve: {@code with.approvals}, else one. */
    public int approvalsNeeded() {
        return with.get(APPROVALS) instanceof Number approvals ? approvals.intValue() : 1;
    }

    /** A number written in another way must not count as one: fewer people would approve than the rule says. */
    private static void checkApprovals(Object value) {
        var whole = value instanceof Integer || value instanceof Long;
        if (!whole || ((Number) value).longValue() < 1 || ((Number) value).longValue() > MOST_APPROVALS) {
            throw new IllegalArgumentException("with.approvals is %s (%s); use a whole number from 1 to %d"
                    .formatted(value, value.getClass().getSimpleName(), MOST_APPROVALS));
        }
    }
}
