package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.workflow.audit.AuditEntry;

/** The audit entry of a policy decision about a call. A held call's entry is written with its approval instead. */
final class AuditWords {

    private AuditWords() {}

    static AuditEntry entry(ToolCall call, Decision decision) {
        return decision.match(new Decision.Cases<>() {
            @Override
            public AuditEntry allow(Decision.Allow allow) {
                return new AuditEntry.CallAllowed(call.summary(allow.rule()));
            }

            @Override
            public AuditEntry deny(Decision.Deny deny) {
                return new AuditEntry.CallRefused(call.summary(deny.rule()), "deny", deny.message());
            }

            @Override
            public AuditEntry limit(Decision.Limit limit) {
                return new AuditEntry.CallRefused(call.summary(limit.rule()), "limit", limit.message());
            }

            @Override
            public AuditEntry hold(Decision.Hold hold) {
                throw new IllegalStateException("a held call is recorded with its approval");
            }
        });
    }
}
