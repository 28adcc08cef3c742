package io.holdpoint.gateway.policy;

/** Whose calls a limit counts together. */
public enum Scope {
    SESSION,
    GRANT,
    SERVER,
    GLOBAL
}
