package io.holdpoint.gateway.authoring.simulation;

import io.holdpoint.gateway.document.Visible;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A simulation as a person reads it on a terminal. */
public final class SimulatedText {

    private static final int SHOWN = 20;

    private final List<String> lines = new ArrayList<>();

    private SimulatedText() {}

    /** Lays it out, line by line. Nothing in it moves a terminal's cursor: agents choose names of tools. */
    public static List<String> of(Simulated simulated) {
        var text = new SimulatedText();
        text.head(simulated);
        text.table("what was, and what would be", matrix(simulated));
        text.table("what would change", tools(simulated));
        text.table("what could not be judged", unjudged(simulated));
        text.table("for example", examples(simulated));
        text.lines.add("");
        simulated.notes().forEach(note -> text.lines.add("note: " + note));
        return text.lines.stream().map(Visible::of).toList();
    }

    private void head(Simulated simulated) {
        lines.add("%s (%s)".formatted(simulated.file(), simulated.policy().substring(0, 12)));
        lines.add("calls from %s to %s%s%s"
                .formatted(
                        simulated.since().truncatedTo(ChronoUnit.SECONDS),
                        simulated.readUntil().truncatedTo(ChronoUnit.SECONDS),
                        simulated.grant().map(grant -> ", grant " + grant).orElse(""),
                        simulated.server().map(server -> ", server " + server).orElse("")));
        lines.add("%d calls: %d would be decided alike, %d otherwise, %d could not be judged"
                .formatted(simulated.calls(), simulated.same(), simulated.changed(), simulated.notJudged()));
    }

    private void table(String title, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title + ":");
        var widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (var i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        rows.stream().limit(SHOWN).forEach(row -> lines.add(line(row, widths)));
        if (rows.size() > SHOWN) {
            lines.add("  and %d more; --json shows them".formatted(rows.size() - SHOWN));
        }
    }

    /** The first column holds numbers or times, the others words. */
    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder("  ")
                .append(" ".repeat(widths[0] - row.get(0).length()))
                .append(row.get(0));
        for (var i = 1; i < widths.length; i++) {
            line.append("  ")
                    .append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()));
        }
        return line.toString().stripTrailing();
    }

    private static List<List<String>> matrix(Simulated simulated) {
        return simulated.matrix().stream()
                .map(cell -> List.of(String.valueOf(cell.calls()), cell.was() + " -> " + cell.wouldBe()))
                .toList();
    }

    private static List<List<String>> tools(Simulated simulated) {
        return simulated.tools().stream()
                .map(change -> List.of(
                        String.valueOf(change.calls()),
                        change.server() + "/" + change.tool(),
                        change.was() + " -> " + change.wouldBe(),
                        change.rule()))
                .toList();
    }

    private static List<List<String>> unjudged(Simulated simulated) {
        return simulated.unjudged().stream()
                .map(one -> List.of(String.valueOf(one.calls()), one.server() + "/" + one.tool(), one.why()))
                .toList();
    }

    private static List<List<String>> examples(Simulated simulated) {
        return simulated.examples().stream()
                .map(one -> List.of(
                        one.time().toString(),
                        one.call(),
                        one.grant(),
                        one.server() + "/" + one.tool(),
                        "%s %s -> %s %s".formatted(one.was(), one.wasRule(), one.wouldBe(), one.rule())))
                .toList();
    }
}
