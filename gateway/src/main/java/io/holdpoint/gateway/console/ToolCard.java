package io.holdpoint.gateway.console;

import io.holdpoint.gateway.catalog.ToolInventory.KeptDefinition;
import io.holdpoint.gateway.catalog.ToolInventory.KeptTool;
import io.holdpoint.gateway.console.VisibleText.Piece;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A tool as its own page shows it.
 *
 * @param hints its annotations, which its server may set as it likes
 * @param shown the definition that is shown, the present one unless another was asked for
 * @param differences what changed last; none where nothing is known of before
 * @param comparable whether the texts are kept that differ
 * @param history the definitions it has and had, the present one first
 */
record ToolCard(
        ToolRow row,
        List<Piece> title,
        List<Piece> description,
        List<Piece> hints,
        Moment knownSince,
        Moment since,
        Shown shown,
        List<Difference> differences,
        boolean comparable,
        List<Version> history) {

    private static final int LONGEST = 200_000;
    private static final int SHORT_HASH = 12;

    /** @param sha256 of the definition to show; the present one if empty */
    static ToolCard of(KeptTool tool, Optional<String> sha256, ToolDesk desk, Instant now) {
        var text = tool.text();
        var history = desk.history(tool);
        var last = history.subList(0, Math.min(2, history.size()));
        return new ToolCard(
                ToolRow.of(tool, desk.standings(tool, Optional.empty()), now),
                VisibleText.of(text.title()),
                VisibleText.ofLines(text.description()),
                VisibleText.of(hints(text.annotations())),
                Moment.of(tool.knownSince(), now),
                Moment.of(tool.since(), now),
                shown(tool, sha256.orElse(tool.sha256()), history, desk),
                differences(tool, last, desk),
                last.size() < 2 || last.stream().allMatch(KeptDefinition::isKept),
                history.stream()
                        .map(definition -> Version.of(tool, definition, now))
                        .toList());
    }

    private static String hints(Map<String, Boolean> annotations) {
        return new TreeMap<>(annotations)
                .entrySet().stream()
                        .map(hint -> hint.getKey() + ": " + hint.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static Shown shown(KeptTool tool, String sha256, List<KeptDefinition> history, ToolDesk desk) {
        var definition = history.stream()
                .filter(one -> one.sha256().equals(sha256))
                .findFirst()
                .orElseThrow(Refused::notFound);
        var text = desk.definition(tool, sha256);
        return new Shown(
                sha256,
                definition.bytes(),
                definition.newest(),
                text.isPresent(),
                text.map(json -> VisibleText.ofLines(JsonLines.beginning(json, LONGEST)))
                        .orElse(List.of()));
    }

    private static List<Difference> differences(KeptTool tool, List<KeptDefinition> last, ToolDesk desk) {
        if (last.size() < 2) {
            return List.of();
        }
        var is = desk.definition(tool, last.get(0).sha256());
        var was = desk.definition(tool, last.get(1).sha256());
        return is.isPresent() && was.isPresent() ? Difference.between(was.get(), is.get()) : List.of();
    }

    /**
     * The definition that is shown.
     *
     * @param newest whether it is the present one
     * @param isKept whether there is a text
     * @param text laid out
     */
    record Shown(String sha256, int bytes, boolean newest, boolean isKept, List<Piece> text) {}

    /**
     * A definition it has or had.
     *
     * @param link the page that shows it
     * @param since since when it was the tool's the last time
     */
    record Version(
            String link,
            String hash,
            String category,
            String risk,
            String riskStyle,
            Moment firstSeen,
            Moment since,
            int bytes) {

        private static Version of(KeptTool tool, KeptDefinition definition, Instant now) {
            var sha256 = definition.sha256();
            return new Version(
                    ToolLink.of(tool.server(), tool.tool(), sha256),
                    sha256.substring(0, Math.min(SHORT_HASH, sha256.length())),
                    definition.category().label(),
                    definition.risk().label(),
                    ToolRow.style(definition.risk()),
                    Moment.of(definition.firstSeen(), now),
                    Moment.of(definition.since(), now),
                    definition.bytes());
        }
    }
}
