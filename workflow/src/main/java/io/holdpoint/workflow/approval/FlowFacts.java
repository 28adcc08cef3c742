package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.CallSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a flow may read about the approval it decides (spec 06, What a flow may use).
 *
 * @param approvers people or groups, as the rule names them
 * @param remindAt half way between question and deadline
 * @param with the rule's parameters of the flow
 */
public record FlowFacts(
        List<String> approvers, Instant expiresAt, Instant remindAt, CallSummary call, Map<String, Object> with) {

    public FlowFacts {
        approvers = List.copyOf(approvers);
        Objects.requireNonNull(expiresAt);
        Objects.requireNonNull(remindAt);
        Objects.requireNonNull(call);
        with = Map.copyOf(with);
    }

    static FlowFacts of(Approval approval) {
        var terms = approval.terms();
        var half = terms.expiresAfter().dividedBy(2);
        return new FlowFacts(
                terms.approvers(),
                approval.expiresAt(),
                approval.requestedAt().plus(half),
                approval.call(),
                terms.with());
    }
}
