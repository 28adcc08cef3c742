package io.holdpoint.gateway.document;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as documents write them, exact, but none that would take long to calculate with. */
final class Numbers {

    private static final int LONGEST = 1000;
    private static final int LARGEST_EXPONENT = 1000;

    static final String OUT_OF_RANGE =
            "is a number with more than 1000 digits or an exponent beyond 1000; use a smaller one";

    private Numbers() {}

    /** The number's exact value, or nothing if it is out of range. */
    static Optional<BigDecimal> exact(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text)).filter(n -> Math.abs((long) n.scale()) <= LARGEST_EXPONENT);
        } catch (NumberFormatException e) {
            // The text has the shape of a number, so only its exponent can be too large for BigDecimal.
            return Optional.empty();
        }
    }
}
