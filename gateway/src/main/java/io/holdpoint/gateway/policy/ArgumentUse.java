package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.argument.PathStep;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * A place in a policy that names an argument, for checks against what a server offers.
 *
 * @param tool the key of the rule under {@code tools}: a name, a glob or {@code *}; that of a risk class under {@code
 *     by_risk}; {@code *} in {@code all_tools}
 * @param rule the entry
 * @param line where the path stands, counted from 1
 * @param path as the policy writes it
 * @param steps the path's, from the arguments on
 * @param operator the word of the condition's; empty where there is none
 * @param operand what it compares with; missing where there is none
 */
public record ArgumentUse(
        String tool,
        Purpose purpose,
        RuleId rule,
        int line,
        String path,
        List<PathStep> steps,
        String operator,
        JsonNode operand) {

    public ArgumentUse {
        Objects.requireNonNull(tool);
        Objects.requireNonNull(purpose);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(path);
        steps = List.copyOf(steps);
        Objects.requireNonNull(operator);
        Objects.requireNonNull(operand);
    }

    /** What the argument is named for. */
    public enum Purpose {
        REQUIRE,
        DENY_IF,
        LIMITS,
        REQUIRE_APPROVAL,
        REDACT
    }
}
