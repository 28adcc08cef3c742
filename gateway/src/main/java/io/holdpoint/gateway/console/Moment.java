package io.holdpoint.gateway.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A time as a page shows it.
 *
 * @param exact RFC 3339
 * @param shown date and time, UTC
 * @param near how far from now, such as {@code 4 min ago} or {@code in 12 min}
 */
record Moment(String exact, String shown, String near) {

    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static Moment of(Instant time, Instant now) {
        var whole = time.truncatedTo(ChronoUnit.SECONDS);
        return new Moment(time.toString(), SHOWN.format(whole), near(Duration.between(now, time)));
    }

    private static String near(Duration ahead) {
        var amount = amount(ahead.abs());
        return ahead.isNegative() ? amount + " ago" : ahead.isZero() ? "now" : "in " + amount;
    }

    private static String amount(Duration time) {
        if (time.toMinutes() < 1) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() < 1) {
            return time.toMinutes() + " min";
        }
        if (time.toDays() < 1) {
            var minutes = time.toMinutesPart() == 0 ? "" : " " + time.toMinutesPart() + " min";
            return time.toHours() + " h" + minutes;
        }
        return time.toDays() + (time.toDays() == 1 ? " day" : " days");
    }
}
