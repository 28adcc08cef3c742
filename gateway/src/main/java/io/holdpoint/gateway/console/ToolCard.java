package io.holdpoint.gateway.console;

import io.holdpoint.gateway.catalog.ToolInventory.KeptDefinition;
import io.holdpoint.gateway.catalog.ToolInventory.KeptTool;
import io.holdpoint.gateway.console.VisibleText.Piece;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A tool as its own page shows it.
 *
 * @param hints its annotations, which its server may set as it likes
 * @param definition laid out
 * @param differences what changed last; none where nothing is known of before
 * @param history the definitions it has and had, the present one first
 */
record ToolCard(
        ToolRow row,
        List<Piece> title,
        List<Piece> description,
        List<Piece> hints,
        String sha256,
        Moment knownSince,
        Moment since,
        List<Piece> definition,
        List<Difference> differences,
        List<Version> history) {

    private static final int LONGEST = 200_000;
    private static final int SHORT_HASH = 12;

    static ToolCard of(KeptTool tool, ToolDesk desk, Instant now) {
        var text = ToolText.of(tool);
        var history = desk.history(tool);
        return new ToolCard(
                ToolRow.of(tool, desk.standings(tool, Optional.empty()), now),
                VisibleText.of(text.title()),
                VisibleText.ofLines(text.description()),
                VisibleText.of(hints(text.annotations())),
                tool.sha256(),
                Moment.of(tool.knownSince(), now),
                Moment.of(tool.since(), now),
                laidOut(tool.json()),
                history.size() < 2
                        ? List.of()
                        : Difference.between(
                                history.get(1).json(), history.get(0).json()),
                versions(history, now));
    }

    private static String hints(Map<String, Boolean> annotations) {
        return annotations.entrySet().stream()
                .map(hint -> hint.getKey() + ": " + hint.getValue())
                .collect(Collectors.joining(", "));
    }

    private static List<Piece> laidOut(String json) {
        return VisibleText.ofLines(JsonLines.beginning(json, LONGEST));
    }

    private static List<Version> versions(List<KeptDefinition> history, Instant now) {
        var versions = new ArrayList<Version>();
        for (var definition : history) {
            versions.add(new Version(
                    definition
                            .sha256()
                            .substring(
                                    0, Math.min(SHORT_HASH, definition.sha256().length())),
                    definition.category(),
                    definition.risk().label(),
                    ToolRow.style(definition.risk()),
                    Moment.of(definition.firstSeen(), now),
                    Moment.of(definition.since(), now),
                    laidOut(definition.json())));
        }
        return List.copyOf(versions);
    }

    /**
     * A definition it has or had.
     *
     * @param since since when it was the tool's the last time
     */
    record Version(
            String hash,
            String category,
            String risk,
            String riskStyle,
            Moment firstSeen,
            Moment since,
            List<Piece> definition) {}
}
