package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.grant.Grant;
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
        var now = grants.get();
        var grant = call.grant();
        if (now.find(grant.id()).filter(found -> found == grant).isPresent()) {
            return grant.isValidAt(clock.instant()) ? Optional.of(call) : Optional.empty();
        }
        return now.standing(grant.id(), call.server(), grant.state(call.server()), clock.instant())
                .map(call::under);
    }

    /**
     * Whether the call would be judged by the same grant and policy now, and goes to the same server: one that is not
     * trusted any more has tools of other risk classes.
     */
    boolean isCurrent(ToolCall call) {
        return renewed(call)
                .map(ToolCall::access)
                .filter(now -> now.server().equals(call.access().server()))
                .filter(now -> policy(now).equals(policy(call.access())))
                .isPresent();
    }

    private static Optional<String> policy(Grant.Access access) {
        return access.policy().map(Policy::sha256);
    }
}
