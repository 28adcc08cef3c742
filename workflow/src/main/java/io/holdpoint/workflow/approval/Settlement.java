package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.people.PersonId;
import java.time.Instant;
import java.util.Objects;

/**
 * What a person found out about an {@code UNKNOWN} execution (spec 05).
 *
 * @param happened whether the server acted
 * @param note how they found out
 */
public record Settlement(PersonId by, Instant at, boolean happened, String note) {

    public Settlement {
        Objects.requireNonNull(by);
        Objects.requireNonNull(at);
        Objects.requireNonNull(note);
    }
}
