package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.document.Durations;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Nearest;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.document.Words;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code limits}. */
final class LimitReader {

    private static final Map<String, Scope> SCOPES = Words.of(Scope.values(), Scope::label);
    private static final int LONGEST_COUNTER = 200;
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Faults faults;
    private final ConditionReader conditions;

    LimitReader(Faults faults, ConditionReader conditions) {
        this.faults = faults;
        this.conditions = conditions;
    }

    /**
     * Reads a list of limits.
     *
     * @param name what counters without a name are called by, the tool's name for a tool
     */
    List<LimitRule> limits(Fields owner, Place place, String name) {
        var limits = new ArrayList<LimitRule>();
        var entries = owner.list("limits");
        for (int i = 0; i < entries.size(); i++) {
            var id = place.member("limits").element(i).rule();
            Fields.of(entries.get(i), faults)
                    .flatMap(fields -> limit(fields, id, name))
                    .ifPresent(limits::add);
        }
        return limits;
    }

    /** A limit made of its parts, with the default counter and message. */
    static LimitRule limit(RuleId rule, int line, String name, Window window, BigDecimal max, Scope scope) {
        return new LimitRule(
                rule,
                line,
                defaultCounter(name, window),
                window,
                max,
                scope,
                Optional.empty(),
                Refusals.usedUp(name, max, window, Optional.empty()),
                Refusals.tooMuch(name, max, window, Optional.empty()));
    }

    /** Reads a calendar unit or a duration. */
    Optional<Window> window(Node node) {
        var text = node instanceof Node.Text value ? value.value() : "";
        var unit = CalendarWindow.BY_WORD.get(text);
        if (unit != null) {
            return Optional.of(unit);
        }
        var length = Durations.parse(text).filter(d -> d.compareTo(SHORTEST) >= 0 && d.compareTo(Bounds.LONGEST) <= 0);
        if (length.isEmpty()) {
            faults.wrongValue(
                    node,
                    "use " + Nearest.listed(CalendarWindow.BY_WORD.keySet())
                            + ", or a duration from 1s to 366d such as 90s"
                            + Nearest.hint(text, CalendarWindow.BY_WORD.keySet()));
        }
        return length.map(d -> new DurationWindow(d, text));
    }

    /** Reads how much may be used. */
    Optional<BigDecimal> max(Node node) {
        var max = node instanceof Node.Num number
                ? LimitRule.countable(number.value()).filter(n -> n.signum() > 0)
                : Optional.<BigDecimal>empty();
        if (max.isEmpty()) {
            faults.wrongValue(node, "use a number above 0, at most 10^15 and with at most 18 decimals");
        }
        return max;
    }

    private Optional<LimitRule> limit(Fields fields, RuleId rule, String name) {
        fields.require("window", "max");
        var counter = counter(fields);
        var window = fields.any("window").flatMap(this::window);
        var max = fields.any("max").flatMap(this::max);
        var scope = fields.word("scope", SCOPES).orElse(Scope.GRANT);
        var amount = fields.any("amount").flatMap(conditions::path);
        var onDeny = fields.optionalText("on_deny");
        fields.noOthers();
        return window.isEmpty() || max.isEmpty()
                ? Optional.empty()
                : Optional.of(new LimitRule(
                        rule,
                        fields.self().line(),
                        counter.orElseGet(() -> defaultCounter(name, window.get())),
                        window.get(),
                        max.get(),
                        scope,
                        amount,
                        onDeny.orElseGet(() -> Refusals.usedUp(name, max.get(), window.get(), amount)),
                        Refusals.tooMuch(name, max.get(), window.get(), amount)));
    }

    private Optional<String> counter(Fields fields) {
        var counter = fields.optionalText("counter");
        var refused = counter.filter(name -> name.codePointCount(0, name.length()) > LONGEST_COUNTER
                || name.chars().anyMatch(Character::isISOControl));
        refused.ifPresent(name -> faults.at(
                fields.any("counter").orElseThrow(),
                "is longer than " + LONGEST_COUNTER
                        + " characters or has control characters in it; give it a short name"));
        return counter;
    }

    private static String defaultCounter(String name, Window window) {
        return name + "/" + window.label();
    }
}
