package io.holdpoint.gateway.policy;

import io.holdpoint.workflow.Risk;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What an agent under a policy may do with a tool, as far as that can be said without arguments (spec 03, Catalogue).
 *
 * @param rule what says so; of several the one that matters most to a person: what denies, then what asks, checks and counts
 * @param line where that stands in the document, from 1; empty where nothing in it says so
 * @param risk the tool's class as the policy sees it
 */
public record ToolStanding(Kind kind, RuleId rule, OptionalInt line, Risk risk) {

    /** What becomes of calls. */
    public enum Kind {
        /** Left out of the list and denied. */
        HIDDEN("hidden"),
        /** Always denied. */
        DENIED("denied"),
        /** Always allowed. */
        ALLOWED("allowed"),
        /** Allowed so many times. */
        LIMITED("limited"),
        /** Allowed or denied by its arguments. */
        CHECKED("checked"),
        /** Put before people for some arguments. */
        CONDITIONAL_APPROVAL("conditional-approval"),
        /** Whatever is not denied is put before people. */
        APPROVAL("approval");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in the API. */
        public String word() {
            return word;
        }
    }

    public ToolStanding {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(line);
        Objects.requireNonNull(risk);
    }

    /** What a grant without a policy may do: nothing. */
    public static ToolStanding withoutPolicy(Risk catalogued) {
        return new ToolStanding(Kind.DENIED, RuleId.NO_POLICY, OptionalInt.empty(), catalogued);
    }
}
