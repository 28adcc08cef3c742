package io.holdpoint.gateway.command;

import io.holdpoint.gateway.document.Durations;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Moments as options name them: how long ago, a day in UTC, or a moment with its offset. */
final class TimeOption {

    private TimeOption() {}

    /**
     * Reads one.
     *
     * @param option its name, for messages
     * @throws CannotRun if it is none
     */
    static Instant moment(String option, String text, Clock clock) {
        var ago = Durations.parse(text);
        try {
            if (ago.isPresent()) {
                return clock.instant().minus(ago.get());
            }
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw CannotRun.wrongUse(
                    "%s is \"%s\"; use 30d, 2026-11-20 or 2026-11-20T09:30:00Z".formatted(option, text));
        }
    }
}
