package io.holdpoint.gateway.authoring.intercept;

import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.document.Words;
import io.holdpoint.gateway.policy.Bounds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Carries over what the rules of one tool count: {@code rate_limit}, and {@code state} with its condition. */
final class InterceptLimit {

    private static final Set<String> KNOWN = Set.of("counter", "window", "increment", "increment_from");
    private static final Map<String, String> WINDOWS = Words.of("minute", "hour", "day");
    private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,14})/([a-z]+)");
    private static final Pattern COUNTER = Pattern.compile("[A-Za-z0-9_-]+");
    private static final int MOST = 1_000_000_000;
    private static final String GLOBAL = "_global";

    private final String tool;
    private final Faults faults;
    private final Set<Note> notes;
    private final InterceptCondition conditions;
    private final Set<String> counters = new HashSet<>();

    InterceptLimit(String tool, Faults faults, Set<Note> notes) {
        this.tool = tool;
        this.faults = faults;
        this.notes = notes;
        this.conditions = new InterceptCondition(faults, notes);
    }

    /** {@code 10/minute}. */
    Optional<ObjectNode> ofRate(Fields rule) {
        var node = rule.any("rate_limit").orElseThrow();
        var rate = RATE.matcher(node instanceof Node.Text text ? text.value() : "");
        if (!rate.matches() || !WINDOWS.containsKey(rate.group(2))) {
            faults.at(
                    node,
                    "is no rate_limit of Intercept; use a whole number per minute, hour or day, such as"
                            + " 10/minute. The form with max and window is Holdpoint's own: add it to the result");
            return Optional.empty();
        }
        refuseTwice(node, "_rate_" + rate.group(2));
        return Optional.of(limit(rate.group(2)).put("max", new BigDecimal(rate.group(1))));
    }

    /**
     * A counter and its bound.
     *
     * @param bounds the rule's conditions on counters
     */
    Optional<ObjectNode> ofState(Fields rule, List<Fields> bounds) {
        var state = rule.object("state");
        if (state.isEmpty()) {
            bounds.forEach(bound -> faults.at(
                    bound.self(),
                    "reads a counter that this rule does not count, and Holdpoint's limits do both in one; move it into"
                            + " the rule that has the state"));
            return Optional.empty();
        }
        UnknownKeys.refuse(state.get().self(), KNOWN, faults);
        var counter = counter(state.get());
        var window = state.get().require("window").word("window", WINDOWS);
        var path = "state." + scope() + "." + counter;
        if (bounds.size() != 1 || !bounds.get(0).text("path").equals(path)) {
            faults.at(
                    state.get().self(),
                    "counts nothing that can be carried over without exactly one condition, lt or lte, on " + path
                            + " in the same rule; add it, or remove the others");
            return Optional.empty();
        }
        var sums = state.get().has("increment_from");
        var max = max(bounds.get(0), sums, increment(state.get(), sums));
        var amount = sums ? conditions.path(state.get(), "increment_from") : Optional.<String>empty();
        return max.flatMap(most -> window.map(unit -> limit(unit).put("max", most)))
                .map(limit -> named(limit, counter, amount));
    }

    private ObjectNode named(ObjectNode limit, String counter, Optional<String> amount) {
        amount.ifPresent(path -> {
            limit.put("amount", path);
            notes.add(Note.AMOUNTS);
        });
        return limit.put("counter", scope() + "." + counter);
    }

    private ObjectNode limit(String window) {
        notes.add(Note.COUNTERS);
        return JsonNodeFactory.instance.objectNode().put("window", window).put("scope", "server");
    }

    private String counter(Fields state) {
        var counter = state.text("counter");
        if (!counter.isEmpty() && !COUNTER.matcher(counter).matches()) {
            faults.wrongValue(state.any("counter").orElseThrow(), "use letters, digits, _ and - for a counter's name");
        }
        refuseTwice(state.self(), counter);
        return counter;
    }

    /** Intercept keeps the counters of {@code *} under a name that a tool could have, too. */
    private void refuseTwice(Node node, String counter) {
        if (!counters.add(counter)) {
            faults.at(
                    node,
                    "counts with the counter " + counter
                            + " of another rule of this tool, which Intercept refuses; make one rule of them, or rename it");
        }
        if (tool.equals(GLOBAL)) {
            faults.at(node, "shares its counter with the rules of \"*\" in Intercept; rename the tool, or remove it");
        }
    }

    private int increment(Fields state, boolean sums) {
        if (sums && state.has("increment")) {
            faults.at(state.any("increment").orElseThrow(), "is not used beside increment_from; remove it");
        }
        // Intercept takes 0 for not given.
        return Math.max(1, state.integer("increment", 0, MOST).orElse(1));
    }

    private Optional<BigDecimal> max(Fields bound, boolean sums, int increment) {
        var op = conditions.operator(bound);
        var value = bound.require("value").any("value");
        conditions.refuseOthers(bound);
        if (op.isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        boolean below = op.get().equals("lt");
        if (!below && !op.get().equals("lte")) {
            faults.at(bound.self(), "compares a counter with " + op.get() + ", which sets no limit; use lt or lte");
            return Optional.empty();
        }
        if (below && sums) {
            faults.at(
                    bound.self(),
                    "is lt on a sum, which is exact for whole amounts only; use lte with the largest sum allowed");
            return Optional.empty();
        }
        return max(value.get(), below, increment);
    }

    private Optional<BigDecimal> max(Node value, boolean below, int increment) {
        var most = value instanceof Node.Num number
                        && number.value().compareTo(Bounds.LARGEST) <= 0
                        && number.value().stripTrailingZeros().scale() <= 0
                ? number.value().subtract(below ? BigDecimal.ONE : BigDecimal.ZERO)
                : BigDecimal.ZERO;
        var calls = most.divide(BigDecimal.valueOf(increment), 0, RoundingMode.DOWN);
        if (calls.signum() <= 0) {
            faults.at(
                    value,
                    "is no whole number up to 10^15 that lets a call pass; use a larger one, or a rule with action: deny");
            return Optional.empty();
        }
        return Optional.of(calls);
    }

    private String scope() {
        return tool.equals("*") ? GLOBAL : tool;
    }
}
