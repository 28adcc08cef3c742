package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.Explanation.Asked;
import io.holdpoint.gateway.policy.Explanation.Kind;
import io.holdpoint.gateway.policy.Explanation.Step;
import io.holdpoint.gateway.policy.Explanation.Verdict;
import io.holdpoint.gateway.policy.argument.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Walks the steps of {@link Judge} and notes each. It asks the same conditions and limits as the judge, from an equal budget and in
 * the same order, takes the decision from the judge, and a test holds the two equal for generated policies and calls. Not thread-safe.
 */
final class Explainer {

    private static final int MOST_NAMES = 10;

    private final Rules rules;
    private final Call call;
    private final Questions questions;
    private final RulesForTool tool;
    private final List<Step> steps = new ArrayList<>();
    private boolean decided;

    Explainer(Rules rules, Call call, Redaction redaction) {
        this.rules = rules;
        this.call = call;
        this.questions = new Questions(call.arguments(), redaction);
        this.tool = RulesForTool.of(rules, call.tool(), call.risk());
    }

    Explanation explain() {
        hide();
        choose();
        rules.imitated(call.tool()).ifPresent(this::imitates);
        tool.applying().forEach(rule -> rule.requires().forEach(this::require));
        tool.applying().forEach(rule -> rule.denials().forEach(this::deny));
        attaching();
        tool.applying().forEach(rule -> rule.limits().forEach(this::limit));
        rules.allTools().forEach(this::limit);
        tool.applying().forEach(rule -> rule.holds().forEach(this::hold));
        var judgement = new Judge(rules, call).judge();
        outcome(judgement.then());
        return new Explanation(judgement, tool.risk(), riskRule(), steps);
    }

    private void hide() {
        var entries = rules.hideEntries();
        var hiding = rules.hiding(call.tool());
        if (hiding.isPresent()) {
            var entry = hiding.get();
            var about = "hides " + entry.glob().pattern();
            add(Kind.HIDE, entry.rule(), entry.line(), about, List.of(), Verdict.HOLDS, true);
        } else {
            var names = entries.stream()
                    .limit(MOST_NAMES)
                    .map(entry -> entry.glob().pattern())
                    .collect(Collectors.joining(", "));
            var more = entries.size() > MOST_NAMES ? ", …" : "";
            var line = entries.isEmpty() ? 1 : entries.get(0).line();
            var about = entries.isEmpty() ? "nothing is hidden" : "hides " + names + more;
            note(Kind.HIDE, new RuleId("/hide"), line, about, Verdict.DOES_NOT_HOLD);
        }
    }

    private void choose() {
        tool.own()
                .ifPresentOrElse(
                        rule -> note(Kind.RULE, rule.rule(), rule.line(), whyChosen(rule), holds()), this::unlisted);
        rules.everyTool()
                .ifPresent(every -> note(
                        Kind.RULE, every.rule(), every.line(), "* counts for every tool besides its own", holds()));
    }

    private String whyChosen(ToolRule rule) {
        if (rules.classOf(rule).isPresent()) {
            return "no rule of its own; risk class " + tool.risk().label();
        }
        if (rule.name().equals(call.tool())) {
            return rule.name() + ", its exact name";
        }
        var shorter = rules.globsFor(call.tool()).stream().skip(1).collect(Collectors.joining(", "));
        return "glob " + rule.name() + (shorter.isEmpty() ? "" : ", which comes before " + shorter);
    }

    private void unlisted() {
        var byDefault = rules.allowsUnlisted() ? "allow" : "deny";
        fails(new RuleId("/default"), rules.defaultLine(), "no rule; default " + byDefault, !rules.allowsUnlisted());
    }

    private void imitates(ToolRule meant) {
        fails(meant.rule(), meant.line(), "the name only looks like " + meant.name(), true);
    }

    /** What is wrong with the name; it decides unless a step before has. */
    private void fails(RuleId rule, int line, String about, boolean denies) {
        var verdict = decided ? Verdict.NOT_REACHED : Verdict.DOES_NOT_HOLD;
        add(Kind.RULE, rule, line, about, List.of(), verdict, denies && !decided);
    }

    private void require(Guard guard) {
        if (decided) {
            unreached(Kind.REQUIRE, guard.rule(), guard.line(), "", guard.conditions());
            return;
        }
        var asked = questions.required(guard.conditions());
        boolean met = asked.stream().allMatch(question -> question.verdict() == Verdict.HOLDS);
        add(Kind.REQUIRE, guard.rule(), guard.line(), "", asked, met ? Verdict.HOLDS : failing(asked), !met);
    }

    private void deny(Guard guard) {
        if (decided) {
            unreached(Kind.DENY_IF, guard.rule(), guard.line(), always(guard.conditions()), guard.conditions());
            return;
        }
        var asked = questions.suspected(guard.conditions());
        boolean caught = !has(asked, Verdict.DOES_NOT_HOLD);
        add(
                Kind.DENY_IF,
                guard.rule(),
                guard.line(),
                always(guard.conditions()),
                asked,
                caught ? matching(asked) : Verdict.DOES_NOT_HOLD,
                caught);
    }

    /** Whether an equal call waits, no policy knows; it is told where it changes what a limit counts (spec 03, Order). */
    private void attaching() {
        boolean counted = !rules.allTools().isEmpty()
                || tool.applying().stream().anyMatch(rule -> !rule.limits().isEmpty());
        var holding =
                tool.applying().stream().filter(rule -> !rule.holds().isEmpty()).findFirst();
        if (counted && holding.isPresent()) {
            note(
                    Kind.ATTACHING,
                    holding.get().rule(),
                    holding.get().line(),
                    "where an equal call waits, this one waits with it and uses no limit",
                    decided ? Verdict.NOT_REACHED : Verdict.NOT_KNOWN);
        }
    }

    private void limit(LimitRule limit) {
        if (decided) {
            var asked = limit.amount().map(path -> Questions.unreached(path, limit.line())).stream()
                    .toList();
            add(Kind.LIMITS, limit.rule(), limit.line(), "at most " + limit.shown(), asked, Verdict.NOT_REACHED, false);
            return;
        }
        var charge = limit.charge(call.arguments());
        var verdict = charge.map(Explainer::verdict).orElse(Verdict.CANNOT_BE_JUDGED);
        var asked = limit.amount().map(path -> questions.amount(path, limit.line(), verdict)).stream()
                .toList();
        var used =
                charge.map(c -> "uses " + c.amount().toPlainString() + " of ").orElse("at most ");
        boolean refuses = verdict != Verdict.HOLDS;
        add(Kind.LIMITS, limit.rule(), limit.line(), used + limit.shown(), asked, verdict, refuses);
    }

    /** Whether it holds for a call that is the first in its window. */
    private static Verdict verdict(Charge charge) {
        return charge.isTooMuch() ? Verdict.DOES_NOT_HOLD : Verdict.HOLDS;
    }

    private void hold(HoldEntry entry) {
        var about = always(entry.conditions());
        if (decided) {
            unreached(Kind.REQUIRE_APPROVAL, entry.rule(), entry.line(), about, entry.conditions());
            return;
        }
        var asked = questions.suspected(entry.conditions());
        boolean matches = !has(asked, Verdict.DOES_NOT_HOLD);
        add(
                Kind.REQUIRE_APPROVAL,
                entry.rule(),
                entry.line(),
                about,
                asked,
                matches ? matching(asked) : Verdict.DOES_NOT_HOLD,
                matches);
    }

    private void outcome(Decision decision) {
        int line = steps.stream()
                .filter(Step::decides)
                .mapToInt(Step::line)
                .findFirst()
                .orElseGet(() -> tool.own().map(ToolRule::line).orElseGet(rules::defaultLine));
        add(Kind.OUTCOME, decision.rule(), line, decision.word(), List.of(), Verdict.HOLDS, false);
    }

    /** The class comes from the tool's own rule by name, or else from {@code *}. */
    private Optional<RuleId> riskRule() {
        return rules.applying(rules.named(call.tool())).stream()
                .filter(rule -> rule.risk().isPresent())
                .map(ToolRule::rule)
                .findFirst();
    }

    private Verdict holds() {
        return decided ? Verdict.NOT_REACHED : Verdict.HOLDS;
    }

    private static String always(List<Condition> conditions) {
        return conditions.isEmpty() ? "always" : "";
    }

    /** Why an entry of {@code require} does not hold: a condition that says no tells more than one that says nothing. */
    private static Verdict failing(List<Asked> asked) {
        return has(asked, Verdict.DOES_NOT_HOLD) ? Verdict.DOES_NOT_HOLD : Verdict.CANNOT_BE_JUDGED;
    }

    private static Verdict matching(List<Asked> asked) {
        return has(asked, Verdict.CANNOT_BE_JUDGED) ? Verdict.CANNOT_BE_JUDGED : Verdict.HOLDS;
    }

    private static boolean has(List<Asked> asked, Verdict verdict) {
        return asked.stream().anyMatch(question -> question.verdict() == verdict);
    }

    private void unreached(Kind kind, RuleId rule, int line, String about, List<Condition> conditions) {
        add(kind, rule, line, about, Questions.unreached(conditions), Verdict.NOT_REACHED, false);
    }

    private void note(Kind kind, RuleId rule, int line, String about, Verdict verdict) {
        add(kind, rule, line, about, List.of(), verdict, false);
    }

    private void add(
            Kind kind, RuleId rule, int line, String about, List<Asked> asked, Verdict verdict, boolean decides) {
        steps.add(new Step(kind, rule, line, about, asked, verdict, decides));
        decided |= decides;
    }
}
