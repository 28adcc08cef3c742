package io.holdpoint.gateway.listener;

import io.netty.handler.codec.http.HttpHeaders;

/** Who answers agents. Called on the exchange's event loop; must not block. */
public interface AgentRequests {

    /**
     * Takes a request whose {@code Host}, {@code Origin}, path, size and encoding are acceptable, and answers it now or
     * later through the exchange.
     */
    void handle(AgentExchange exchange);

    /** Whether a request comes from somebody we know, to be asked before a large body is read. */
    boolean knows(HttpHeaders headers);

    /** A request was refused before it got that far; for the log. */
    void refused(String server, int status, String message);
}
