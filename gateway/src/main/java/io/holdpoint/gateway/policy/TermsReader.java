package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Nearest;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.document.Words;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.approval.ApprovalTerms;
import io.holdpoint.workflow.people.Assurance;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads how a {@code require_approval} entry wants its calls approved, and fills in what it leaves out. */
final class TermsReader {

    private static final Map<String, Assurance> ASSURANCES = Words.of(Assurance.values(), Assurance::label);

    /** The flow in which one person decides (spec 06). */
    private static final String WITHOUT_PARAMETERS = "single-approval";

    private final Faults faults;
    private final PolicyContext context;
    private final ApprovalDefaults defaults;

    TermsReader(Faults faults, PolicyContext context) {
        this.faults = faults;
        this.context = context;
        this.defaults = context.defaults();
    }

    /** The terms for each risk class: the least assurance depends on it where the entry names none. */
    Map<Risk, ApprovalTerms> read(Fields entry, List<Condition> conditions) {
        var draft = draft(entry);
        var assurance = entry.word("min_assurance", ASSURANCES);
        var sealed = new EnumMap<Assurance, ApprovalTerms>(Assurance.class);
        var terms = new EnumMap<Risk, ApprovalTerms>(Risk.class);
        for (var risk : Risk.values()) {
            var least = assurance.orElseGet(() -> least(risk));
            terms.put(risk, sealed.computeIfAbsent(least, level -> TermsHash.sealed(draft, level, conditions)));
        }
        return terms;
    }

    private Assurance least(Risk risk) {
        return Objects.requireNonNull(defaults.minAssurance().get(risk), "there is one for every class");
    }

    private ApprovalTerms draft(Fields entry) {
        var flow = flow(entry);
        return new ApprovalTerms(
                flow,
                with(entry, flow),
                approvers(entry),
                entry.duration("expires_after", Bounds.LONGEST).orElse(defaults.expiresAfter()),
                entry.duration("approved_for", Bounds.LONGEST).orElse(defaults.approvedFor()),
                entry.optionalText("reason"),
                entry.bool("reason_required", false),
                entry.bool("allow_owner", defaults.allowOwner()),
                entry.bool("allow_edit", true),
                Assurance.LINK,
                "");
    }

    private String flow(Fields entry) {
        var flow = entry.optionalText("flow");
        var unknown = context.flows().filter(known -> flow.isPresent() && !known.contains(flow.get()));
        unknown.ifPresent(known -> faults.wrongWord(entry.any("flow").orElseThrow(), new TreeSet<>(known)));
        return flow.orElse(defaults.flow());
    }

    private List<String> approvers(Fields entry) {
        var node = entry.any("approvers");
        if (node.isEmpty()) {
            return defaults.approvers();
        }
        var named = entry.texts("approvers");
        if (node.get() instanceof Node.Arr list) {
            list.elements().forEach(this::checkApprover);
            refuseNobody(list);
        }
        return named;
    }

    private void refuseNobody(Node.Arr list) {
        if (list.elements().isEmpty()) {
            faults.at(list, "is empty; name people or groups, or leave it out");
        }
    }

    private void checkApprover(Node node) {
        if (node instanceof Node.Text name && !name.value().isBlank()) {
            context.approverNames()
                    .filter(names -> !names.contains(name.value()))
                    .ifPresent(names -> faults.wrongValue(
                            node, "no person and no group has that name" + advice(name.value(), names)));
        }
    }

    private static String advice(String name, Set<String> names) {
        return names.isEmpty() ? "; use one of the configuration" : Nearest.advice(name, names);
    }

    private Map<String, Object> with(Fields entry, String flow) {
        var with = new HashMap<String, Object>();
        entry.object("with").ifPresent(parameters -> {
            if (flow.equals(WITHOUT_PARAMETERS)) {
                refuseAll(parameters.self(), flow);
                return;
            }
            parameters
                    .integer(ApprovalTerms.APPROVALS, 1, ApprovalTerms.MOST_APPROVALS)
                    .ifPresent(people -> with.put(ApprovalTerms.APPROVALS, (long) people));
            parameters.self().members().forEach((name, node) -> other(name, node, with));
        });
        return with;
    }

    /** A number of people that the flow never asks for would end every call as rejected. */
    private void refuseAll(Node.Obj parameters, String flow) {
        parameters
                .members()
                .values()
                .forEach(node -> faults.at(
                        node, "is a parameter that " + flow + " does not have: one person decides; remove it"));
    }

    /** A parameter only the flow knows the meaning of. */
    private void other(String name, Node node, Map<String, Object> with) {
        if (name.equals(ApprovalTerms.APPROVALS)) {
            return;
        }
        parameter(node)
                .ifPresentOrElse(
                        value -> with.put(name, value),
                        () -> faults.at(
                                node, "is " + node.kind() + "; use a text, a number, true, false or a list of them"));
    }

    private static Optional<Object> parameter(Node node) {
        if (!(node instanceof Node.Arr list)) {
            return scalar(node);
        }
        var values = list.elements().stream().map(TermsReader::scalar).toList();
        return values.contains(Optional.<Object>empty())
                ? Optional.empty()
                : Optional.of(values.stream().map(Optional::orElseThrow).toList());
    }

    private static Optional<Object> scalar(Node node) {
        if (node instanceof Node.Text text) {
            return Optional.of(text.value());
        }
        if (node instanceof Node.Num number) {
            return Optional.of(number(number.value()));
        }
        return node instanceof Node.Bool flag ? Optional.of(flag.value()) : Optional.empty();
    }

    /** Whole numbers as flows count with them; others stay exact. */
    private static Object number(BigDecimal value) {
        boolean isLong = value.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                && (value.signum() == 0 || value.stripTrailingZeros().scale() <= 0);
        return isLong ? (Object) value.longValueExact() : value;
    }
}
