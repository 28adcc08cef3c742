package io.holdpoint.gateway.policy.operator;

import com.google.re2j.Pattern;
import io.holdpoint.gateway.policy.argument.Steps;
import io.holdpoint.gateway.policy.argument.Values;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import tools.jackson.databind.JsonNode;

/**
 * What a condition asks, ready to be asked.
 *
 * @param absent the answer for an argument that is not there
 * @param present the answer for one that is
 */
public record Check(Truth absent, Present present) {

    /** Comparing an element, or normalising a character of a path, takes as long as some steps of an expression. */
    private static final int STEPS_PER_ELEMENT = 4;

    /** Judges an argument that is there; a function of the two, but for the steps it takes. */
    public interface Present {
        Truth of(JsonNode value, Steps steps);
    }

    /**
     * Asks it of an argument.
     *
     * @param argument empty where it is absent
     * @param steps what it costs is taken from them; what they do not suffice for is unclear
     */
    public Truth of(Optional<JsonNode> argument, Steps steps) {
        return argument.map(value -> present.of(value, steps)).orElse(absent);
    }

    /** An absent argument is unequal to everything. */
    static Check equal(JsonNode operand) {
        return new Check(Truth.NO, (value, steps) -> Truth.of(Values.equal(value, operand)));
    }

    static Check oneOf(JsonNode operands) {
        return new Check(Truth.NO, (value, steps) -> Truth.of(isAmong(value, operands)));
    }

    /**
     * The opposite, for arguments that are there. For an absent one it is unclear: {@code deny_if} takes it as unequal,
     * {@code require} as not given (spec 03, require and deny_if).
     */
    Check negated() {
        return new Check(
                Truth.UNCLEAR, (value, steps) -> present.of(value, steps).negated());
    }

    static Check exists(boolean wanted) {
        return new Check(Truth.of(!wanted), (value, steps) -> Truth.of(wanted));
    }

    /** Compares as exact decimals; exponents of any size cost nothing, as BigDecimal compares magnitudes first. */
    static Check number(BigDecimal operand, IntPredicate comparison) {
        return judged((value, steps) -> Values.number(value)
                .map(number -> Truth.of(comparison.test(number.compareTo(operand))))
                .orElse(Truth.UNCLEAR));
    }

    /**
     * RE2 takes time by text length times program size, which an agent's megabyte and a large expression make seconds of
     * an event loop's time. What would take too long cannot be judged.
     */
    static Check regex(Pattern pattern) {
        long size = Math.max(1, pattern.programSize());
        return ofText((text, steps) -> steps.take(text.length() * size)
                ? Truth.of(pattern.matcher(text).find())
                : Truth.UNCLEAR);
    }

    static Check contains(JsonNode operand) {
        var needle = Optional.of(operand).filter(JsonNode::isString).map(text -> new Needle(text.stringValue()));
        return judged((value, steps) -> {
            if (value.isArray()) {
                boolean enough = steps.take((long) value.size() * STEPS_PER_ELEMENT);
                return enough ? Truth.of(isAmong(operand, value)) : Truth.UNCLEAR;
            }
            boolean judged = value.isString()
                    && needle.isPresent()
                    && steps.take(value.stringValue().length());
            return judged ? Truth.of(needle.orElseThrow().isIn(value.stringValue())) : Truth.UNCLEAR;
        });
    }

    /** A path that climbs above its root lies in no folder we could name, so it is unclear, which never helps it. */
    static Check pathWithin(FolderPath base) {
        return ofText((text, steps) -> Optional.of(text)
                .filter(path -> steps.take((long) STEPS_PER_ELEMENT * path.length()))
                .flatMap(FolderPath::of)
                .map(path -> Truth.of(base.contains(path)))
                .orElse(Truth.UNCLEAR));
    }

    private static Check ofText(BiFunction<String, Steps, Truth> check) {
        return judged((value, steps) -> value.isString() ? check.apply(value.stringValue(), steps) : Truth.UNCLEAR);
    }

    private static Check judged(Present check) {
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
