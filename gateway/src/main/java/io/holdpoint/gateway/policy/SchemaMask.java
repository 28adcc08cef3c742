package io.holdpoint.gateway.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Masks what a JSON Schema marks as secret: {@code format: password} and {@code writeOnly}. It is read along with the
 * value, so a schema that refers to itself masks at any depth.
 *
 * @param root the whole schema, into which {@code $ref} points; other schemas are never fetched
 * @param schemas those that apply to the value at hand, whichever alternative it takes
 */
record SchemaMask(JsonNode root, Set<JsonNode> schemas) implements Mask {

    private static final List<String> ALTERNATIVES = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> CONDITIONALS = List.of("if", "then", "else");

    static SchemaMask of(JsonNode schema) {
        return new SchemaMask(schema, List.of(schema));
    }

    private SchemaMask(JsonNode root, List<JsonNode> schemas) {
        this(root, withAlternatives(root, schemas));
    }

    @Override
    public boolean whole() {
        return schemas.stream().anyMatch(SchemaMask::isSecret);
    }

    @Override
    public Mask member(String name) {
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
        var next = new ArrayList<JsonNode>();
        for (var schema : schemas) {
            next.add(schema.path("items"));
            next.add(schema.path("items").path(index));
            next.add(schema.path("prefixItems").path(index));
            next.add(schema.path("contains"));
        }
        return next(next);
    }

    private Mask next(List<JsonNode> next) {
        return next.stream().anyMatch(JsonNode::isObject) ? new SchemaMask(root, next) : PathMask.NOTHING;
    }

    private static boolean isSecret(JsonNode schema) {
        var format = schema.path("format");
        var writeOnly = schema.path("writeOnly");
        return format.isString() && format.stringValue().equals("password")
                || writeOnly.isBoolean() && writeOnly.booleanValue();
    }

    private static Set<JsonNode> withAlternatives(JsonNode root, List<JsonNode> schemas) {
        Set<JsonNode> found = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<JsonNode> waiting = new ArrayDeque<>(schemas);
        while (!waiting.isEmpty()) {
            var schema = waiting.pop();
            if (schema.isObject() && found.add(schema)) {
                ALTERNATIVES.forEach(
                        keyword -> waiting.addAll(schema.path(keyword).values()));
                CONDITIONALS.forEach(keyword -> waiting.add(schema.path(keyword)));
                waiting.add(referred(root, schema));
            }
        }
        return found;
    }

    private static JsonNode referred(JsonNode root, JsonNode schema) {
        var reference = schema.path("$ref");
        if (!reference.isString() || !reference.stringValue().startsWith("#")) {
            return reference;
        }
        var pointer = reference.stringValue().substring(1);
        return pointer.isEmpty() || pointer.startsWith("/") ? root.at(pointer) : reference;
    }
}
