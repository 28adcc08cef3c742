package io.holdpoint.gateway.mcp;

import java.util.Arrays;
import java.util.Optional;

/** A revision of the Model Context Protocol that the gateway speaks; later ones are greater. */
public enum Revision {
    V2025_03_26("2025-03-26"),
    V2025_06_18("2025-06-18"),
    V2025_11_25("2025-11-25"),
    V2026_07_28("2026-07-28");

    private final String wire;

    Revision(String wire) {
        this.wire = wire;
    }

    /** As it stands in messages and headers. */
    public String wire() {
        return wire;
    }

    /** Whether every request says its own version and capabilities, and sessions are none (2026-07-28, Versioning). */
    public boolean isModern() {
        return this == V2026_07_28;
    }

    static Optional<Revision> of(String wire) {
        return Arrays.stream(values()).filter(one -> one.wire.equals(wire)).findFirst();
    }
}
