package io.holdpoint.gateway.policy.argument;

import io.holdpoint.gateway.document.Node;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** JSON values: equal by exact meaning, and as text. */
public final class Values {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Values() {}

    /** A value of a document as JSON. */
    public static JsonNode of(Node node) {
        if (node instanceof Node.Obj object) {
            var members = JSON.objectNode();
            object.members().forEach((name, value) -> members.set(name, of(value)));
            return members;
        }
        if (node instanceof Node.Arr list) {
            var elements = JSON.arrayNode();
            list.elements().forEach(element -> elements.add(of(element)));
            return elements;
        }
        return scalar(node);
    }

    private static JsonNode scalar(Node node) {
        if (node instanceof Node.Text text) {
            return JSON.stringNode(text.value());
        }
        if (node instanceof Node.Num number) {
            return JSON.numberNode(number.value());
        }
        return node instanceof Node.Bool bool ? JSON.booleanNode(bool.value()) : JSON.nullNode();
    }

    /** The exact number, if the value is one. */
    public static Optional<BigDecimal> number(JsonNode value) {
        // NaN and the infinities of Java's floating point are no numbers of JSON.
        return value.isNumber() ? value.decimalValueOpt() : Optional.empty();
    }

    /** Equal in meaning: numbers as exact decimals (1 = 1.0 = 1e0), objects in any order; {@code "1"} is not 1. */
    public static boolean equal(JsonNode one, JsonNode other) {
        var number = number(one);
        if (number.isPresent()) {
            return number(other).filter(n -> n.compareTo(number.get()) == 0).isPresent();
        }
        if (one.isArray()) {
            return other.isArray() && equalElements(one, other);
        }
        return one.isObject() ? other.isObject() && equalMembers(one, other) : one.equals(other);
    }

    private static boolean equalElements(JsonNode one, JsonNode other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!equal(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMembers(JsonNode one, JsonNode other) {
        return one.size() == other.size()
                && one.properties().stream().allMatch(member -> {
                    var counterpart = other.get(member.getKey());
                    return counterpart != null && equal(member.getValue(), counterpart);
                });
    }

    /** One text for all values that are equal in meaning, to be hashed; for people {@code Visible} has to go over it. */
    public static String canonical(JsonNode value) {
        var text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    private static void append(StringBuilder text, JsonNode value) {
        if (value.isObject()) {
            var members = new TreeMap<String, JsonNode>();
            value.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            var between = "{";
            for (var member : members.entrySet()) {
                JsonText.canonicalQuote(text.append(between), member.getKey());
                append(text.append(':'), member.getValue());
                between = ",";
            }
            text.append(members.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            var between = "[";
            for (var element : value.values()) {
                append(text.append(between), element);
                between = ",";
            }
            text.append(value.isEmpty() ? "[]" : "]");
        } else {
            JsonText.scalar(text, value, true);
        }
    }
}
