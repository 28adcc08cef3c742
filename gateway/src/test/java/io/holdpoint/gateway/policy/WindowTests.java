package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.gateway.document.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTests {

    @ParameterizedTest
    @CsvSource({
        "second, 2026-01-01T10:00:59.900Z, 2026-01-01T10:00:59Z, 2026-01-01T10:01:00Z",
        "minute, 2026-01-01T10:00:59.999Z, 2026-01-01T10:00:00Z, 2026-01-01T10:01:00Z",
        "minute, 2026-01-01T10:01:00Z,     2026-01-01T10:01:00Z, 2026-01-01T10:02:00Z",
        "hour,   2026-01-01T10:59:59Z,     2026-01-01T10:00:00Z, 2026-01-01T11:00:00Z",
        "day,    2026-03-29T23:59:59Z,     2026-03-29T00:00:00Z, 2026-03-30T00:00:00Z",
        "week,   2026-01-01T10:00:00Z,     2025-12-29T00:00:00Z, 2026-01-05T00:00:00Z",
        "week,   2026-01-05T00:00:00Z,     2026-01-05T00:00:00Z, 2026-01-12T00:00:00Z",
        "week,   2026-01-04T23:59:59Z,     2025-12-29T00:00:00Z, 2026-01-05T00:00:00Z",
        "month,  2028-02-29T12:00:00Z,     2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "month,  2026-12-31T23:59:59Z,     2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
    })
    void aCalendarWindowIsThatOfTheUtcCalendar(String unit, Instant at, Instant start, Instant end) {
        var window = CalendarWindow.BY_WORD.get(unit);
        assertThat(window.startOf(at)).isEqualTo(start);
        assertThat(window.endOf(at)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({
        "90s, 1970-01-01T00:01:29.999Z, 1970-01-01T00:00:00Z, 1970-01-01T00:01:30Z",
        "90s, 1970-01-01T00:01:30Z,     1970-01-01T00:01:30Z, 1970-01-01T00:03:00Z",
        "90s, 1969-12-31T23:59:59Z,     1969-12-31T23:58:30Z, 1970-01-01T00:00:00Z",
        "7d,  2026-01-01T10:00:00Z,     2026-01-01T00:00:00Z, 2026-01-08T00:00:00Z",
    })
    void aDurationWindowIsAlignedToTheEpoch(String label, Instant at, Instant start, Instant end) {
        var window = new DurationWindow(Durations.parse(label).orElseThrow(), label);
        assertThat(window.startOf(at)).isEqualTo(start);
        assertThat(window.endOf(at)).isEqualTo(end);
    }

    @Test
    void aWindowIsLabelledAsTheDocumentWritesIt() {
        assertThat(CalendarWindow.WEEK.label()).isEqualTo("week");
        assertThat(new DurationWindow(Duration.ofSeconds(90), "90s").label()).isEqualTo("90s");
    }

    @Test
    void howMuchMayBeUsedIsSaidPerUnitOrInALength() {
        assertThat(CalendarWindow.MINUTE.rate(new BigDecimal("1E+1"))).isEqualTo("10 per minute");
        assertThat(new DurationWindow(Duration.ofSeconds(90), "90s").rate(BigDecimal.TEN))
                .isEqualTo("10 in 90s");
    }

    @Test
    void aWindowOfNoLengthIsRefused() {
        assertThatThrownBy(() -> new DurationWindow(Duration.ZERO, "0s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
    }
}
