package io.holdpoint.gateway.document;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90s}, {@code 15m}, {@code 1h30m}, {@code 1d}, {@code 250ms}, or ISO-8601. */
public final class Durations {

    /** How messages say what is allowed. */
    public static final String EXAMPLES = "a duration such as 90s, 15m, 4h or 1d";

    private static final Pattern SHORT = Pattern.compile(
            "(?:([0-9]{1,9})d)?(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");
    private static final Duration[] UNITS = {
        Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMillis(1)
    };

    private Durations() {}

    /** Reads a duration; nothing if the text is none. Never negative. */
    public static Optional<Duration> parse(String text) {
        return text.startsWith("P") ? iso(text) : brief(text);
    }

    /** Writes one the short way: {@code 1h30m}; fractions of a millisecond are left out. */
    public static String brief(Duration duration) {
        var shown = new StringBuilder();
        append(shown, duration.toDaysPart(), "d");
        append(shown, duration.toHoursPart(), "h");
        append(shown, duration.toMinutesPart(), "m");
        append(shown, duration.toSecondsPart(), "s");
        append(shown, duration.toMillisPart(), "ms");
        return shown.isEmpty() ? "0s" : shown.toString();
    }

    private static void append(StringBuilder shown, long amount, String unit) {
        if (amount != 0) {
            shown.append(String.format(Locale.ROOT, "%d%s", amount, unit));
        }
    }

    private static Optional<Duration> brief(String text) {
        var matcher = SHORT.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        var sum = Duration.ZERO;
        for (int i = 0; i < UNITS.length; i++) {
            var amount = matcher.group(i + 1);
            sum = amount == null ? sum : sum.plus(UNITS[i].multipliedBy(Long.parseLong(amount)));
        }
        return Optional.of(sum);
    }

    private static Optional<Duration> iso(String text) {
        try {
            return Optional.of(Duration.parse(text)).filter(d -> !d.isNegative());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
