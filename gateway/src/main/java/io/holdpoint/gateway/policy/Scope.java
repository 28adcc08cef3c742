package io.holdpoint.gateway.policy;

import java.util.Locale;

/** Whose calls a limit counts together. */
public enum Scope {
    /** Those of one MCP session; where the revision has none, those of the grant to the server. */
    SESSION,
    /** Those of one grant to one server: an agent that may use two servers has a count for each. */
    GRANT,
    /** Those of all grants to one server. */
    SERVER,
    /** All calls, of every grant to every server. */
    GLOBAL;

    /** The word policies use. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
