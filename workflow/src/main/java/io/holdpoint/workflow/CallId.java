package io.holdpoint.workflow;

import java.util.Objects;

/** Names one call an agent made, from its arrival on; unique over all nodes and restarts. */
public record CallId(String value) {

    public CallId {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
