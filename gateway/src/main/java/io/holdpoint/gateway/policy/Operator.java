package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Node;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a condition can ask of an argument (spec 03, Grammar). */
enum Operator {
    EQ("be", "is", (value, faults) -> Operand.value(value, faults).map(Check::equal)),
    NEQ(
            "not be",
            "is not",
            (value, faults) -> Operand.value(value, faults)
                    .map(operand -> Check.equal(operand).negated())),
    IN(
            "be one of",
            "is one of",
            (value, faults) -> Operand.values(value, faults).map(Check::oneOf)),
    NOT_IN(
            "be none of",
            "is none of",
            (value, faults) -> Operand.values(value, faults)
                    .map(operands -> Check.oneOf(operands).negated())),
    LT(
            "be less than",
            "is less than",
            (value, faults) -> Operand.number(value, faults).map(operand -> Check.number(operand, order -> order < 0))),
    LTE(
            "be at most",
            "is at most",
            (value, faults) ->
                    Operand.number(value, faults).map(operand -> Check.number(operand, order -> order <= 0))),
    GT(
            "be more than",
            "is more than",
            (value, faults) -> Operand.number(value, faults).map(operand -> Check.number(operand, order -> order > 0))),
    GTE(
            "be at least",
            "is at least",
            (value, faults) ->
                    Operand.number(value, faults).map(operand -> Check.number(operand, order -> order >= 0))),
    REGEX("match", "matches", (value, faults) -> Operand.regex(value, faults).map(Check::regex)),
    CONTAINS(
            "contain",
            "contains",
            (value, faults) -> Operand.part(value, faults).map(Check::contains)),
    EXISTS("exist:", "exists:", (value, faults) -> Operand.flag(value, faults).map(Check::exists)),
    PATH_WITHIN(
            "lie within",
            "lies within",
            (value, faults) -> Operand.folder(value, faults).map(Check::pathWithin));

    /** All of them by the word policies use, in the order messages list them. */
    static final Map<String, Operator> BY_WORD = byWord();

    private final String must;
    private final String does;
    private final Compiler compiler;

    private interface Compiler {
        Optional<Check> compile(Node value, Faults faults);
    }

    Operator(String must, String does, Compiler compiler) {
        this.must = must;
        this.does = does;
        this.compiler = compiler;
    }

    /** Makes a check of a condition's {@code value}, or notes what is wrong with it. */
    Optional<Check> compile(Node value, Faults faults) {
        return compiler.compile(value, faults);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For messages, after {@code must}: {@code be at most}. */
    String must() {
        return must;
    }

    /** For messages, after the argument: {@code is at most}. */
    String does() {
        return does;
    }

    private static Map<String, Operator> byWord() {
        var words = new LinkedHashMap<String, Operator>();
        Arrays.stream(values()).forEach(operator -> words.put(operator.word(), operator));
        return Collections.unmodifiableMap(words);
    }
}
