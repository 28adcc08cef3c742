package io.holdpoint.workflow.people;

import java.util.Objects;

/** A person's key under {@code people:} in the configuration. */
public record PersonId(String value) {

    public PersonId {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
