package io.holdpoint.workflow.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries to read; an empty filter lets everything through.
 *
 * @param subject the approval or call id
 * @param type an entry's type, such as {@code call.held}
 * @param actor the grant, person or flow that did it
 * @param since entries of this moment and later
 * @param until entries before this moment
 * @param limit at most this many, 1 to 500
 * @param cursor where the page before ended, as its {@link AuditPage#nextCursor()}
 */
public record AuditQuery(
        Optional<String> subject,
        Optional<String> type,
        Optional<String> server,
        Optional<String> tool,
        Optional<String> grant,
        Optional<String> actor,
        Optional<String> outcome,
        Optional<Instant> since,
        Optional<Instant> until,
        int limit,
        Optional<String> cursor) {

    /** The largest page. */
    public static final int MAX_LIMIT = 500;

    public AuditQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is %d; it is 1 to %d".formatted(limit, MAX_LIMIT));
        }
    }

    /** Everything about one approval or call, the newest {@value #MAX_LIMIT} entries of it. */
    public static AuditQuery ofSubject(String subject) {
        return new AuditQuery(
                Optional.of(subject),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                MAX_LIMIT,
                Optional.empty());
    }
}
