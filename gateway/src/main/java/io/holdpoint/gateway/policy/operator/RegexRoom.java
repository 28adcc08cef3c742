package io.holdpoint.gateway.policy.operator;

import com.google.re2j.Pattern;
import java.util.Optional;

/**
 * How large the regular expressions of a document may be together. Each is bounded for itself; without a bound for all,
 * a document of some hundred kilobytes would fill gigabytes. Not thread-safe.
 */
final class RegexRoom {

    /** Some 30 MB; ten thousand rules have room for 40 instructions each. */
    private static final int LARGEST = 500_000;

    private long left = LARGEST;

    /** Compiles an expression; empty where there is no room for it beside those before. */
    Optional<Pattern> compile(String expression) throws Regex.Unusable {
        var size = Regex.size(expression);
        if (size > left) {
            return Optional.empty();
        }
        var pattern = Regex.compile(expression);
        left -= Math.max(size, pattern.programSize());
        return Optional.of(pattern);
    }
}
