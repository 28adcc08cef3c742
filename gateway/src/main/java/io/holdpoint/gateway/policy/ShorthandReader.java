package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.document.Words;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code action}, {@code reason} and {@code rate_limit}, as catalogue pages publish them (spec 03, Grammar). */
final class ShorthandReader {

    private static final Map<String, Action> ACTIONS =
            Words.of(Action.values(), action -> action.name().toLowerCase(Locale.ROOT));
    private static final Pattern RATE = Pattern.compile("([0-9]{1,15})/([a-z]{1,10})");
    private static final int LONGEST_SECONDS = (int) Bounds.LONGEST.toSeconds();

    private final Faults faults;
    private final LimitReader limits;
    private final ApprovalReader approvals;

    /**
     * What the shorthand of one rule stands for.
     *
     * @param denials as if written under {@code deny_if}
     */
    record Expansion(List<Guard> denials, List<LimitRule> limits, List<HoldEntry> holds) {}

    private enum Action {
        ALLOW,
        DENY,
        REQUIRE_APPROVAL
    }

    ShorthandReader(Faults faults, LimitReader limits, ApprovalReader approvals) {
        this.faults = faults;
        this.limits = limits;
        this.approvals = approvals;
    }

    Expansion read(Fields rule, Place place, String name) {
        var action = rule.word("action", ACTIONS);
        var reason = rule.optionalText("reason");
        if (reason.isPresent() && !rule.has("action")) {
            faults.at(rule.any("reason").orElseThrow(), "is without action; add one, or move it into require_approval");
        }
        var denials = action.filter(a -> a == Action.DENY)
                .map(a -> new Guard(
                        place.member("action").rule(),
                        rule.any("action").orElseThrow().line(),
                        List.of(),
                        reason));
        var holds = action.filter(a -> a == Action.REQUIRE_APPROVAL).map(a -> hold(rule, place, reason));
        var limit = rule.any("rate_limit").flatMap(node -> rateLimit(node, place.member("rate_limit"), name));
        return new Expansion(
                denials.stream().toList(),
                limit.stream().toList(),
                holds.stream().toList());
    }

    private HoldEntry hold(Fields rule, Place place, Optional<String> reason) {
        var action = rule.any("action").orElseThrow();
        if (rule.has("require_approval")) {
            faults.at(action, "is \"require_approval\" beside require_approval; keep one of them");
        }
        // What is wrong with the reason was said already.
        return approvals.always(action, place.member("action"), reason.flatMap(text -> rule.any("reason")));
    }

    private Optional<LimitRule> rateLimit(Node node, Place place, String name) {
        if (node instanceof Node.Obj) {
            return Fields.of(node, faults).flatMap(fields -> rateLimit(fields, place, name));
        }
        var rate = RATE.matcher(node instanceof Node.Text text ? text.value() : "");
        if (!rate.matches() || !CalendarWindow.BY_WORD.containsKey(rate.group(2))) {
            faults.wrongValue(node, "use a number per window such as \"10/minute\", or {\"max\": 10, \"window\": 60}");
            return Optional.empty();
        }
        var count = new Node.Num(node.where(), new BigDecimal(rate.group(1)));
        return limits.max(count)
                .map(max -> perSession(place, node.line(), name, CalendarWindow.BY_WORD.get(rate.group(2)), max));
    }

    private Optional<LimitRule> rateLimit(Fields fields, Place place, String name) {
        fields.require("max", "window");
        var max = fields.any("max").flatMap(limits::max);
        var seconds = fields.integer("window", 1, LONGEST_SECONDS);
        fields.noOthers();
        if (max.isEmpty() || seconds.isEmpty()) {
            return Optional.empty();
        }
        var window = new DurationWindow(Duration.ofSeconds(seconds.getAsInt()), seconds.getAsInt() + "s");
        return Optional.of(perSession(place, fields.self().line(), name, window, max.get()));
    }

    private static LimitRule perSession(Place place, int line, String name, Window window, BigDecimal max) {
        return LimitReader.limit(place.rule(), line, name, window, max, Scope.SESSION);
    }
}
