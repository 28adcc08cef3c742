package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.document.Letters;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What a server says about a tool in words and hints, clipped so that hundreds fit on a page. Nobody vouches for it.
 *
 * @param title empty where there is none
 * @param description cut where it is long; empty where there is none
 * @param annotations the hints that are true or false
 */
public record ToolText(String title, String description, Map<String, Boolean> annotations) {

    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST = 2_000;
    private static final int LONGEST_HINT = 100;
    private static final int MOST_HINTS = 50;

    public ToolText {
        Objects.requireNonNull(title);
        Objects.requireNonNull(description);
        annotations = Map.copyOf(annotations);
    }

    /**
     * What a definition says, the first one where a tool has several; nothing if it is no JSON, or too long to look into.
     */
    public static ToolText of(String definition) {
        var parsed = parse(definition);
        var json = parsed.isArray() ? parsed.path(0) : parsed;
        var annotations = json.path("annotations");
        var title = json.path("title").stringValue("");
        return new ToolText(
                clip(title.isEmpty() ? annotations.path("title").stringValue("") : title, LONGEST_TITLE),
                clip(json.path("description").stringValue(""), LONGEST),
                hints(annotations));
    }

    /** What was kept of one. */
    static ToolText kept(String title, String description, String hints) {
        return new ToolText(title, description, hints(parse(hints)));
    }

    /** The hints as one JSON object, by name. */
    String hints() {
        return JsonMapper.shared().writeValueAsString(new TreeMap<>(annotations));
    }

    private static String clip(String text, int longest) {
        return KeptName.storable(cut(text, longest));
    }

    /** The text, or its beginning and how long it is; a letter is never cut in two. */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return "%s… (%d characters)".formatted(Letters.beginning(text, longest), text.length());
    }

    private static JsonNode parse(String json) {
        if (Definition.isTooLong(json)) {
            return MissingNode.getInstance();
        }
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
                .forEach(hint -> hints.put(
                        clip(hint.getKey(), LONGEST_HINT), hint.getValue().booleanValue()));
        return hints;
    }
}
