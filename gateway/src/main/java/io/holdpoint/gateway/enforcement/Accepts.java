package io.holdpoint.gateway.enforcement;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** What kinds of answer a client takes. */
final class Accepts {

    private Accepts() {}

    /** Whether server-sent events are among them; MCP clients must accept both (MCP 2025-11-25, Transports). */
    static boolean events(HttpHeaders headers) {
        return headers.getAll(HttpHeaderNames.ACCEPT).stream()
                .anyMatch(value -> value.contains("text/event-stream") || value.contains("*/*"));
    }
}
