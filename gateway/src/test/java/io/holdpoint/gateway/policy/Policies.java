package io.holdpoint.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.workflow.Risk;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Policies and calls for tests. */
final class Policies {

    private static final Set<String> KNOWN = Set.of("radiology-leads", "security", "ana");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static final Set<String> FLOWS = Set.of("single-approval", "two-person", "quorum-approval");

    static final PolicyContext CONTEXT =
            SmallInstallation.approvedBy("radiology-leads", FLOWS, Optional.of(new TreeSet<>(KNOWN)));

    private Policies() {}

    static Policy json(String text) {
        return read("policy.json", text);
    }

    static Policy yaml(String text) {
        return read("policy.yaml", text);
    }

    /** Reads a policy and, whatever becomes of it, holds that the published schema says the same. */
    private static Policy read(String file, String text) {
        PolicySchema.assertAgrees(file, text.getBytes(UTF_8));
        return Policy.read(file, text.getBytes(UTF_8), CONTEXT);
    }

    /** Reads a policy in JSON, the schema left alone: for tests that load thousands. */
    static Policy load(String text) {
        return Policy.read("policy.json", text.getBytes(UTF_8), CONTEXT);
    }

    /** Members of a policy in YAML's flow style, the version left out. */
    static Policy of(String members) {
        return yaml("{version: \"1\", " + members + "}");
    }

    /** A policy that denies all but {@code pay}, which has the rule. */
    static Policy ofPay(String rule) {
        return of("default: deny, tools: {pay: {" + rule + "}}");
    }

    static List<String> faults(String yaml) {
        return faultsOf(yaml).stream().map(Fault::toString).toList();
    }

    static List<Fault> faultsOf(String yaml) {
        return Assertions.catchThrowableOfType(FaultyDocument.class, () -> yaml(yaml))
                .faults();
    }

    static JsonNode tree(String json) {
        return JSON.readTree(json);
    }

    static ObjectNode arguments(String json) {
        return (ObjectNode) tree(json);
    }

    static Call call(String tool, String arguments) {
        return new Call("imaging", tool, arguments(arguments), Risk.LOW);
    }
}
