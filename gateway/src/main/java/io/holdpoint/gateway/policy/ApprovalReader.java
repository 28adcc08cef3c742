package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code require_approval}. */
final class ApprovalReader {

    private static final String KEY = "require_approval";
    private static final String CONDITIONS = "conditions";

    private final Faults faults;
    private final ConditionReader conditions;
    private final TermsReader terms;

    ApprovalReader(Faults faults, PolicyContext context, ConditionReader conditions) {
        this.faults = faults;
        this.conditions = conditions;
        this.terms = new TermsReader(faults, context);
    }

    /** {@code true}, one entry, or a list of entries; none where the key is left out. */
    List<HoldEntry> entries(Fields rule, Place place) {
        return rule.any(KEY).map(node -> entries(node, place.member(KEY))).orElse(List.of());
    }

    /** What {@code require_approval: true} and {@code action: require_approval} stand for. */
    HoldEntry always(Node node, Place place, Optional<Node> reason) {
        Map<String, Node> members = reason.map(text -> Map.of("reason", text)).orElse(Map.of());
        return entry(new Fields(new Node.Obj(node.where(), members), faults), place);
    }

    private List<HoldEntry> entries(Node node, Place place) {
        if (node instanceof Node.Bool always && always.value()) {
            return List.of(always(node, place, Optional.empty()));
        }
        if (node instanceof Node.Obj entry) {
            return List.of(entry(new Fields(entry, faults), place));
        }
        if (node instanceof Node.Arr list && !list.elements().isEmpty()) {
            return entries(list.elements(), place);
        }
        faults.at(node, "is " + found(node) + "; use true, an entry or a list of entries, or leave it out");
        return List.of();
    }

    private static String found(Node node) {
        if (node instanceof Node.Bool) {
            return "false";
        }
        return node instanceof Node.Arr ? "an empty list" : node.kind();
    }

    private List<HoldEntry> entries(List<Node> nodes, Place place) {
        var entries = new ArrayList<HoldEntry>();
        boolean unreached = false;
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            var at = place.element(i);
            if (unreached) {
                // The first that matches counts, so a general entry before a strict one would silently undo it.
                faults.at(node, "is never reached, because an entry before it always matches; put that one last");
            }
            Fields.of(node, faults).ifPresent(fields -> entries.add(entry(fields, at)));
            unreached |= matchesAlways(node);
        }
        return entries;
    }

    private static boolean matchesAlways(Node node) {
        return node instanceof Node.Obj entry
                && (!entry.members().containsKey(CONDITIONS)
                        || entry.members().get(CONDITIONS) instanceof Node.Arr list
                                && list.elements().isEmpty());
    }

    private HoldEntry entry(Fields fields, Place place) {
        var when = conditions.conditions(fields);
        var self = fields.self();
        var entry = new HoldEntry(place.rule(), self.line(), self.path(), when, terms.read(fields, when));
        fields.noOthers();
        return entry;
    }
}
