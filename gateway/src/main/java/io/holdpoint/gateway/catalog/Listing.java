package io.holdpoint.gateway.catalog;

import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All tools of a server at one moment.
 *
 * @param definitions by name, in the server's order
 * @param readAt when the reading began: whatever changed later may be missing
 */
record Listing(Map<String, Definition> definitions, Instant readAt) {

    /** What is known of a server that was never read. */
    static final Listing NONE = new Listing(Map.of(), Instant.EPOCH);

    Listing {
        definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
    }

    /** Of tools that are listed twice the first counts. */
    static Listing of(List<ListedTool> tools, boolean trusted, Instant readAt) {
        var definitions = new LinkedHashMap<String, Definition>();
        for (var tool : tools) {
            definitions.computeIfAbsent(tool.name(), name -> definition(tool, trusted, readAt));
        }
        return new Listing(definitions, readAt);
    }

    private static Definition definition(ListedTool tool, boolean trusted, Instant readAt) {
        var category = ToolClassifier.category(tool, trusted);
        var json = new String(tool.json(), StandardCharsets.UTF_8);
        return new Definition(tool.name(), Sha256.hex(tool.json()), json, category.label(), category.risk(), readAt);
    }

    /** SHA-256 over everything that is kept of it: equal for the same tools in any order, whenever they were read. */
    String fingerprint() {
        var all = Sha256.digest();
        new TreeMap<>(definitions)
                .forEach((name, tool) -> all.update("%s %s %s %s\n"
                        .formatted(Sha256.hex(name), tool.sha256(), tool.category(), tool.risk())
                        .getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(all.digest());
    }

    Definition definition(String tool) {
        var known = definitions.get(tool);
        return known != null
                ? known
                : new Definition(tool, Definition.ABSENT, "", Category.UNKNOWN.label(), Risk.HIGH, readAt);
    }
}
