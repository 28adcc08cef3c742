package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.argument.Redaction;
import io.holdpoint.gateway.policy.argument.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges one call, in the order of spec 03, Order. */
final class Judge {

    private final Rules rules;
    private final Call call;
    private final Steps steps;
    private final RulesForTool tool;

    Judge(Rules rules, Call call) {
        this(rules, call, new Steps(Steps.OF_CALL));
    }

    Judge(Rules rules, Call call, Steps steps) {
        this.rules = rules;
        this.call = call;
        this.steps = steps;
        this.tool = RulesForTool.of(rules, call.tool(), call.risk());
    }

    /** The rules that count for the tool, its own first. */
    List<ToolRule> applying() {
        return tool.applying();
    }

    Decision.Judgement judge() {
        return refused()
                .map(refusal -> new Decision.Judgement(List.of(), refusal))
                .orElseGet(this::counted);
    }

    /** The decision, limits not asked. */
    Decision judgeAgain() {
        return refused().orElseGet(this::heldOrAllowed);
    }

    private Optional<Decision> refused() {
        return byName().or(this::notMet).or(this::denied);
    }

    /** What the name alone decides. */
    Optional<Decision> byName() {
        return tool.byName().map(RulesForTool.DeniedName::decision);
    }

    private Optional<Decision> notMet() {
        return applying().stream()
                .flatMap(rule -> rule.requires().stream())
                .filter(guard -> !guard.isMetBy(call, steps))
                .findFirst()
                .map(this::notMet);
    }

    /** What an entry of {@code require} says when it is not met. */
    Decision.Deny notMet(Guard guard) {
        return new Decision.Deny(guard.rule(), Refusals.notMet(call.tool(), guard, redaction()));
    }

    /** What an entry of {@code deny_if} says. */
    Decision.Deny denied(Guard guard) {
        return new Decision.Deny(guard.rule(), Refusals.denied(call.tool(), guard, redaction()));
    }

    /** Made for refusals only; most calls have none. */
    private Redaction redaction() {
        return Redaction.of(
                applying().stream().flatMap(rule -> rule.redact().stream()).toList());
    }

    private Optional<Decision> denied() {
        return applying().stream()
                .flatMap(rule -> rule.denials().stream())
                .filter(guard -> guard.catches(call, steps))
                .findFirst()
                .map(this::denied);
    }

    private Decision.Judgement counted() {
        var charges = new ArrayList<Charge>();
        for (var limit : limits()) {
            var charge = limit.charge(call.arguments());
            if (charge.isEmpty()) {
                var message = Refusals.uncountable(call.tool(), limit.amount().orElseThrow());
                return new Decision.Judgement(List.of(), new Decision.Deny(limit.rule(), message));
            }
            if (charge.get().isTooMuch()) {
                return new Decision.Judgement(List.of(), limit.tooMuch());
            }
            charges.add(charge.get());
        }
        return new Decision.Judgement(charges, heldOrAllowed());
    }

    List<LimitRule> limits() {
        var limits = new ArrayList<LimitRule>();
        applying().forEach(rule -> limits.addAll(rule.limits()));
        limits.addAll(rules.allTools());
        return limits;
    }

    private Decision heldOrAllowed() {
        Optional<Decision> held = applying().stream()
                .flatMap(rule -> rule.holds().stream())
                .filter(entry -> entry.matches(call, steps))
                .findFirst()
                .map(this::held);
        return held.orElseGet(this::allowed);
    }

    Decision.Allow allowed() {
        return new Decision.Allow(tool.own().map(ToolRule::rule).orElse(RuleId.DEFAULT_ALLOW));
    }

    Decision.Hold held(HoldEntry entry) {
        return new Decision.Hold(entry.rule(), entry.terms(tool.risk()));
    }
}
