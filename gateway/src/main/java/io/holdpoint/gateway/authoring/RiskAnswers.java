package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.document.Durations;
import io.holdpoint.gateway.document.Nearest;
import io.holdpoint.gateway.policy.Call;
import io.holdpoint.gateway.policy.Charge;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.workflow.Risk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a policy says of one call for each risk class the tool may have. Where nobody knows the class, an answer for one
 * of them must not look like the answer.
 *
 * @param answers empty where the class is known
 */
record RiskAnswers(Map<Risk, Decision.Judgement> answers) {

    RiskAnswers {
        answers = Map.copyOf(answers);
    }

    static RiskAnswers of(Policy policy, Explained.Question question) {
        var answers = new EnumMap<Risk, Decision.Judgement>(Risk.class);
        if (question.risk().equals(RiskClass.UNKNOWN)) {
            for (var risk : Risk.values()) {
                answers.put(
                        risk, policy.judge(new Call(question.server(), question.tool(), question.arguments(), risk)));
            }
        }
        return new RiskAnswers(answers);
    }

    /** Whether the classes get different answers; that only the least assurance differs is told apart. */
    boolean differ() {
        return kinds(in(RiskAnswers::detail)) > 1;
    }

    /** {@code held if Critical, allowed otherwise}. */
    String shown() {
        var details = in(RiskAnswers::detail);
        var words = in(answer -> answer.then().match(new PastTense()));
        return split(kinds(words) == kinds(details) ? words : details);
    }

    /** The decision's word by class. */
    Map<String, String> words() {
        return labelled(in(answer -> answer.then().word()));
    }

    /** The least assurance by class, where calls are held and it differs; else empty. */
    Map<String, String> assurances() {
        var least = assurance();
        return kinds(least) > 1 ? labelled(least) : Map.of();
    }

    /** {@code slack if Critical, link otherwise}. */
    String shownAssurances() {
        return split(assurance());
    }

    private Map<Risk, String> assurance() {
        var least = new EnumMap<Risk, String>(Risk.class);
        answers.forEach((risk, answer) -> {
            if (answer.then() instanceof Decision.Hold hold) {
                least.put(risk, hold.terms().minAssurance().label());
            }
        });
        return least;
    }

    private Map<Risk, String> in(Function<Decision.Judgement, String> words) {
        var all = new EnumMap<Risk, String>(Risk.class);
        answers.forEach((risk, answer) -> all.put(risk, words.apply(answer)));
        return all;
    }

    private static int kinds(Map<Risk, String> texts) {
        return new HashSet<>(texts.values()).size();
    }

    private static Map<String, String> labelled(Map<Risk, String> texts) {
        var labelled = new LinkedHashMap<String, String>();
        texts.forEach((risk, text) -> labelled.put(risk.label(), text));
        return labelled;
    }

    /** The steps that are shown are those of High, so "otherwise" is what High gets. */
    private static String split(Map<Risk, String> texts) {
        var usual = texts.getOrDefault(Risk.HIGH, "");
        var groups = new LinkedHashMap<String, List<String>>();
        texts.forEach((risk, text) ->
                groups.computeIfAbsent(text, any -> new ArrayList<>()).add(risk.label()));
        boolean hasUsual = groups.remove(usual) != null;
        var exceptions = groups.entrySet().stream()
                .map(group -> group.getKey() + " if " + Nearest.listed(group.getValue()))
                .collect(Collectors.joining(", "));
        return hasUsual ? exceptions + ", " + usual + " otherwise" : exceptions;
    }

    /** All in which two answers can differ but the least assurance: terms of the same rule differ in nothing else. */
    private static String detail(Decision.Judgement answer) {
        var limits =
                answer.charges().stream().map(RiskAnswers::limit).distinct().collect(Collectors.joining(" and "));
        return answer.then().match(new Detail()) + (limits.isEmpty() ? "" : " within " + limits);
    }

    private static String limit(Charge charge) {
        return "%s (%s)".formatted(charge.window().rate(charge.max()), charge.rule());
    }

    private static final class Detail implements Decision.Cases<String> {

        @Override
        public String allow(Decision.Allow allow) {
            return "allowed";
        }

        @Override
        public String deny(Decision.Deny deny) {
            return "denied by " + deny.rule();
        }

        @Override
        public String limit(Decision.Limit limit) {
            return "limited by " + limit.rule();
        }

        @Override
        public String hold(Decision.Hold hold) {
            return "held by %s for %s (%s, %s)"
                    .formatted(
                            hold.rule(),
                            Summary.approvers(hold.terms()),
                            Summary.flow(hold.terms()),
                            Durations.brief(hold.terms().expiresAfter()));
        }
    }
}
