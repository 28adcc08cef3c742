package io.holdpoint.gateway.authoring.simulation;

import io.holdpoint.gateway.document.Letters;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.workflow.audit.CallHistory;
import io.holdpoint.workflow.audit.PastCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a simulation has found so far. Its size does not grow with the number of calls. Not thread-safe. */
final class SimulationTotals {

    /** Agents choose tools' names, so there may be as many as calls. */
    private static final int MOST_GROUPS = 2_000;

    private static final int MOST_SHOWN = 200;
    private static final int EXAMPLES = 5;
    private static final int LONGEST_NAME = 200;
    private static final String OTHERS = "(others)";

    private final Map<Cell, Long> matrix =
            new TreeMap<>(Comparator.comparing(Cell::was).thenComparing(Cell::wouldBe));
    private final Map<Change, Long> tools = new HashMap<>();
    private final Map<Reason, Long> unjudged = new HashMap<>();
    private final Map<Cell, List<Simulated.Example>> examples = new HashMap<>();
    private long calls;
    private long same;
    private long notJudged;

    private record Cell(String was, String wouldBe) {}

    private record Change(String server, String tool, String was, String wouldBe, String rule) {}

    private record Reason(String server, String tool, String why) {}

    long calls() {
        return calls;
    }

    void notJudged(PastCall call, String why) {
        calls++;
        notJudged++;
        var reason = new Reason(call.server(), name(call.tool()), why);
        add(unjudged, reason, new Reason(OTHERS, OTHERS, why));
    }

    void judged(PastCall call, Decision decision) {
        calls++;
        var cell = new Cell(call.decision(), decision.word());
        matrix.merge(cell, 1L, Long::sum);
        if (cell.was().equals(cell.wouldBe())) {
            same++;
            return;
        }
        var rule = decision.rule().value();
        add(
                tools,
                new Change(call.server(), name(call.tool()), cell.was(), cell.wouldBe(), rule),
                new Change(OTHERS, OTHERS, cell.was(), cell.wouldBe(), OTHERS));
        example(cell, call, rule);
    }

    private void example(Cell cell, PastCall call, String rule) {
        var some = examples.computeIfAbsent(cell, unused -> new ArrayList<>());
        if (some.size() < EXAMPLES) {
            some.add(new Simulated.Example(
                    call.id(),
                    call.time(),
                    call.grant(),
                    call.server(),
                    name(call.tool()),
                    cell.was(),
                    call.rule(),
                    cell.wouldBe(),
                    rule));
        }
    }

    private static <K> void add(Map<K, Long> groups, K group, K others) {
        groups.merge(groups.size() < MOST_GROUPS || groups.containsKey(group) ? group : others, 1L, Long::sum);
    }

    private static String name(String tool) {
        return Letters.clip(tool, LONGEST_NAME);
    }

    Simulated answer(
            String file,
            String policy,
            CallHistory.Span span,
            Instant readUntil,
            Optional<Instant> logBegins,
            List<String> notes) {
        return new Simulated(
                file,
                policy,
                span.since(),
                span.until(),
                span.grant(),
                span.server(),
                calls,
                same,
                calls - same - notJudged,
                notJudged,
                readUntil,
                logBegins,
                matrix.entrySet().stream()
                        .map(entry -> new Simulated.Cell(
                                entry.getKey().was(), entry.getKey().wouldBe(), entry.getValue()))
                        .toList(),
                largest(tools).stream()
                        .map(entry -> change(entry.getKey(), entry.getValue()))
                        .toList(),
                largest(unjudged).stream()
                        .map(entry -> new Simulated.Unjudged(
                                entry.getKey().server(),
                                entry.getKey().tool(),
                                entry.getKey().why(),
                                entry.getValue()))
                        .toList(),
                examples.values().stream()
                        .flatMap(List::stream)
                        .sorted(Comparator.comparing(Simulated.Example::time))
                        .toList(),
                notes);
    }

    private static Simulated.ToolChange change(Change change, long calls) {
        return new Simulated.ToolChange(
                change.server(), change.tool(), change.was(), change.wouldBe(), change.rule(), calls);
    }

    private static <K> List<Map.Entry<K, Long>> largest(Map<K, Long> groups) {
        return groups.entrySet().stream()
                .sorted(Map.Entry.<K, Long>comparingByValue()
                        .reversed()
                        .thenComparing(entry -> entry.getKey().toString()))
                .limit(MOST_SHOWN)
                .toList();
    }
}
