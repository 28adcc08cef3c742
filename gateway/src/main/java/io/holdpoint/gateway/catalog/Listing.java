package io.holdpoint.gateway.catalog;

import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

    /** Tools that are listed twice are one with all their definitions: nobody knows which of them an agent takes. */
    static Listing of(List<ListedTool> tools, boolean trusted, Instant readAt) {
        var byName = new LinkedHashMap<String, List<ListedTool>>();
        tools.forEach(tool ->
                byName.computeIfAbsent(tool.name(), name -> new ArrayList<>(1)).add(tool));
        var definitions = new LinkedHashMap<String, Definition>();
        byName.forEach((name, same) -> definitions.put(name, definition(name, same, trusted, readAt)));
        return new Listing(definitions, readAt);
    }

    private static Definition definition(String name, List<ListedTool> same, boolean trusted, Instant readAt) {
        var category = same.stream()
                .map(tool -> ToolClassifier.category(tool, trusted))
                .reduce(same.size() == 1 ? Category.READ : Category.UNKNOWN, Category::riskier);
        var json = same.size() == 1
                ? text(same.get(0))
                : same.stream().map(Listing::text).collect(Collectors.joining(",", "[", "]"));
        return new Definition(name, Sha256.hex(json), json, category, category.risk(), readAt);
    }

    private static String text(ListedTool tool) {
        return new String(tool.json(), StandardCharsets.UTF_8);
    }

    /** SHA-256 over everything that is kept of it: equal for the same tools in any order, whenever they were read. */
    String fingerprint() {
        var all = Sha256.digest();
        new TreeMap<>(definitions)
                .forEach((name, tool) -> all.update("%s %s %s %s\n"
                        .formatted(
                                Sha256.hex(name), tool.sha256(), tool.category().label(), tool.risk())
                        .getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(all.digest());
    }

    Definition definition(String tool) {
        var known = definitions.get(tool);
        return known != null ? known : new Definition(tool, Definition.ABSENT, "", Category.UNKNOWN, Risk.HIGH, readAt);
    }
}
