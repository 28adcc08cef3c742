package io.holdpoint.gateway.catalog;

import java.util.Map;

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
}
