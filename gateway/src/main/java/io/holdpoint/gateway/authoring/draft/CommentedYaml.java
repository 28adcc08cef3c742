package io.holdpoint.gateway.authoring.draft;

import io.holdpoint.gateway.document.Letters;
import io.holdpoint.gateway.document.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Writes a document as YAML with comments. SnakeYAML can write comments too, but puts a map on one line that follows a
 * comment at the wrong column, which it cannot read back. Texts are in double quotes with JSON's escapes, except plain
 * words that no reader takes for anything else, so that nothing in them can end a text or a comment.
 */
final class CommentedYaml {

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,99}");
    /** What YAML 1.1 or 1.2 reads as something else than a text. */
    private static final Set<String> NO_WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private static final int ONE_LINE = 100;
    private static final int RULES = 3;
    private static final String INDENT = "  ";

    private final Map<String, List<String>> comments;
    private final StringBuilder yaml = new StringBuilder();

    /** @param comments by JSON pointer of the value they stand before */
    CommentedYaml(Map<String, List<String>> comments) {
        this.comments = comments;
    }

    String write(JsonNode document) {
        comment("", "");
        members(document, "", 0);
        return yaml.toString();
    }

    private void members(JsonNode object, String pointer, int depth) {
        for (var member : object.properties()) {
            var at = pointer + Pointer.step(member.getKey());
            var indent = INDENT.repeat(depth);
            comment(at, indent);
            yaml.append(indent).append(text(member.getKey())).append(':');
            value(member.getValue(), at, depth + 1);
        }
    }

    private void elements(JsonNode list, String pointer, int depth) {
        for (int i = 0; i < list.size(); i++) {
            var at = pointer + "/" + i;
            comment(at, INDENT.repeat(depth));
            element(list.get(i), at, depth);
        }
    }

    /** The dash stands where the first member's indent ends. */
    private void element(JsonNode element, String pointer, int depth) {
        int start = yaml.length();
        if (isOnOneLine(element, pointer, depth + 1)) {
            yaml.append(INDENT.repeat(depth)).append("- ").append(flow(element)).append('\n');
            return;
        }
        if (element.isObject()) {
            members(element, pointer, depth + 1);
        } else {
            elements(element, pointer, depth + 1);
        }
        int dash = start + INDENT.length() * depth;
        yaml.replace(dash, dash + INDENT.length(), "- ");
    }

    private void value(JsonNode value, String pointer, int depth) {
        if (isOnOneLine(value, pointer, depth)) {
            yaml.append(' ').append(flow(value)).append('\n');
            return;
        }
        yaml.append('\n');
        if (value.isObject()) {
            members(value, pointer, depth);
        } else {
            elements(value, pointer, depth);
        }
    }

    private boolean isOnOneLine(JsonNode value, String pointer, int depth) {
        if (!value.isContainer() || value.isEmpty()) {
            return true;
        }
        return depth >= RULES
                && flow(value).length() <= ONE_LINE
                && comments.keySet().stream().noneMatch(at -> at.startsWith(pointer + "/"));
    }

    private static String flow(JsonNode value) {
        var parts = new ArrayList<String>();
        if (value.isObject()) {
            value.properties().forEach(member -> parts.add(text(member.getKey()) + ": " + flow(member.getValue())));
            return "{" + String.join(", ", parts) + "}";
        }
        if (value.isArray()) {
            value.values().forEach(element -> parts.add(flow(element)));
            return "[" + String.join(", ", parts) + "]";
        }
        if (value.isString()) {
            return text(value.stringValue());
        }
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asString();
    }

    private void comment(String pointer, String indent) {
        comments.getOrDefault(pointer, List.of())
                .forEach(line -> yaml.append(indent)
                        .append("# ")
                        .append(OneLine.of(line))
                        .append('\n'));
    }

    /** A text as key or value. */
    static String text(String text) {
        boolean plain = WORD.matcher(text).matches() && !NO_WORDS.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : quoted(text);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(letter -> {
            if (letter == '"' || letter == '\\') {
                quoted.append('\\').appendCodePoint(letter);
            } else if (Letters.show(letter)) {
                quoted.appendCodePoint(letter);
            } else {
                quoted.append(letter > 0xffff ? "\\U%08x".formatted(letter) : "\\u%04x".formatted(letter));
            }
        });
        return quoted.append('"').toString();
    }
}
