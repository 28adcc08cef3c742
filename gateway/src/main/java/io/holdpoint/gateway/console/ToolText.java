package io.holdpoint.gateway.console;

import io.holdpoint.gateway.catalog.ToolInventory.KeptTool;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What a server says about a tool in words and hints. Nobody vouches for it.
 *
 * @param title empty where there is none
 * @param description cut where it is long; empty where there is none
 * @param annotations the hints that are true or false
 */
record ToolText(String title, String description, Map<String, Boolean> annotations) {

    private static final int LONGEST = 2_000;
    private static final int MOST_HINTS = 50;

    static ToolText of(KeptTool tool) {
        var definition = parse(tool.json());
        var annotations = definition.path("annotations");
        var title = definition.path("title").stringValue("");
        return new ToolText(
                cut(title.isEmpty() ? annotations.path("title").stringValue("") : title, LONGEST),
                cut(definition.path("description").stringValue(""), LONGEST),
                hints(annotations));
    }

    /** The text, or its beginning and how long it is; a letter is never cut in two. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return "%s… (%d characters)".formatted(text.substring(0, end), text.length());
    }

    private static JsonNode parse(String json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static Map<String, Boolean> hints(JsonNode annotations) {
        var hints = new TreeMap<String, Boolean>();
        annotations.properties().stream()
                .filter(hint -> hint.getValue().isBoolean())
                .limit(MOST_HINTS)
                .forEach(hint ->
                        hints.put(cut(hint.getKey(), LONGEST), hint.getValue().booleanValue()));
        return hints;
    }
}
