package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.PersonId;
import java.util.Objects;
import java.util.Optional;

/**
 * A review as it comes in from a channel.
 *
 * @param digest the digest the reviewer saw, whole or its first 8 or more letters; another one is refused
 */
public record ReviewSubmission(
        PersonId reviewer,
        Review.Verdict verdict,
        Optional<String> reason,
        Optional<String> digest,
        String channel,
        Assurance assurance) {

    public ReviewSubmission {
        Objects.requireNonNull(reviewer);
        Objects.requireNonNull(verdict);
        reason = reason.map(text -> text.replace('\0', '\uFFFD')); // PostgreSQL takes no NUL
        Objects.requireNonNull(digest);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(assurance);
    }
}
