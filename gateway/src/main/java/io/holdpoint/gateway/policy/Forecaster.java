package io.holdpoint.gateway.policy;

import io.holdpoint.workflow.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Says what can be said of a call without its arguments, in the order of {@link Judge}. A condition may turn out either
 * way; only where there is none is the answer the same whatever the arguments are.
 */
final class Forecaster {

    private final String tool;
    private final Judge judge;

    private Forecaster(String tool, Judge judge) {
        this.tool = tool;
        this.judge = judge;
    }

    static Forecast forecast(Rules rules, String server, String tool, Risk risk) {
        var unknown = JsonNodeFactory.instance.objectNode();
        return new Forecaster(tool, new Judge(rules, new Call(server, tool, unknown, risk))).forecast();
    }

    private Forecast forecast() {
        var byName = judge.byName();
        if (byName.isPresent()) {
            return Forecast.of(new Decision.Judgement(List.of(), byName.get()));
        }
        var always = denials().filter(guard -> guard.conditions().isEmpty()).findFirst();
        if (always.isPresent()) {
            return Forecast.of(new Decision.Judgement(List.of(), judge.denied(always.get())));
        }
        return new Forecast(
                refusal(),
                passes(),
                judge.limits().stream().map(Forecaster::use).toList());
    }

    private Stream<Guard> denials() {
        return judge.applying().stream().flatMap(rule -> rule.denials().stream());
    }

    private Optional<Decision> refusal() {
        return judge.applying().stream()
                .flatMap(rule -> rule.requires().stream())
                .filter(guard -> !guard.conditions().isEmpty())
                .findFirst()
                .<Decision>map(guard -> judge.notMet(guard))
                .or(() -> denials().findFirst().map(guard -> judge.denied(guard)))
                .or(this::uncountable);
    }

    /** An amount that is no number denies the call. */
    private Optional<Decision.Deny> uncountable() {
        return judge.limits().stream()
                .filter(limit -> limit.amount().isPresent())
                .findFirst()
                .map(limit -> new Decision.Deny(
                        limit.rule(), Refusals.uncountable(tool, limit.amount().orElseThrow())));
    }

    private List<Decision> passes() {
        var passes = new ArrayList<Decision>();
        for (var rule : judge.applying()) {
            for (var entry : rule.holds()) {
                passes.add(judge.held(entry));
                if (entry.conditions().isEmpty()) {
                    return passes;
                }
            }
        }
        passes.add(judge.allowed());
        return passes;
    }

    private static Forecast.Use use(LimitRule limit) {
        return new Forecast.Use(limit.largestCharge(), limit.amount().isEmpty());
    }
}
