package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.mcp.Refusal;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.RuleId;
import java.time.Duration;
import java.util.Optional;

/** What the agent is told while the audit log cannot be written. */
final class NotRecorded {

    static final Decision.Deny DECISION = new Decision.Deny(
            new RuleId("(not recorded)"),
            "The call was not made: the audit log cannot be written, so nothing passes. Try again in a while.");

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private NotRecorded() {}

    static Refusal refusal() {
        return new Refusal(
                Refusal.Kind.DENY,
                DECISION.rule().value(),
                DECISION.message(),
                Optional.of(RETRY_AFTER),
                Optional.empty());
    }
}
