package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.policy.Call;
import io.holdpoint.gateway.policy.Explanation;
import io.holdpoint.gateway.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a policy says of a call and why, for people and for programs: {@code holdpoint policy explain} and
 * {@code POST /api/policies/explain} show the same. Immutable; secrets are masked.
 *
 * @param file the policy's name, as its reader knows it
 * @param arguments as people may see them, JSON
 * @param riskFrom where the risk class comes from, in words
 * @param byRisk what it would be for each risk class
 * @param notes what was not looked at, each a sentence
 */
public record Explained(
        String file,
        String sha256,
        String server,
        String tool,
        String arguments,
        Explanation explanation,
        String riskFrom,
        RiskAnswers byRisk,
        List<String> notes) {

    public Explained {
        Objects.requireNonNull(file);
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(server);
        Objects.requireNonNull(tool);
        Objects.requireNonNull(arguments);
        Objects.requireNonNull(explanation);
        Objects.requireNonNull(riskFrom);
        Objects.requireNonNull(byRisk);
        notes = List.copyOf(notes);
    }

    /**
     * What is asked.
     *
     * @param server its name; empty where the policy is looked at without one
     * @param inputSchema the tool's, for what it marks as secret; missing where it is not known
     */
    public record Question(String server, String tool, ObjectNode arguments, RiskClass risk, JsonNode inputSchema) {

        public Question {
            Objects.requireNonNull(server);
            Objects.requireNonNull(tool);
            Objects.requireNonNull(arguments);
            Objects.requireNonNull(risk);
            Objects.requireNonNull(inputSchema);
        }
    }

    /** Asks a policy. */
    public static Explained of(Policy policy, Question question, List<String> notes) {
        var risk = question.risk();
        var call = new Call(question.server(), question.tool(), question.arguments(), risk.risk());
        var explanation = policy.explain(call, question.inputSchema());
        var shown = policy.redaction(question.tool())
                .withSchema(question.inputSchema())
                .show(question.arguments());
        return new Explained(
                policy.file(),
                policy.sha256(),
                question.server(),
                question.tool(),
                shown.json(),
                explanation,
                explanation.riskRule().map(rule -> "from " + rule).orElse(risk.from()),
                RiskAnswers.of(policy, question),
                notes);
    }

    /** The same with one more note. */
    public Explained noting(String note) {
        var more = Stream.concat(notes.stream(), Stream.of(note)).toList();
        return new Explained(file, sha256, server, tool, arguments, explanation, riskFrom, byRisk, more);
    }

    /** The form for programs; members keep their order. */
    public Map<String, Object> json() {
        return new ExplainedJson(this).object();
    }

    /** The form for a terminal: the decision in plain words, then the steps, one line each. */
    public List<String> lines() {
        return new ExplainedText(this).lines();
    }

    /** The decision in plain words. */
    String summary() {
        return byRisk.differ() ? tool + " depends on the risk class: " + byRisk.shown() : answer();
    }

    /** The decision for the risk class that the steps are about. */
    String answer() {
        var limited = explanation.judgement().charges().isEmpty() ? "" : ", if no limit is used up";
        return explanation.judgement().then().match(new Summary(tool)) + limited;
    }
}
