package io.holdpoint.gateway.authoring.draft;

import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.policy.ApprovalDefaults;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.PolicyContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A policy for somebody to read and go on with: the document, and what is said beside it. Not thread-safe. */
public final class Draft {

    public static final String SCHEMA = "https://holdpoint.io/schema/policy-1.json";

    private static final String ROOT = "";
    private static final String FOR_EDITORS = "yaml-language-server: $schema=" + SCHEMA;

    /** Escapes every letter that is not ASCII: servers choose names, and JSON goes to terminals, too. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final PolicyContext CONTEXT =
            new PolicyContext(ApprovalDefaults.standard(), Optional.of(Set.of()), Optional.of(Set.of()));

    private final ObjectNode policy = JsonNodeFactory.instance.objectNode();
    private final Map<String, List<String>> comments = new LinkedHashMap<>();

    public Draft() {
        comments.put(ROOT, new ArrayList<>(List.of(FOR_EDITORS)));
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

    /** As JSON, which has no comments; {@link #remarks} are what it leaves out. */
    public String toJson() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(policy) + "\n";
    }

    /** What is said, a line each, after the pointer of the value it is about; anything may stand in it. */
    public List<String> remarks() {
        var remarks = new ArrayList<String>();
        comments.forEach((pointer, lines) -> lines.stream()
                .filter(line -> !line.equals(FOR_EDITORS))
                .map(line -> pointer.equals(ROOT) ? line : pointer + ": " + line)
                .forEach(remarks::add));
        return remarks;
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
