package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.document.Durations;
import io.holdpoint.gateway.policy.Charge;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.Explanation.Asked;
import io.holdpoint.gateway.policy.Explanation.Found;
import io.holdpoint.gateway.policy.Explanation.Step;
import io.holdpoint.workflow.approval.ApprovalTerms;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** An explanation as programs read it. */
record ExplainedJson(Explained explained) {

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    Map<String, Object> object() {
        var explanation = explained.explanation();
        var decision = explanation.judgement().then();
        var object = new LinkedHashMap<String, Object>();
        object.put("summary", explained.summary());
        object.putAll(decision.match(new Particulars()));
        if (explained.byRisk().differ()) {
            object.put("dependsOnRisk", explained.byRisk().words());
        }
        if (!explained.byRisk().assurances().isEmpty()) {
            object.put("minAssuranceDependsOnRisk", explained.byRisk().assurances());
        }
        object.put(
                "charges",
                explanation.judgement().charges().stream()
                        .map(ExplainedJson::charge)
                        .toList());
        object.put("policy", policy());
        object.put("call", call());
        object.put(
                "steps", explanation.steps().stream().map(ExplainedJson::step).toList());
        object.put("notes", explained.notes());
        return object;
    }

    private Map<String, Object> policy() {
        var policy = new LinkedHashMap<String, Object>();
        policy.put("file", explained.file());
        policy.put("sha256", explained.sha256());
        return policy;
    }

    private Map<String, Object> call() {
        var call = new LinkedHashMap<String, Object>();
        call.put("server", explained.server());
        call.put("tool", explained.tool());
        call.put("arguments", EXACT.readTree(explained.arguments()));
        call.put("risk", explained.explanation().risk().label());
        call.put("riskFrom", explained.riskFrom());
        return call;
    }

    private static Map<String, Object> charge(Charge charge) {
        var object = new LinkedHashMap<String, Object>();
        object.put("rule", charge.rule().value());
        object.put("counter", charge.counter());
        object.put("scope", charge.scope().label());
        object.put("window", charge.window().label());
        object.put("max", charge.max());
        object.put("amount", charge.amount());
        return object;
    }

    private static Map<String, Object> step(Step step) {
        var object = new LinkedHashMap<String, Object>();
        object.put("step", step.kind().word());
        object.put("rule", step.rule().value());
        object.put("line", step.line());
        object.put("about", step.about());
        object.put("verdict", step.verdict().words());
        object.put("decides", step.decides());
        object.put("asked", step.asked().stream().map(ExplainedJson::asked).toList());
        return object;
    }

    private static Map<String, Object> asked(Asked asked) {
        var object = new LinkedHashMap<String, Object>();
        object.put("line", asked.line());
        object.put("path", asked.path());
        object.put("op", asked.operator());
        object.put("value", asked.value());
        asked.found().ifPresent(found -> object.put("found", found(found)));
        object.put("verdict", asked.verdict().words());
        return object;
    }

    private static Map<String, Object> found(Found found) {
        var object = new LinkedHashMap<String, Object>();
        object.put("kind", found.kind());
        object.put("value", found.value());
        object.put("masked", found.masked());
        return object;
    }

    /** What is particular to a kind of decision. */
    private static final class Particulars implements Decision.Cases<Map<String, Object>> {

        @Override
        public Map<String, Object> allow(Decision.Allow allow) {
            return decided(allow);
        }

        @Override
        public Map<String, Object> deny(Decision.Deny deny) {
            var fields = decided(deny);
            fields.put("message", deny.message());
            return fields;
        }

        @Override
        public Map<String, Object> limit(Decision.Limit limit) {
            var fields = decided(limit);
            fields.put("message", limit.message());
            return fields;
        }

        @Override
        public Map<String, Object> hold(Decision.Hold hold) {
            var fields = decided(hold);
            fields.put("terms", terms(hold.terms()));
            return fields;
        }

        private static Map<String, Object> decided(Decision decision) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("decision", decision.word());
            fields.put("rule", decision.rule().value());
            return fields;
        }

        private static Map<String, Object> terms(ApprovalTerms terms) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("flow", terms.flow());
            fields.put("with", terms.with());
            fields.put("approvers", terms.approvers());
            fields.put("expiresAfter", Durations.brief(terms.expiresAfter()));
            fields.put("approvedFor", Durations.brief(terms.approvedFor()));
            terms.reason().ifPresent(reason -> fields.put("reason", reason));
            fields.put("reasonRequired", terms.reasonRequired());
            fields.put("allowOwner", terms.allowOwner());
            fields.put("allowEdit", terms.allowEdit());
            fields.put("minAssurance", terms.minAssurance().label());
            return fields;
        }
    }
}
