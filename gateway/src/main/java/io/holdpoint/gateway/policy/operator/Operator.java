package io.holdpoint.gateway.policy.operator;

import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.document.Words;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a condition can ask of an argument (spec 03, Grammar). */
public enum Operator {
    EQ("be", "is", (operands, value) -> operands.value(value).map(Check::equal)),
    NEQ(
            "not be",
            "is not",
            (operands, value) ->
                    operands.value(value).map(operand -> Check.equal(operand).negated())),
    IN("be one of", "is one of", (operands, value) -> operands.values(value).map(Check::oneOf)),
    NOT_IN(
            "be none of",
            "is none of",
            (operands, value) ->
                    operands.values(value).map(list -> Check.oneOf(list).negated())),
    LT(
            "be less than",
            "is less than",
            (operands, value) -> operands.number(value).map(operand -> Check.number(operand, order -> order < 0))),
    LTE(
            "be at most",
            "is at most",
            (operands, value) -> operands.number(value).map(operand -> Check.number(operand, order -> order <= 0))),
    GT(
            "be more than",
            "is more than",
            (operands, value) -> operands.number(value).map(operand -> Check.number(operand, order -> order > 0))),
    GTE(
            "be at least",
            "is at least",
            (operands, value) -> operands.number(value).map(operand -> Check.number(operand, order -> order >= 0))),
    REGEX("match", "matches", (operands, value) -> operands.regex(value).map(Check::regex)),
    CONTAINS("contain", "contains", (operands, value) -> operands.part(value).map(Check::contains)),
    EXISTS("exist:", "exists:", (operands, value) -> operands.flag(value).map(Check::exists)),
    PATH_WITHIN(
            "lie within",
            "lies within",
            (operands, value) -> operands.folder(value).map(Check::pathWithin));

    /** All of them by the word policies use, in the order messages list them. */
    public static final Map<String, Operator> BY_WORD = Words.of(values(), Operator::word);

    private final String must;
    private final String does;
    private final Compiler compiler;

    private interface Compiler {
        Optional<Check> compile(OperandReader operands, Node value);
    }

    Operator(String must, String does, Compiler compiler) {
        this.must = must;
        this.does = does;
        this.compiler = compiler;
    }

    /** Makes a check of a condition's {@code value}; empty where it is of no use, which is noted as a fault. */
    public Optional<Check> compile(Node value, OperandReader operands) {
        return compiler.compile(operands, value);
    }

    /** As policies write it: {@code path_within}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For messages, after {@code must}: {@code be at most}. */
    public String must() {
        return must;
    }

    /** For messages, after the argument: {@code is at most}. */
    public String does() {
        return does;
    }
}
