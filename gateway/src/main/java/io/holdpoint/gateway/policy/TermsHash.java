package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.argument.JsonText;
import io.holdpoint.workflow.Sha256;
import io.holdpoint.workflow.approval.ApprovalTerms;
import io.holdpoint.workflow.people.Assurance;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The hash an approval is bound to: over what an entry means, defaults included, and not over how it is written. An
 * approval is void when it changes, so a term left out here could be changed under a pending approval.
 */
final class TermsHash {

    private TermsHash() {}

    /** The terms with their least assurance and their hash. */
    static ApprovalTerms sealed(ApprovalTerms draft, Assurance assurance, List<Condition> conditions) {
        return withAssurance(draft, assurance, Sha256.hex(canonical(draft, assurance, conditions)));
    }

    private static ApprovalTerms withAssurance(ApprovalTerms draft, Assurance assurance, String hash) {
        return new ApprovalTerms(
                draft.flow(),
                draft.with(),
                draft.approvers(),
                draft.expiresAfter(),
                draft.approvedFor(),
                draft.reason(),
                draft.reasonRequired(),
                draft.allowOwner(),
                draft.allowEdit(),
                assurance,
                hash);
    }

    private static String canonical(ApprovalTerms terms, Assurance assurance, List<Condition> conditions) {
        return String.join(
                "\n",
                "conditions " + conditions.stream().map(Condition::canonical).toList(),
                "flow " + quoted(terms.flow()),
                "with " + parameter(terms.with()),
                "approvers " + parameter(terms.approvers()),
                "expires_after " + terms.expiresAfter(),
                "approved_for " + terms.approvedFor(),
                "reason " + parameter(terms.reason().stream().toList()),
                "reason_required " + terms.reasonRequired(),
                "allow_owner " + terms.allowOwner(),
                "allow_edit " + terms.allowEdit(),
                "min_assurance " + assurance.label());
    }

    private static String parameter(Object value) {
        if (value instanceof Map<?, ?> map) {
            var sorted = new TreeMap<String, String>();
            map.forEach((name, member) -> sorted.put(quoted(name.toString()), parameter(member)));
            return sorted.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TermsHash::parameter).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros().toString();
        }
        return value instanceof String text ? quoted(text) : value.toString();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder();
        JsonText.canonicalQuote(quoted, text);
        return quoted.toString();
    }
}
