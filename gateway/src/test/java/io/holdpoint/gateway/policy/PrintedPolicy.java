package io.holdpoint.gateway.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A policy as somebody would lay it out, one thing to a line, and the line of each of its values. */
final class PrintedPolicy {

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Integer> lineOf = new HashMap<>();

    private PrintedPolicy() {}

    static PrintedPolicy json(JsonNode document) {
        var printed = new PrintedPolicy();
        printed.json(document, "", "", "");
        return printed;
    }

    static PrintedPolicy yaml(JsonNode document) {
        var printed = new PrintedPolicy();
        printed.lineOf.put("", 1);
        printed.yaml(document, "", "", "");
        return printed;
    }

    List<String> lines() {
        return lines;
    }

    /**
     * The line of a value, or of its key where it has one; counted from 1.
     *
     * @param pointer a JSON pointer
     */
    int lineOf(String pointer) {
        return lineOf.get(pointer);
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    private void json(JsonNode value, String pointer, String indent, String key) {
        mark(pointer);
        if (!value.isContainer() || value.isEmpty()) {
            lines.add(indent + key + value);
            return;
        }
        lines.add(indent + key + (value.isObject() ? "{" : "["));
        members(value).forEach((step, member) -> {
            json(member, pointer + "/" + step.escaped(), indent + "  ", value.isObject() ? step.quoted() + ": " : "");
            lines.set(lines.size() - 1, lines.get(lines.size() - 1) + ",");
        });
        var last = lines.get(lines.size() - 1);
        lines.set(lines.size() - 1, last.substring(0, last.length() - 1));
        lines.add(indent + (value.isObject() ? "}" : "]"));
    }

    /** Block style; {@code first} stands where the first line would be indented. */
    private void yaml(JsonNode value, String pointer, String indent, String first) {
        var before = new String[] {first};
        members(value).forEach((step, member) -> {
            var place = pointer + "/" + step.escaped();
            mark(place);
            var start = before[0] + (value.isObject() ? step.quoted() + ":" : "-");
            boolean flat = !member.isContainer() || member.isEmpty();
            if (flat) {
                lines.add(start + " " + member);
            } else if (value.isObject()) {
                lines.add(start);
                yaml(member, place, indent + "  ", indent + "  ");
            } else {
                yaml(member, place, indent + "  ", start + " ");
            }
            before[0] = indent;
        });
    }

    private void mark(String pointer) {
        lineOf.putIfAbsent(pointer, lines.size() + 1);
    }

    private static Map<Step, JsonNode> members(JsonNode value) {
        var members = new LinkedHashMap<Step, JsonNode>();
        value.properties().forEach(member -> members.put(new Step(member.getKey()), member.getValue()));
        int index = 0;
        for (var element : value.isArray() ? value.values() : List.<JsonNode>of()) {
            members.put(new Step(String.valueOf(index++)), element);
        }
        return members;
    }

    private record Step(String name) {
        String escaped() {
            return name.replace("~", "~0").replace("/", "~1");
        }

        String quoted() {
            return JsonNodeFactory.instance.stringNode(name).toString();
        }
    }
}
