package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.argument.Steps;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.approval.ApprovalTerms;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An entry of {@code require_approval}.
 *
 * @param path where it stands, as faults write it
 * @param terms by the tool's risk class, which sets the least assurance where the entry does not
 */
record HoldEntry(RuleId rule, int line, String path, List<Condition> conditions, Map<Risk, ApprovalTerms> terms) {

    HoldEntry {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(path);
        conditions = List.copyOf(conditions);
        terms = Map.copyOf(terms);
    }

    ApprovalTerms terms(Risk risk) {
        return Objects.requireNonNull(terms.get(risk), "terms are made for every class");
    }

    /** What cannot be judged is put before a person. */
    boolean matches(Call call, Steps steps) {
        return Condition.allHold(conditions, call.arguments(), steps, true);
    }
}
