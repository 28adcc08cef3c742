package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.policy.argument.PathStep;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a tool's input schema says of one argument. Where the schema leaves it open, nothing is claimed.
 *
 * @param finding whether the schema has it
 * @param required whether each call has it
 * @param missing the member that is not there, where the schema does not have it
 * @param siblings what is there instead
 * @param types the JSON types it may have; empty where that is open
 */
record ArgumentSchema(Finding finding, boolean required, String missing, Set<String> siblings, Set<String> types) {

    /** With one of these a schema says more than its properties do. */
    private static final Set<String> OPEN = Set.of(
            "$ref",
            "$dynamicRef",
            "anyOf",
            "oneOf",
            "allOf",
            "not",
            "if",
            "patternProperties",
            "dependentSchemas",
            "prefixItems",
            "unevaluatedProperties");

    private static final ArgumentSchema UNCLEAR = new ArgumentSchema(Finding.UNCLEAR, false, "", Set.of(), Set.of());

    enum Finding {
        KNOWN,
        UNKNOWN,
        UNCLEAR
    }

    static ArgumentSchema at(JsonNode inputSchema, List<PathStep> steps) {
        var schema = inputSchema;
        boolean required = true;
        for (var step : steps) {
            if (isOpen(schema)) {
                return UNCLEAR;
            }
            var next = step.name().isPresent() ? member(schema, step.name().get()) : element(schema);
            if (next.isEmpty()) {
                return lacking(schema, step);
            }
            required &= isRequired(schema, step);
            schema = next.get();
        }
        return new ArgumentSchema(Finding.KNOWN, required, "", Set.of(), types(schema));
    }

    private static Optional<JsonNode> member(JsonNode schema, String name) {
        return Optional.ofNullable(schema.path("properties").get(name));
    }

    private static Optional<JsonNode> element(JsonNode schema) {
        return Optional.ofNullable(schema.get("items")).filter(JsonNode::isObject);
    }

    /** The schema does not name it; whether it forbids it, or only says nothing about it, are two things. */
    private static ArgumentSchema lacking(JsonNode schema, PathStep step) {
        var types = types(schema);
        var holder = step.name().isPresent() ? "object" : "array";
        if (!types.isEmpty() && !types.contains(holder)) {
            return unknown(step, Set.of());
        }
        var properties = schema.path("properties");
        var additional = schema.path("additionalProperties");
        boolean closed = additional.isMissingNode() || additional.isBoolean() && !additional.booleanValue();
        return step.name().isPresent() && properties.isObject() && closed
                ? unknown(step, new HashSet<>(properties.propertyNames()))
                : UNCLEAR;
    }

    private static ArgumentSchema unknown(PathStep step, Set<String> siblings) {
        var missing = step.name().orElseGet(() -> "[" + step.index() + "]");
        return new ArgumentSchema(Finding.UNKNOWN, false, missing, siblings, Set.of());
    }

    private static boolean isRequired(JsonNode schema, PathStep step) {
        if (step.name().isEmpty()) {
            return schema.path("minItems").asInt(0) > step.index();
        }
        for (var name : schema.path("required").values()) {
            if (name.isString() && name.stringValue().equals(step.name().get())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOpen(JsonNode schema) {
        return !schema.isObject() || OPEN.stream().anyMatch(schema::has);
    }

    private static Set<String> types(JsonNode schema) {
        var types = new HashSet<String>();
        if (!isOpen(schema)) {
            var type = schema.path("type");
            var all = type.isArray() ? type.values() : List.of(type);
            all.forEach(each -> types.add(each.isString() ? each.stringValue() : ""));
        }
        return types.contains("") ? Set.of() : types;
    }
}
