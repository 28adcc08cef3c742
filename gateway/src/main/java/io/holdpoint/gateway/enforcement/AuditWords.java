package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.ShadowDecision;
import java.util.Optional;

/** The audit entry of a policy decision about a call. A held call's entry is written with its approval instead. */
final class AuditWords {

    private AuditWords() {}

    /** @param shadow what the shadow policy of the call's grant said, if it has one */
    static AuditEntry entry(ToolCall call, Decision decision, Optional<ShadowDecision> shadow) {
        return decision.match(new Decision.Cases<>() {
            @Override
            public AuditEntry allow(Decision.Allow allow) {
                return new AuditEntry.CallAllowed(call.summary(allow.rule()), shadow);
            }

            @Override
            public AuditEntry deny(Decision.Deny deny) {
                return new AuditEntry.CallRefused(call.summary(deny.rule()), "deny", deny.message(), shadow);
            }

            @Override
            public AuditEntry limit(Decision.Limit limit) {
                return new AuditEntry.CallRefused(call.summary(limit.rule()), "limit", limit.message(), shadow);
            }

            @Override
            public AuditEntry hold(Decision.Hold hold) {
                throw new IllegalStateException("a held call is recorded with its approval");
            }
        });
    }
}
