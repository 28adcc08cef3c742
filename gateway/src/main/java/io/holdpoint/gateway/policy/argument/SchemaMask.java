package io.holdpoint.gateway.policy.argument;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Masks what a JSON Schema marks as secret: {@code format: password} and {@code writeOnly}. It is read along with the
 * value, so a schema that refers to itself masks at any depth. A schema belongs to a server and a value to an agent, and
 * the two together may ask for any amount of work: it draws on a budget, and where that ends everything is masked. For
 * one value; not thread-safe.
 */
final class SchemaMask implements Mask {

    /** About a second at worst; the longest arguments under a usual schema take a tenth of them. */
    private static final int MOST_STEPS = 2_000_000;

    /** A step is a schema, or so much of a reference. */
    private static final int STEP_OF_REFERENCE = 100;

    private static final List<String> ALTERNATIVES = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> CONDITIONALS = List.of("if", "then", "else");

    private final JsonNode root;
    private final Steps steps;

    /** Those that apply to the value at hand, whichever alternative it takes. */
    private final Set<JsonNode> schemas;

    private final boolean whole;

    /** One for all elements, where their places make no difference. */
    private @Nullable Mask anyElement;

    /** @param root the whole schema, into which {@code $ref} points; other schemas are never fetched */
    private SchemaMask(JsonNode root, List<JsonNode> schemas, Steps steps) {
        this.root = root;
        this.steps = steps;
        this.schemas = withAlternatives(schemas);
        this.whole = steps.ranOut() || this.schemas.stream().anyMatch(SchemaMask::isSecret);
    }

    static SchemaMask of(JsonNode schema) {
        return new SchemaMask(schema, List.of(schema), new Steps(MOST_STEPS));
    }

    @Override
    public boolean whole() {
        return whole;
    }

    @Override
    public Mask member(String name) {
        steps.take(schemas.size());
        var next = new ArrayList<JsonNode>();
        for (var schema : schemas) {
            var declared = schema.path("properties").path(name);
            next.add(declared.isMissingNode() ? schema.path("additionalProperties") : declared);
            // Which patterns match is not worked out: masking too much is the safe side.
            next.addAll(schema.path("patternProperties").values());
        }
        return next(next);
    }

    @Override
    public Mask element(int index) {
        var known = anyElement;
        if (known != null) {
            return known;
        }
        var found = elementAt(index);
        if (schemas.stream().noneMatch(SchemaMask::listsElements)) {
            anyElement = found;
        }
        return found;
    }

    private Mask elementAt(int index) {
        steps.take(schemas.size());
        var next = new ArrayList<JsonNode>();
        for (var schema : schemas) {
            next.add(schema.path("items"));
            next.add(schema.path("items").path(index));
            next.add(schema.path("prefixItems").path(index));
            next.add(schema.path("contains"));
        }
        return next(next);
    }

    private static boolean listsElements(JsonNode schema) {
        return schema.path("prefixItems").isArray() || schema.path("items").isArray();
    }

    private Mask next(List<JsonNode> next) {
        return steps.ranOut() || next.stream().anyMatch(JsonNode::isObject)
                ? new SchemaMask(root, next, steps)
                : PathMask.NOTHING;
    }

    private static boolean isSecret(JsonNode schema) {
        var format = schema.path("format");
        var writeOnly = schema.path("writeOnly");
        return format.isString() && format.stringValue().equals("password")
                || writeOnly.isBoolean() && writeOnly.booleanValue();
    }

    private Set<JsonNode> withAlternatives(List<JsonNode> first) {
        Set<JsonNode> found = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<JsonNode> waiting = new ArrayDeque<>(first);
        while (!waiting.isEmpty() && steps.take(1)) {
            var schema = waiting.pop();
            if (schema.isObject() && found.add(schema)) {
                ALTERNATIVES.forEach(
                        keyword -> waiting.addAll(schema.path(keyword).values()));
                CONDITIONALS.forEach(keyword -> waiting.add(schema.path(keyword)));
                waiting.add(referred(schema));
            }
        }
        return found;
    }

    private JsonNode referred(JsonNode schema) {
        var reference = schema.path("$ref");
        if (!reference.isString() || !reference.stringValue().startsWith("#")) {
            return reference;
        }
        var pointer = reference.stringValue().substring(1);
        boolean isPointer = pointer.isEmpty() || pointer.startsWith("/");
        return isPointer && steps.take(pointer.length() / STEP_OF_REFERENCE) ? root.at(pointer) : reference;
    }
}
