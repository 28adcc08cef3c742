package io.holdpoint.gateway.authoring.draft;

import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.PolicyContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A policy for somebody to read and go on with: the document, and what is said beside it. Not thread-safe. */
public final class Draft {

    public static final String SCHEMA = "https://holdpoint.io/schema/policy-1.json";

    private static final String ROOT = "";
    private static final PolicyContext CONTEXT = new PolicyContext(
            "", List.of(), Duration.ofHours(1), Duration.ofMinutes(15), false, Map.of(), Set.of(), name -> false);

    private final ObjectNode policy = JsonNodeFactory.instance.objectNode();
    private final Map<String, List<String>> comments = new LinkedHashMap<>();

    public Draft() {
        comments.put(ROOT, new ArrayList<>(List.of("yaml-language-server: $schema=" + SCHEMA)));
    }

    /** The document; what is put into it becomes part of the policy. */
    public ObjectNode policy() {
        return policy;
    }

    /** Says something at the top. */
    public void say(String line) {
        comment(ROOT, line);
    }

    /**
     * Says something before a value.
     *
     * @param pointer the value's JSON pointer
     * @param line anything; it is made into one line that shows all there is
     */
    public void comment(String pointer, String line) {
        comments.computeIfAbsent(pointer, at -> new ArrayList<>()).add(line);
    }

    /** As YAML, with the comments. */
    public String toYaml() {
        return new CommentedYaml(comments).write(policy);
    }

    /** As JSON, which has no comments. */
    public String toJson() {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(policy) + "\n";
    }

    /**
     * Reads what is written as the gateway would, but for people and flows, which a draft does not name.
     *
     * @throws FaultyDocument if the gateway would refuse it
     */
    public void check() {
        Policy.read("draft.yaml", toYaml().getBytes(StandardCharsets.UTF_8), CONTEXT);
    }

    /** What the gateway has against a condition, to be said after its value; nothing if it is right. */
    public static Optional<String> faultOf(ObjectNode condition) {
        var draft = new Draft();
        draft.policy.put("version", "1").put("default", "deny");
        draft.policy.putObject("tools").putObject("any").putArray("require").add(condition);
        try {
            draft.check();
            return Optional.empty();
        } catch (FaultyDocument e) {
            return Optional.of(e.faults().get(0).message());
        }
    }
}
