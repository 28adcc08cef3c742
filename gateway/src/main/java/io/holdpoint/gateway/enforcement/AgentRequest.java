package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.listener.AgentExchange;
import java.util.Objects;

/**
 * A request that belongs to a grant and may go to its server.
 *
 * @param session the server's own session id; empty where there is none
 * @param clientName the client's name for itself, where the request says it
 * @param id the JSON-RPC id; empty where it has none
 */
record AgentRequest(
        AgentExchange exchange, Grant grant, Grant.Access access, String session, String clientName, byte[] id) {

    AgentRequest {
        Objects.requireNonNull(exchange);
        Objects.requireNonNull(grant);
        Objects.requireNonNull(access);
        Objects.requireNonNull(session);
        Objects.requireNonNull(clientName);
        Objects.requireNonNull(id);
    }
}
