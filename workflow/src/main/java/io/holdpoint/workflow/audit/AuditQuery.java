package io.holdpoint.workflow.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries to read; an empty filter lets everything through.
 *
 * @param subject the approval or call id
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
                500,
                Optional.empty());
    }
}
