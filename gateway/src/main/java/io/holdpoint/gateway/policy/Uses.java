package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.ArgumentUse.Purpose;
import io.holdpoint.gateway.policy.ArgumentUse.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.MissingNode;

/** Collects where a policy names tools and arguments. Not thread-safe. */
final class Uses {

    private final Rules rules;

    Uses(Rules rules) {
        this.rules = rules;
    }

    /** In the order of their lines; {@code *} names no tool. */
    List<NameUse> names() {
        var names = new ArrayList<NameUse>();
        rules.hideEntries()
                .forEach(entry -> names.add(new NameUse(entry.glob().pattern(), entry.rule(), entry.line())));
        rules.tools().values().forEach(rule -> names.add(new NameUse(rule.name(), rule.rule(), rule.line())));
        names.removeIf(use -> use.name().equals(Rules.ALL));
        names.sort(Comparator.comparingInt(NameUse::line).thenComparing(NameUse::name));
        return List.copyOf(names);
    }

    List<ArgumentUse> arguments() {
        var uses = new ArrayList<ArgumentUse>();
        rules.tools().values().forEach(rule -> collect(rule, uses));
        uses.sort(Comparator.comparingInt(ArgumentUse::line));
        return List.copyOf(uses);
    }

    private static void collect(ToolRule rule, List<ArgumentUse> uses) {
        rule.requires().forEach(guard -> collect(rule, Purpose.REQUIRE, guard.rule(), guard.conditions(), uses));
        rule.denials().forEach(guard -> collect(rule, Purpose.DENY_IF, guard.rule(), guard.conditions(), uses));
        rule.limits()
                .forEach(limit -> limit.amount()
                        .ifPresent(path -> uses.add(plain(rule, Purpose.LIMITS, limit.rule(), limit.line(), path))));
        rule.holds().forEach(hold -> collect(rule, Purpose.REQUIRE_APPROVAL, hold.rule(), hold.conditions(), uses));
        rule.redact().forEach(path -> uses.add(plain(rule, Purpose.REDACT, rule.rule(), rule.line(), path)));
    }

    private static void collect(
            ToolRule rule, Purpose purpose, RuleId entry, List<Condition> conditions, List<ArgumentUse> uses) {
        conditions.forEach(condition -> uses.add(new ArgumentUse(
                rule.name(),
                purpose,
                entry,
                condition.line(),
                condition.path().toString(),
                steps(condition.path()),
                condition.operator().word(),
                condition.operand())));
    }

    private static ArgumentUse plain(ToolRule rule, Purpose purpose, RuleId entry, int line, ArgumentPath path) {
        return new ArgumentUse(
                rule.name(), purpose, entry, line, path.toString(), steps(path), "", MissingNode.getInstance());
    }

    private static List<Step> steps(ArgumentPath path) {
        return path.steps().stream()
                .map(step -> new Step(step.name(), step.index()))
                .toList();
    }
}
