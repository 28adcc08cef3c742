package io.holdpoint.gateway.policy;

import io.holdpoint.workflow.Risk;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a policy says of one call, and why (spec 03, Tools for people who write policies). Immutable.
 *
 * @param judgement as {@link Policy#judge} gives it: limits are listed as charges, not counted
 * @param risk the tool's risk class
 * @param riskRule the rule whose {@code risk} that is; empty where it is the call's
 * @param steps in the order of spec 03, Order; the last one is the outcome
 */
public record Explanation(Decision.Judgement judgement, Risk risk, Optional<RuleId> riskRule, List<Step> steps) {

    public Explanation {
        Objects.requireNonNull(judgement);
        Objects.requireNonNull(risk);
        Objects.requireNonNull(riskRule);
        steps = List.copyOf(steps);
    }

    /** What a step is about. */
    public enum Kind {
        HIDE,
        RULE,
        REQUIRE,
        DENY_IF,
        /** An equal call that waits already is waited for together. */
        ATTACHING,
        LIMITS,
        REQUIRE_APPROVAL,
        OUTCOME;

        /** The word policies use where they have one. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What came of a question. */
    public enum Verdict {
        HOLDS,
        DOES_NOT_HOLD,
        /** The argument is absent, of a type the operator cannot judge, or too long: the safe side is taken. */
        CANNOT_BE_JUDGED,
        /** It depends on other calls, which are not looked at. */
        NOT_KNOWN,
        /** A step before decided. */
        NOT_REACHED;

        /** In words: {@code does not hold}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * One step.
     *
     * @param rule what it is about, as a JSON pointer into the document
     * @param line where that stands, counted from 1
     * @param about what it says in words; free text of the document may be in it
     * @param asked its conditions; none where it always holds, or asks nothing of the arguments
     * @param decides whether the decision was made here
     */
    public record Step(
            Kind kind, RuleId rule, int line, String about, List<Asked> asked, Verdict verdict, boolean decides) {

        public Step {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(rule);
            Objects.requireNonNull(about);
            asked = List.copyOf(asked);
            Objects.requireNonNull(verdict);
        }
    }

    /**
     * One condition, or the amount of a limit.
     *
     * @param line where it stands, counted from 1
     * @param path as the policy writes it
     * @param operator such as {@code gte}; {@code amount} for a limit's
     * @param value what it is compared with, as JSON, cut where it is long, masked where the argument is; empty for an
     *     amount
     * @param found the argument; empty where the step was not reached
     */
    public record Asked(int line, String path, String operator, String value, Optional<Found> found, Verdict verdict) {

        public Asked {
            Objects.requireNonNull(path);
            Objects.requireNonNull(operator);
            Objects.requireNonNull(value);
            Objects.requireNonNull(found);
            Objects.requireNonNull(verdict);
        }
    }

    /**
     * An argument as people may see it.
     *
     * @param kind {@code absent}, {@code a text}, {@code a number}, {@code a list}, {@code an object},
     *     {@code true or false}
     * @param value as JSON, masked and cut; empty where it is absent
     * @param masked whether it is masked as a whole
     */
    public record Found(String kind, String value, boolean masked) {

        static final Found ABSENT = new Found("absent", "", false);

        public Found {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(value);
        }
    }
}
