package io.holdpoint.gateway.catalog;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tool as it stands in a server's list.
 *
 * @param description empty where there is none
 * @param annotations the hints that are true or false; others count as not given
 * @param json its bytes as received
 */
record ListedTool(String name, String description, Map<String, Boolean> annotations, byte[] json) {

    ListedTool {
        annotations = Map.copyOf(annotations);
    }

    /** @param json a definition that has been read strictly, so that there is one way to read it */
    static ListedTool of(String name, byte[] json) {
        var definition = JsonMapper.shared().readTree(json);
        return new ListedTool(
                name, definition.path("description").stringValue(""), flags(definition.path("annotations")), json);
    }

    private static Map<String, Boolean> flags(JsonNode annotations) {
        var flags = new HashMap<String, Boolean>();
        for (var hint : annotations.properties()) {
            if (hint.getValue().isBoolean()) {
                flags.put(hint.getKey(), hint.getValue().booleanValue());
            }
        }
        return flags;
    }
}
