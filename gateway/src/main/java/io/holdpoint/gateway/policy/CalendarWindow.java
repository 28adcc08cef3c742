package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.document.Words;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;

/** A unit of the UTC calendar; weeks are ISO weeks and begin on Monday. */
enum CalendarWindow implements Window {
    SECOND(ChronoUnit.SECONDS),
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS),
    WEEK(ChronoUnit.WEEKS),
    MONTH(ChronoUnit.MONTHS);

    /** All of them by the word policies use. */
    static final Map<String, CalendarWindow> BY_WORD = Words.of(values(), CalendarWindow::label);

    private final ChronoUnit unit;

    CalendarWindow(ChronoUnit unit) {
        this.unit = unit;
    }

    @Override
    public Instant startOf(Instant at) {
        return start(at.atZone(ZoneOffset.UTC)).toInstant();
    }

    @Override
    public Instant endOf(Instant at) {
        return start(at.atZone(ZoneOffset.UTC)).plus(1, unit).toInstant();
    }

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private ZonedDateTime start(ZonedDateTime at) {
        return switch (this) {
            case MONTH -> at.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            case WEEK -> at.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            default -> at.truncatedTo(unit);
        };
    }
}
