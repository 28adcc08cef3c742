package io.holdpoint.gateway.policy;

import io.holdpoint.workflow.Risk;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The rules that count for a tool, and what its name alone decides.
 *
 * @param risk the tool's class as the policy sees it
 * @param own the tool's own rule, or else that of its class
 * @param applying all that count, its own first
 * @param byName why the name alone is denied; empty where a call gets as far as its arguments
 */
record RulesForTool(
        String tool, Risk risk, Optional<ToolRule> own, List<ToolRule> applying, Optional<DeniedName> byName) {

    RulesForTool {
        Objects.requireNonNull(tool);
        Objects.requireNonNull(risk);
        Objects.requireNonNull(own);
        applying = List.copyOf(applying);
        Objects.requireNonNull(byName);
    }

    /**
     * A name that is denied whatever the arguments.
     *
     * @param line where the rule that is imitated stands; empty where nothing is
     */
    record DeniedName(Decision.Deny decision, OptionalInt line) {}

    static RulesForTool of(Rules rules, String tool, Risk catalogued) {
        var risk = rules.risk(tool).orElse(catalogued);
        var own = rules.own(tool, risk);
        return new RulesForTool(tool, risk, own, rules.applying(own), deniedName(rules, tool, own));
    }

    private static Optional<DeniedName> deniedName(Rules rules, String tool, Optional<ToolRule> own) {
        if (rules.hides(tool)) {
            return Optional.of(denied(RuleId.HIDDEN, OptionalInt.empty(), Refusals.hidden(tool)));
        }
        if (own.isEmpty() && !rules.allowsUnlisted()) {
            return Optional.of(denied(RuleId.DEFAULT_DENY, OptionalInt.empty(), Refusals.notPermitted(tool)));
        }
        return rules.imitated(tool)
                .map(rule -> denied(rule.rule(), OptionalInt.of(rule.line()), Refusals.lookalike(tool)));
    }

    private static DeniedName denied(RuleId rule, OptionalInt line, String message) {
        return new DeniedName(new Decision.Deny(rule, message), line);
    }
}
