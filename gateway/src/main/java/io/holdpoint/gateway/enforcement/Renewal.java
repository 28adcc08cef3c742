package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.RuleId;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the grant and the policy of a call are still in force: to read a server's tools, or to wait for one's turn,
 * may take long enough for both to change. Safe for any thread.
 */
final class Renewal {

    /** What becomes of a call whose grant or policy changed after it was judged. */
    static final Decision.Deny CHANGED = new Decision.Deny(
            new RuleId("(changed)"),
            "The call was not made: its grant or policy changed while it was judged. Call again to have it judged anew.");

    private final Supplier<Grants> grants;
    private final Clock clock;

    Renewal(Supplier<Grants> grants, Clock clock) {
        this.grants = grants;
        this.clock = clock;
    }

    /** The call with its grant and policy as they are now; empty if the grant is gone, over or another one. */
    Optional<ToolCall> renewed(ToolCall call) {
        var grant = call.grant();
        return grants.get()
                .standing(grant.id(), call.server(), grant.state(call.server()), clock.instant())
                .map(call::under);
    }

    /** Whether the call would be judged by the same grant and policy now. */
    boolean isCurrent(ToolCall call) {
        var now = grants.get();
        var same = now.find(call.grant().id()).filter(grant -> grant == call.grant());
        return same.isPresent()
                ? same.get().isValidAt(clock.instant())
                : renewed(call)
                        .filter(renewed -> policy(renewed).equals(policy(call)))
                        .isPresent();
    }

    private static Optional<String> policy(ToolCall call) {
        return call.access().policy().map(Policy::sha256);
    }
}
