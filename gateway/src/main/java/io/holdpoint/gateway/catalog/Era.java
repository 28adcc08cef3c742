package io.holdpoint.gateway.catalog;

/** The two ways MCP is spoken over HTTP (MCP 2026-07-28, Versioning). */
enum Era {
    /** Without sessions; every request says everything. */
    MODERN("2026-07-28"),
    /** Opened by {@code initialize}. */
    LEGACY("2025-11-25");

    private final String revision;

    Era(String revision) {
        this.revision = revision;
    }

    /** The revision we ask for. */
    String revision() {
        return revision;
    }

    Era other() {
        return this == MODERN ? LEGACY : MODERN;
    }
}
