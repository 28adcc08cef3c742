package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.document.Durations;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.workflow.approval.ApprovalTerms;

/** A decision in plain words: {@code held: delete_study needs radiology-leads (single-approval, 1h)}. */
record Summary(String tool) implements Decision.Cases<String> {

    @Override
    public String allow(Decision.Allow allow) {
        return "allowed: " + tool;
    }

    @Override
    public String deny(Decision.Deny deny) {
        return "denied: " + tool + ", by " + deny.rule();
    }

    @Override
    public String limit(Decision.Limit limit) {
        return "limited: " + tool + ", by " + limit.rule();
    }

    @Override
    public String hold(Decision.Hold hold) {
        var terms = hold.terms();
        return "held: %s needs %s (%s, %s)"
                .formatted(tool, approvers(terms), flow(terms), Durations.brief(terms.expiresAfter()));
    }

    static String approvers(ApprovalTerms terms) {
        return terms.approvers().isEmpty() ? "approvers of the configuration" : String.join(", ", terms.approvers());
    }

    static String flow(ApprovalTerms terms) {
        return terms.with().containsKey(ApprovalTerms.APPROVALS)
                ? "%s of %d".formatted(terms.flow(), terms.approvalsNeeded())
                : terms.flow();
    }
}
