package io.holdpoint.gateway.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Windows of one length, one after another since 1970-01-01T00:00:00Z. */
record DurationWindow(Duration length, String label) implements Window {

    DurationWindow {
        Objects.requireNonNull(label);
        if (length.toMillis() < 1) {
            throw new IllegalArgumentException("a window lasts a millisecond at least, not " + length);
        }
    }

    @Override
    public Instant startOf(Instant at) {
        long millis = length.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), millis) * millis);
    }

    @Override
    public Instant endOf(Instant at) {
        return startOf(at).plus(length);
    }

    @Override
    public String rate(BigDecimal max) {
        return max.toPlainString() + " in " + label;
    }
}
