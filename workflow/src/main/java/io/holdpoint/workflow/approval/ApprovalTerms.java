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
 * @param with parameters of the flow: text, numbers, booleans and lists of them
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

    public ApprovalTerms {
        Objects.requireNonNull(flow);
        with = Map.copyOf(with);
        approvers = List.copyOf(approvers);
        Objects.requireNonNull(expiresAfter);
        Objects.requireNonNull(approvedFor);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(minAssurance);
        Objects.requireNonNull(hash);
    }
}
