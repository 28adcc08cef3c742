package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.policy.argument.ArgumentPath;
import io.holdpoint.gateway.policy.argument.Values;
import io.holdpoint.gateway.policy.operator.OperandReader;
import io.holdpoint.gateway.policy.operator.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads conditions, and the entries of {@code require} and {@code deny_if} made of them. One for each document. */
final class ConditionReader {

    private static final String ON_DENY = "on_deny";
    private static final String CONDITIONS = "conditions";

    private final Faults faults;
    private final OperandReader operands;

    ConditionReader(Faults faults) {
        this.faults = faults;
        this.operands = new OperandReader(faults);
    }

    List<Guard> requires(Fields rule, Place place) {
        return guards(rule, place, "require", this::requirement);
    }

    List<Guard> denials(Fields rule, Place place) {
        return guards(rule, place, "deny_if", this::denial);
    }

    /** The {@code conditions} of an entry; none where they are left out. */
    List<Condition> conditions(Fields entry) {
        var conditions = new ArrayList<Condition>();
        for (var node : entry.list(CONDITIONS)) {
            Fields.of(node, faults).flatMap(this::condition).ifPresent(conditions::add);
        }
        return conditions;
    }

    /** A path to an argument. */
    Optional<ArgumentPath> path(Node node) {
        var path = node instanceof Node.Text text ? ArgumentPath.parse(text.value()) : Optional.<ArgumentPath>empty();
        if (node instanceof Node.Text text && ArgumentPath.isTooLong(text.value())) {
            faults.wrongValue(node, "it is longer than " + ArgumentPath.LONGEST + " characters, name a shorter path");
        } else if (path.isEmpty()) {
            faults.wrongValue(node, ArgumentPath.ADVICE);
        }
        return path;
    }

    private interface EntryReader {
        Optional<Guard> read(Fields entry, RuleId rule);
    }

    private List<Guard> guards(Fields rule, Place place, String key, EntryReader reader) {
        var guards = new ArrayList<Guard>();
        var entries = rule.list(key);
        for (int i = 0; i < entries.size(); i++) {
            var id = place.member(key).element(i).rule();
            Fields.of(entries.get(i), faults)
                    .flatMap(entry -> reader.read(entry, id))
                    .ifPresent(guards::add);
        }
        return guards;
    }

    private Optional<Guard> requirement(Fields entry, RuleId rule) {
        if (entry.has(CONDITIONS)) {
            return requirementOfConditions(entry, rule);
        }
        var onDeny = entry.optionalText(ON_DENY);
        return condition(entry).map(condition -> new Guard(rule, entry.self().line(), List.of(condition), onDeny));
    }

    private Optional<Guard> requirementOfConditions(Fields entry, RuleId rule) {
        if (entry.any(CONDITIONS).orElseThrow() instanceof Node.Arr list
                && list.elements().isEmpty()) {
            faults.at(list, "is empty and would require nothing; name a condition or remove the entry");
        }
        return guard(entry, rule);
    }

    private Optional<Guard> denial(Fields entry, RuleId rule) {
        if (!entry.has(CONDITIONS)) {
            faults.at(entry.self(), "lacks conditions; add them, [] denies always");
        }
        return guard(entry, rule);
    }

    private Optional<Guard> guard(Fields entry, RuleId rule) {
        var guard = new Guard(rule, entry.self().line(), conditions(entry), entry.optionalText(ON_DENY));
        entry.noOthers();
        return Optional.of(guard);
    }

    private Optional<Condition> condition(Fields fields) {
        fields.require("path", "op", "value");
        var path = fields.any("path").flatMap(this::path);
        var operator = fields.word("op", Operator.BY_WORD);
        var value = fields.any("value");
        var check = operator.flatMap(op -> value.flatMap(node -> op.compile(node, operands)));
        fields.noOthers();
        return path.isEmpty() || check.isEmpty()
                ? Optional.empty()
                : Optional.of(new Condition(
                        fields.self().line(),
                        path.get(),
                        operator.orElseThrow(),
                        Values.of(value.orElseThrow()),
                        check.get()));
    }
}
