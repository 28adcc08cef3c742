package io.holdpoint.gateway.authoring.intercept;

import io.holdpoint.gateway.authoring.draft.ArgumentName;
import io.holdpoint.gateway.authoring.draft.Draft;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.document.Words;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Carries over a condition on an argument. */
final class InterceptCondition {

    static final String ARGUMENTS = "args.";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> KNOWN = Set.of("path", "op", "value");
    private static final Map<String, String> OPERATORS =
            Words.of("eq", "neq", "in", "not_in", "lt", "lte", "gt", "gte", "regex", "contains", "exists");

    private final Faults faults;
    private final Set<Note> notes;

    InterceptCondition(Faults faults, Set<Note> notes) {
        this.faults = faults;
        this.notes = notes;
    }

    /** The condition as Holdpoint writes it; nothing after a fault. */
    Optional<ObjectNode> read(Fields condition) {
        var path = path(condition, "path");
        var op = operator(condition);
        var value = condition.require("value").any("value");
        refuseOthers(condition);
        if (path.isEmpty() || op.isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        var carried = JSON.objectNode().put("path", path.get());
        return compare(carried, op.get(), value.get());
    }

    Optional<String> operator(Fields condition) {
        return condition.require("op").word("op", OPERATORS);
    }

    void refuseOthers(Fields condition) {
        UnknownKeys.refuse(condition.self(), KNOWN, faults);
    }

    /** A path to an argument, dots between names. */
    Optional<String> path(Fields fields, String key) {
        var text = fields.text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var names = text.startsWith(ARGUMENTS)
                ? Arrays.asList(text.substring(ARGUMENTS.length()).split("\\.", -1))
                : List.<String>of();
        if (names.isEmpty() || names.contains("")) {
            faults.wrongValue(fields.any(key).orElseThrow(), "use args. and names with dots between them");
            return Optional.empty();
        }
        if (text.contains("[")) {
            faults.wrongValue(
                    fields.any(key).orElseThrow(),
                    "Intercept takes that for a name with [ in it, not for an element, and never found one; remove"
                            + " the condition, and add an index such as args.items[0] to the result");
            return Optional.empty();
        }
        return Optional.of(ArgumentName.path(names));
    }

    private Optional<ObjectNode> compare(ObjectNode carried, String op, Node value) {
        return switch (op) {
            case "eq" -> among(carried, "eq", "in", InterceptValue.equals(value, faults));
            case "neq" -> among(carried, "neq", "not_in", InterceptValue.equals(value, faults));
            case "in", "not_in" -> among(carried, op, op, equalsAny(value));
            case "regex" -> regex(carried, value);
            case "contains" -> contains(carried, value);
            case "exists" -> exists(carried, value);
            default -> number(carried, op, value);
        };
    }

    private Optional<ObjectNode> among(ObjectNode carried, String one, String several, List<JsonNode> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (several.equals("not_in")) {
            notes.add(Note.NULLS);
        }
        if (values.stream().anyMatch(JsonNode::isNumber)) {
            notes.add(Note.NUMBERS);
        }
        if (values.size() == 1 && !one.equals(several)) {
            carried.put("op", one).set("value", values.get(0));
        } else {
            carried.put("op", several).putArray("value").addAll(values);
        }
        return Optional.of(carried);
    }

    private List<JsonNode> equalsAny(Node value) {
        if (!(value instanceof Node.Arr list)) {
            faults.wrongKind(value, "a list");
            return List.of();
        }
        if (list.elements().isEmpty()) {
            faults.at(value, "is empty: in then never holds and not_in always does; write a deny rule, or remove it");
        }
        var values = new LinkedHashSet<JsonNode>();
        list.elements().forEach(element -> values.addAll(InterceptValue.equals(element, faults)));
        return List.copyOf(values);
    }

    private Optional<ObjectNode> number(ObjectNode carried, String op, Node value) {
        if (!(value instanceof Node.Num number)) {
            faults.wrongKind(value, "a number");
            return Optional.empty();
        }
        if (!InterceptValue.isExact(number.value())) {
            faults.at(value, "has more digits than Intercept kept when it compared; use at most 15");
            return Optional.empty();
        }
        notes.add(Note.NUMBERS);
        return Optional.of(carried.put("op", op).put("value", number.value()));
    }

    private Optional<ObjectNode> regex(ObjectNode carried, Node value) {
        if (!(value instanceof Node.Text text)) {
            faults.wrongKind(value, "a text");
            return Optional.empty();
        }
        carried.put("op", "regex").put("value", text.value());
        var fault = Draft.faultOf(carried);
        fault.ifPresent(message -> faults.at(value, message));
        return fault.isPresent() ? Optional.empty() : Optional.of(carried);
    }

    private Optional<ObjectNode> contains(ObjectNode carried, Node value) {
        boolean isText = value instanceof Node.Text text && !text.value().isEmpty();
        if (!isText || InterceptValue.equals(value, new Faults()).size() != 1) {
            faults.at(
                    value,
                    "cannot be carried over: in a list Intercept finds it as text and as number, true or false,"
                            + " and an empty text everywhere; use regex, or a text that is none of these");
            return Optional.empty();
        }
        return Optional.of(carried.put("op", "contains").put("value", ((Node.Text) value).value()));
    }

    private Optional<ObjectNode> exists(ObjectNode carried, Node value) {
        if (!(value instanceof Node.Bool flag)) {
            faults.wrongKind(value, "true or false");
            return Optional.empty();
        }
        return Optional.of(carried.put("op", "exists").put("value", flag.value()));
    }
}
