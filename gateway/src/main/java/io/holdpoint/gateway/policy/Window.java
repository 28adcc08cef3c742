package io.holdpoint.gateway.policy;

import java.math.BigDecimal;
import java.time.Instant;

/** A stretch of time a limit counts in: a UTC calendar unit, or a duration aligned to the epoch (spec 03, limits). */
public interface Window {

    /** The first moment of the window that holds {@code at}. */
    Instant startOf(Instant at);

    /** The first moment after it. */
    Instant endOf(Instant at);

    /** As the document writes it: {@code minute}, {@code 90s}. */
    String label();

    /** For messages, how much may be used: {@code 10 per minute}, {@code 10 in 90s}. */
    default String rate(BigDecimal max) {
        return max.toPlainString() + " per " + label();
    }
}
