package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.argument.Steps;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An entry of {@code require} or {@code deny_if}.
 *
 * @param line where it stands, counted from 1
 * @param onDeny what the author of the policy tells the agent
 */
record Guard(RuleId rule, int line, List<Condition> conditions, Optional<String> onDeny) {

    Guard {
        Objects.requireNonNull(rule);
        conditions = List.copyOf(conditions);
        Objects.requireNonNull(onDeny);
    }

    /** As an entry of {@code require}: what cannot be judged does not hold. */
    boolean isMetBy(Call call, Steps steps) {
        return Condition.allHold(conditions, call.arguments(), steps, false);
    }

    /** As an entry of {@code deny_if}: what cannot be judged holds. */
    boolean catches(Call call, Steps steps) {
        return Condition.allHold(conditions, call.arguments(), steps, true);
    }
}
