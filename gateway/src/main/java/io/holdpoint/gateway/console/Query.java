package io.holdpoint.gateway.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The query of an address, read strictly: a filter that is misspelt and ignored would show what nobody asked for.
 * An empty value is no filter, as a form sends its empty fields.
 */
final class Query {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 500;

    private final Map<String, String[]> values;

    private Query(Map<String, String[]> values) {
        this.values = values;
    }

    static Query of(HttpServletRequest request, String... names) {
        var known = List.of(names);
        var values = request.getParameterMap();
        values.forEach((name, given) -> {
            if (!known.contains(name)) {
                throw Refused.badParameter(
                        "The query has the parameter \"%s\"; known are %s.".formatted(name, String.join(", ", known)));
            }
            if (given.length > 1) {
                throw Refused.badParameter("The query has %s %d times; give it once.".formatted(name, given.length));
            }
        });
        return new Query(values);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(given -> given[0]).filter(value -> !value.isEmpty());
    }

    boolean truth(String name) {
        return choice(name, "true", "false").filter("true"::equals).isPresent();
    }

    Optional<String> choice(String name, String... choices) {
        var given = text(name);
        if (given.isPresent() && !Arrays.asList(choices).contains(given.get())) {
            throw Refused.badParameter(
                    "%s is \"%s\"; use one of %s.".formatted(name, given.get(), String.join(", ", choices)));
        }
        return given;
    }

    int limit() {
        var given = text("limit");
        try {
            var limit = given.map(Integer::parseInt).orElse(DEFAULT_LIMIT);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Told below, with the numbers that are out of range.
        }
        throw Refused.badParameter("limit is \"%s\"; use 1 to %d.".formatted(given.orElse(""), MOST));
    }

    Optional<Instant> time(String name) {
        return text(name).map(given -> instant(name, given));
    }

    private static Instant instant(String name, String given) {
        try {
            return OffsetDateTime.parse(withOffset(given)).toInstant();
        } catch (DateTimeException e) {
            throw Refused.badParameter("%s is \"%s\"; use a time such as 2026-11-20T09:30:00Z.".formatted(name, given));
        }
    }

    /** What a browser's date field sends, {@code 2026-11-20T09:30}, is UTC here. */
    private static String withOffset(String given) {
        return given.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?") ? given + "Z" : given;
    }
}
