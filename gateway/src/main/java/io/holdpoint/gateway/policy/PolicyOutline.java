package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.ArgumentUse.Purpose;
import io.holdpoint.gateway.policy.argument.ArgumentPath;
import io.holdpoint.workflow.Risk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.MissingNode;

/** What a policy is made of, to be compared with what a server has. Immutable and safe for any thread. */
public final class PolicyOutline {

    private final Rules rules;

    PolicyOutline(Rules rules) {
        this.rules = rules;
    }

    /** How many rules it has, those by risk class included. */
    public int size() {
        return rules.tools().size() + rules.byRisk().size();
    }

    /** Whether {@code default} is {@code allow}. */
    public boolean allowsUnlisted() {
        return rules.allowsUnlisted();
    }

    /** The key under {@code tools} whose rule is the tool's own; empty where it has none by its name. */
    public Optional<String> keyFor(String tool) {
        return rules.named(tool).map(ToolRule::name);
    }

    /**
     * Whether the policy says anything of this tool in particular: hides it, or has a rule for it or its class.
     *
     * @param catalogued the tool's class in the catalogue
     */
    public boolean mentions(String tool, Risk catalogued) {
        return rules.hides(tool)
                || RulesForTool.of(rules, tool, catalogued).own().isPresent();
    }

    /** Where it names tools, in the order of their lines; {@code *} names none. */
    public List<NameUse> names() {
        var names = new ArrayList<NameUse>();
        rules.hideEntries()
                .forEach(entry -> names.add(new NameUse(entry.glob().pattern(), entry.rule(), entry.line())));
        rules.tools().values().forEach(rule -> names.add(new NameUse(rule.name(), rule.rule(), rule.line())));
        names.removeIf(use -> use.name().equals(Rules.ALL));
        names.sort(Comparator.comparingInt(NameUse::line).thenComparing(NameUse::name));
        return List.copyOf(names);
    }

    /**
     * Whether a call of a tool gets as far as arguments: it is not denied for its name.
     *
     * @param catalogued the tool's class in the catalogue
     */
    public boolean looksAtArguments(String tool, Risk catalogued) {
        return RulesForTool.of(rules, tool, catalogued).byName().isEmpty();
    }

    /** Where rules for tools, by their names or globs, name arguments, in the order of their lines. */
    public List<ArgumentUse> arguments() {
        return uses(rules.tools().values().stream().filter(rule -> !rule.name().equals(Rules.ALL)));
    }

    /** Where {@code all_tools} and the rule {@code *} name arguments, in the order of their lines. */
    public List<ArgumentUse> argumentsOfEveryTool() {
        var uses = new ArrayList<>(uses(rules.everyTool().stream()));
        rules.allTools().forEach(limit -> collect(Rules.ALL, limit, uses));
        uses.sort(Comparator.comparingInt(ArgumentUse::line));
        return List.copyOf(uses);
    }

    /** Where the rule for a risk class names arguments, in the order of their lines. */
    public List<ArgumentUse> argumentsOf(Risk risk) {
        return uses(Optional.ofNullable(rules.byRisk().get(risk)).stream());
    }

    private static List<ArgumentUse> uses(Stream<ToolRule> rules) {
        var uses = new ArrayList<ArgumentUse>();
        rules.forEach(rule -> collect(rule, uses));
        uses.sort(Comparator.comparingInt(ArgumentUse::line));
        return List.copyOf(uses);
    }

    private static void collect(ToolRule rule, List<ArgumentUse> uses) {
        rule.requires().forEach(guard -> collect(rule, Purpose.REQUIRE, guard.rule(), guard.conditions(), uses));
        rule.denials().forEach(guard -> collect(rule, Purpose.DENY_IF, guard.rule(), guard.conditions(), uses));
        rule.limits().forEach(limit -> collect(rule.name(), limit, uses));
        rule.holds().forEach(hold -> collect(rule, Purpose.REQUIRE_APPROVAL, hold.rule(), hold.conditions(), uses));
        rule.redact().forEach(path -> uses.add(plain(rule.name(), Purpose.REDACT, rule.rule(), rule.line(), path)));
    }

    private static void collect(String tool, LimitRule limit, List<ArgumentUse> uses) {
        limit.amount().ifPresent(path -> uses.add(plain(tool, Purpose.LIMITS, limit.rule(), limit.line(), path)));
    }

    private static void collect(
            ToolRule rule, Purpose purpose, RuleId entry, List<Condition> conditions, List<ArgumentUse> uses) {
        conditions.forEach(condition -> uses.add(new ArgumentUse(
                rule.name(),
                purpose,
                entry,
                condition.line(),
                condition.path().toString(),
                condition.path().steps(),
                condition.operator().word(),
                condition.operand())));
    }

    private static ArgumentUse plain(String tool, Purpose purpose, RuleId rule, int line, ArgumentPath path) {
        return new ArgumentUse(tool, purpose, rule, line, path.toString(), path.steps(), "", MissingNode.getInstance());
    }
}
