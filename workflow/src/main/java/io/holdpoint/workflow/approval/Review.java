package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.PersonId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One person's approve or reject.
 *
 * @param channel where it was given, such as {@code console}, {@code api}, {@code slack}
 */
public record Review(
        PersonId reviewer, Verdict verdict, Optional<String> reason, String channel, Assurance assurance, Instant at) {

    /** What a reviewer can say. */
    public enum Verdict {
        APPROVE,
        REJECT
    }

    public Review {
        Objects.requireNonNull(reviewer);
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(assurance);
        Objects.requireNonNull(at);
    }
}
