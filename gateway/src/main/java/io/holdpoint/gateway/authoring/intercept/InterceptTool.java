package io.holdpoint.gateway.authoring.intercept;

import io.holdpoint.gateway.authoring.draft.Draft;
import io.holdpoint.gateway.authoring.draft.OneLine;
import io.holdpoint.gateway.document.Durations;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.document.Pointer;
import io.holdpoint.gateway.document.Words;
import io.holdpoint.gateway.policy.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Carries over the rules of one tool, or of {@code *}. */
final class InterceptTool {

    private static final Set<String> KNOWN =
            Set.of("name", "action", "conditions", "on_deny", "rate_limit", "state", "approval_timeout");
    private static final Map<String, Action> ACTIONS =
            Words.of(Action.values(), action -> action.name().toLowerCase(Locale.ROOT));
    /** Go's durations, of those that both read the same way. */
    private static final Pattern TIMEOUT = Pattern.compile("([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?");

    private static final int SHOWN = 120;

    private final Draft draft;
    private final String pointer;
    private final ObjectNode carried;
    private final Faults faults;
    private final Set<Note> notes;
    private final InterceptCondition conditions;
    private final InterceptLimit limits;
    private final List<String> unreached = new ArrayList<>();
    private boolean denied;
    private boolean asksAlways;

    private enum Action {
        EVALUATE,
        DENY,
        REQUIRE_APPROVAL
    }

    InterceptTool(Draft draft, String tool, ObjectNode carried, Faults faults, Set<Note> notes) {
        this.draft = draft;
        this.pointer = "/tools" + Pointer.step(tool);
        this.carried = carried;
        this.faults = faults;
        this.notes = notes;
        this.conditions = new InterceptCondition(faults, notes);
        this.limits = new InterceptLimit(tool, faults, notes);
    }

    void read(List<Node> rules) {
        rules.forEach(node -> Fields.of(node, faults).ifPresent(this::rule));
        if (!unreached.isEmpty()) {
            draft.comment(
                    pointer, "Left out, because a rule before them denies every call: " + String.join(", ", unreached));
        }
    }

    private void rule(Fields rule) {
        var name = OneLine.quoted(rule.text("name"), SHOWN);
        var action = rule.word("action", ACTIONS);
        UnknownKeys.refuse(rule.self(), KNOWN, faults);
        if (rule.has("action") && action.isEmpty()) {
            return;
        }
        switch (action.orElse(Action.EVALUATE)) {
            case DENY -> deny(rule, name);
            case REQUIRE_APPROVAL -> ask(rule, name);
            case EVALUATE -> evaluate(rule, name);
        }
    }

    private void deny(Fields rule, String name) {
        refuse(rule, "action: deny", "conditions", "rate_limit", "state", "approval_timeout");
        var entry = JsonNodeFactory.instance.objectNode();
        entry.putArray("conditions");
        add("deny_if", withText(entry, "on_deny", rule), name);
        denied = true;
    }

    private void ask(Fields rule, String name) {
        refuse(rule, "action: require_approval", "rate_limit", "state");
        if (asksAlways) {
            faults.at(
                    rule.self(), "is never reached, because a rule before it asks for every call; remove one of them");
        }
        var bounds = new ArrayList<Fields>();
        var when = conditions(rule, bounds);
        bounds.forEach(bound -> faults.at(
                bound.self(), "is on a counter, which require_approval cannot ask for; write a rule with rate_limit"));
        var entry = JsonNodeFactory.instance.objectNode();
        if (!when.isEmpty()) {
            entry.putArray("conditions").addAll(when);
            notes.add(Note.UNCLEAR);
        }
        asksAlways |= when.isEmpty();
        timeout(rule).ifPresent(time -> entry.put("expires_after", time));
        notes.add(Note.HELD);
        add("require_approval", withText(entry, "reason", rule), name);
    }

    private void evaluate(Fields rule, String name) {
        refuse(rule, "a rule that asks nobody", "approval_timeout");
        if (rule.has("rate_limit")) {
            refuse(rule, "rate_limit", "conditions", "state");
            limits.ofRate(rule).ifPresent(limit -> add("limits", withText(limit, "on_deny", rule), name));
            return;
        }
        var bounds = new ArrayList<Fields>();
        var all = conditions(rule, bounds);
        var given = rule.any("conditions");
        if (given.isEmpty() || isEmptyList(given.get())) {
            faults.at(rule.self(), "has no conditions, which Intercept refuses; add them, or remove the rule");
        }
        if (!all.isEmpty()) {
            add("require", withText(requirement(all), "on_deny", rule), name);
        }
        limits.ofState(rule, bounds).ifPresent(limit -> add("limits", withText(limit, "on_deny", rule), name));
    }

    private static ObjectNode requirement(List<ObjectNode> all) {
        if (all.size() == 1) {
            return all.get(0);
        }
        var entry = JsonNodeFactory.instance.objectNode();
        entry.putArray("conditions").addAll(all);
        return entry;
    }

    /** @param bounds takes the conditions on counters */
    private List<ObjectNode> conditions(Fields rule, List<Fields> bounds) {
        var carriedOver = new ArrayList<ObjectNode>();
        for (var node : rule.list("conditions")) {
            var condition = Fields.of(node, faults);
            if (condition.filter(InterceptTool::isOnCounter).isPresent()) {
                bounds.add(condition.get());
            } else {
                condition.flatMap(conditions::read).ifPresent(carriedOver::add);
            }
        }
        return carriedOver;
    }

    private static boolean isOnCounter(Fields condition) {
        return condition.any("path").orElse(condition.self()) instanceof Node.Text path
                && path.value().startsWith("state.");
    }

    private Optional<String> timeout(Fields rule) {
        var text = rule.optionalText("approval_timeout");
        if (text.isPresent()) {
            var time = Durations.parse(text.get())
                    .filter(found -> found.compareTo(Bounds.LONGEST) <= 0 && !found.isZero());
            if (time.isEmpty() || !TIMEOUT.matcher(text.get()).matches()) {
                faults.wrongValue(
                        rule.any("approval_timeout").orElseThrow(), "use a duration such as 90s, 30m or 4h, to 8784h");
            }
        }
        return text;
    }

    /** Intercept refuses such a file, or reads over the key. */
    private void refuse(Fields rule, String beside, String... keys) {
        for (var key : keys) {
            rule.any(key)
                    .filter(node -> !isEmptyList(node))
                    .ifPresent(node -> faults.at(
                            node, "cannot stand beside " + beside + " in Intercept; make a rule of its own of it"));
        }
    }

    private static boolean isEmptyList(Node node) {
        return node instanceof Node.Arr list && list.elements().isEmpty();
    }

    private static boolean mixesTypes(JsonNode values) {
        return values.isArray()
                && values.values().stream()
                                .map(JsonNode::getNodeType)
                                .distinct()
                                .count()
                        > 1;
    }

    private static ObjectNode withText(ObjectNode entry, String key, Fields rule) {
        rule.optionalText("on_deny").ifPresent(text -> entry.put(key, text));
        return entry;
    }

    private void add(String list, ObjectNode entry, String name) {
        if (denied) {
            unreached.add(name);
            return;
        }
        var entries = carried.withArrayProperty(list);
        var at = pointer + "/" + list + "/" + entries.size();
        draft.comment(at, "Rule " + name);
        if (entry.findValues("value").stream().anyMatch(InterceptTool::mixesTypes)) {
            draft.comment(
                    at, "Intercept takes a text for the number, true or false it looks like; keep what you mean.");
        }
        entries.add(entry);
    }
}
