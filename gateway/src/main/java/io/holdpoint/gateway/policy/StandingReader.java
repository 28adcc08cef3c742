package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.ToolStanding.Kind;
import io.holdpoint.workflow.Risk;
import java.util.List;
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
    private final String tool;
    private final Risk risk;
    private final Optional<ToolRule> own;
    private final List<ToolRule> applying;

    StandingReader(Rules rules, String tool, Risk catalogued) {
        this.rules = rules;
        this.tool = tool;
        this.risk = rules.risk(tool).orElse(catalogued);
        this.own = rules.own(tool, risk);
        this.applying = rules.applying(own);
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
        if (rules.hides(tool)) {
            return Optional.of(standing(Kind.HIDDEN, RuleId.HIDDEN, NOWHERE));
        }
        if (own.isEmpty() && !rules.allowsUnlisted()) {
            return Optional.of(standing(Kind.DENIED, RuleId.DEFAULT_DENY, NOWHERE));
        }
        return rules.imitated(tool).map(rule -> standing(Kind.DENIED, rule.rule(), OptionalInt.of(rule.line())));
    }

    private Optional<ToolStanding> alwaysDenied() {
        return first(
                Kind.DENIED,
                rule -> rule.denials().stream()
                        .filter(guard -> guard.conditions().isEmpty())
                        .map(Guard::rule));
    }

    private Optional<ToolStanding> held(Predicate<HoldEntry> which, Kind kind) {
        return applying.stream()
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
        return own.map(rule -> standing(Kind.ALLOWED, rule.rule(), OptionalInt.of(rule.line())))
                .orElseGet(() -> standing(Kind.ALLOWED, RuleId.DEFAULT_ALLOW, NOWHERE));
    }

    /** The line is that of the tool's rule: its parts are on it or below it. */
    private Optional<ToolStanding> first(Kind kind, Function<ToolRule, Stream<RuleId>> parts) {
        return applying.stream()
                .flatMap(rule -> parts.apply(rule).map(part -> standing(kind, part, OptionalInt.of(rule.line()))))
                .findFirst();
    }

    private ToolStanding standing(Kind kind, RuleId rule, OptionalInt line) {
        return new ToolStanding(kind, rule, line, risk);
    }
}
