package io.holdpoint.gateway.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tool as it stands in a server's list.
 *
 * @param description empty where there is none, or where the definition is too long to look into
 * @param annotations the hints that classes depend on and that are true or false; others count as not given
 * @param json its bytes as received
 */
record ListedTool(String name, String description, Map<String, Boolean> annotations, byte[] json) {

    static final String READ_ONLY = "readOnlyHint";
    static final String DESTRUCTIVE = "destructiveHint";

    /** In characters; MCP wants names of 128 at most. */
    private static final int LONGEST_NAME = 1_000;

    ListedTool {
        annotations = Map.copyOf(annotations);
    }

    /** @param json a definition that has been read strictly, so that there is one way to read it */
    static ListedTool of(String name, byte[] json) {
        if (Definition.isTooLong(json)) {
            return new ListedTool(name, "", Map.of(), json);
        }
        var definition = JsonMapper.shared().readTree(json);
        return new ListedTool(
                name, definition.path("description").stringValue(""), flags(definition.path("annotations")), json);
    }

    private static Map<String, Boolean> flags(JsonNode annotations) {
        var flags = new HashMap<String, Boolean>();
        for (var hint : List.of(READ_ONLY, DESTRUCTIVE)) {
            var value = annotations.path(hint);
            if (value.isBoolean()) {
                flags.put(hint, value.booleanValue());
            }
        }
        return flags;
    }

    /** Whether it is too long to be looked at as a whole: what the rest says, nobody knows. */
    boolean isTooLong() {
        return Definition.isTooLong(json) || name.length() > LONGEST_NAME;
    }

    /** The name, or as much of it as is looked at. */
    String beginningOfName() {
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }
}
