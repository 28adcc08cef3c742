package io.holdpoint.gateway.policy;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.function.Function;
import java.util.function.IntPredicate;
import tools.jackson.databind.JsonNode;

/**
 * What a condition asks, ready to be asked.
 *
 * @param absent the answer for an argument that is not there
 * @param present the answer for one that is
 */
record Check(Truth absent, Function<JsonNode, Truth> present) {

    /** About a third of a second at worst; a usual expression of 20 instructions still judges a whole megabyte. */
    private static final int MOST_STEPS = 20_000_000;

    /** An absent argument is unequal to everything. */
    static Check equal(JsonNode operand) {
        return new Check(Truth.NO, value -> Truth.of(Values.equal(value, operand)));
    }

    static Check oneOf(JsonNode operands) {
        return new Check(Truth.NO, value -> Truth.of(isAmong(value, operands)));
    }

    /**
     * The opposite, for arguments that are there. For an absent one it is unclear: {@code deny_if} takes it as unequal,
     * {@code require} as not given (spec 03, require and deny_if).
     */
    Check negated() {
        return new Check(Truth.UNCLEAR, value -> Truth.of(present.apply(value) == Truth.NO));
    }

    static Check exists(boolean wanted) {
        return new Check(Truth.of(!wanted), value -> Truth.of(wanted));
    }

    /** Compares as exact decimals; exponents of any size cost nothing, as BigDecimal compares magnitudes first. */
    static Check number(BigDecimal operand, IntPredicate comparison) {
        return judged(value -> Values.number(value)
                .map(number -> Truth.of(comparison.test(number.compareTo(operand))))
                .orElse(Truth.UNCLEAR));
    }

    /**
     * RE2 takes time by text length times program size, which an agent's megabyte and a large expression make seconds of
     * an event loop's time. What would take too long cannot be judged.
     */
    static Check regex(Pattern pattern) {
        var longest = MOST_STEPS / Math.max(1, pattern.programSize());
        return ofText(text -> text.length() > longest
                ? Truth.UNCLEAR
                : Truth.of(pattern.matcher(text).find()));
    }

    static Check contains(JsonNode operand) {
        return judged(value -> {
            if (value.isArray()) {
                return Truth.of(isAmong(operand, value));
            }
            boolean texts = value.isString() && operand.isString();
            return texts ? Truth.of(value.stringValue().contains(operand.stringValue())) : Truth.UNCLEAR;
        });
    }

    /** A path that climbs above its root lies in no folder we could name, so it is unclear, which never helps it. */
    static Check pathWithin(FolderPath base) {
        return ofText(text ->
                FolderPath.of(text).map(path -> Truth.of(base.contains(path))).orElse(Truth.UNCLEAR));
    }

    private static Check ofText(Function<String, Truth> check) {
        return judged(value -> value.isString() ? check.apply(value.stringValue()) : Truth.UNCLEAR);
    }

    private static Check judged(Function<JsonNode, Truth> check) {
        return new Check(Truth.UNCLEAR, check);
    }

    private static boolean isAmong(JsonNode wanted, JsonNode list) {
        for (var element : list.values()) {
            if (Values.equal(wanted, element)) {
                return true;
            }
        }
        return false;
    }
}
