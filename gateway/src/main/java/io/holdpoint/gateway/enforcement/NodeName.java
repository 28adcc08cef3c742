package io.holdpoint.gateway.enforcement;

import java.util.Objects;

/** This gateway's name among those on one database; another one after every start. */
public record NodeName(String value) {

    public NodeName {
        Objects.requireNonNull(value);
    }
}
