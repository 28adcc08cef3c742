package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.ToolStanding.Kind;
import io.holdpoint.workflow.Risk;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds what a policy says about a tool whatever its arguments. Not in the order in which {@link Judge} decides: first
 * comes what matters most to a person, from denied over asked and checked to counted.
 */
final class StandingReader {

    private static final OptionalInt NOWHERE = OptionalInt.empty();

    private final Rules rules;
    private final RulesForTool tool;

    StandingReader(Rules rules, String tool, Risk catalogued) {
        this.rules = rules;
        this.tool = RulesForTool.of(rules, tool, catalogued);
    }

    ToolStanding read() {
        return byName().or(this::alwaysDenied)
                .or(() -> held(entry -> entry.conditions().isEmpty(), Kind.APPROVAL))
                .or(() -> held(entry -> true, Kind.CONDITIONAL_APPROVAL))
                .or(this::checked)
                .or(this::limited)
                .orElseGet(this::allowed);
    }

    private Optional<ToolStanding> byName() {
        return tool.byName().map(denied -> {
            var rule = denied.decision().rule();
            return standing(rule.equals(RuleId.HIDDEN) ? Kind.HIDDEN : Kind.DENIED, rule, denied.line());
        });
    }

    private Optional<ToolStanding> alwaysDenied() {
        return first(
                Kind.DENIED,
                rule -> rule.denials().stream()
                        .filter(guard -> guard.conditions().isEmpty())
                        .map(Guard::rule));
    }

    private Optional<ToolStanding> held(Predicate<HoldEntry> which, Kind kind) {
        return tool.applying().stream()
                .flatMap(rule -> rule.holds().stream())
                .filter(which)
                .findFirst()
                .map(entry -> standing(kind, entry.rule(), OptionalInt.of(entry.line())));
    }

    private Optional<ToolStanding> checked() {
        return first(
                Kind.CHECKED,
                rule -> Stream.concat(rule.requires().stream(), rule.denials().stream())
                        .map(Guard::rule));
    }

    private Optional<ToolStanding> limited() {
        var limited = first(Kind.LIMITED, rule -> rule.limits().stream().map(LimitRule::rule));
        return limited.isPresent()
                ? limited
                : rules.allTools().stream().findFirst().map(limit -> standing(Kind.LIMITED, limit.rule(), NOWHERE));
    }

    private ToolStanding allowed() {
        return tool.own()
                .map(rule -> standing(Kind.ALLOWED, rule.rule(), OptionalInt.of(rule.line())))
                .orElseGet(() -> standing(Kind.ALLOWED, RuleId.DEFAULT_ALLOW, NOWHERE));
    }

    /** The line is that of the tool's rule: its parts are on it or below it. */
    private Optional<ToolStanding> first(Kind kind, Function<ToolRule, Stream<RuleId>> parts) {
        return tool.applying().stream()
                .flatMap(rule -> parts.apply(rule).map(part -> standing(kind, part, OptionalInt.of(rule.line()))))
                .findFirst();
    }

    private ToolStanding standing(Kind kind, RuleId rule, OptionalInt line) {
        return new ToolStanding(kind, rule, line, tool.risk());
    }
}
