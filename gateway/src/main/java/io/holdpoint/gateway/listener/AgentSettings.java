package io.holdpoint.gateway.listener;

import java.util.List;
import java.util.Objects;

/**
 * The agents' listener ({@code agents:} in the configuration).
 *
 * @param address what to bind; loopback by default
 * @param port 0 takes a free one
 * @param maxBody largest request body in bytes
 * @param maxDepth deepest nesting of a message
 * @param allowedHosts {@code Host} values accepted besides loopback names and the bound address; with or without port
 * @param allowedOrigins {@code Origin} values accepted; a request without one is accepted
 */
public record AgentSettings(
        String address, int port, int maxBody, int maxDepth, List<String> allowedHosts, List<String> allowedOrigins) {

    public AgentSettings {
        Objects.requireNonNull(address);
        allowedHosts = List.copyOf(allowedHosts);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    public static AgentSettings defaults() {
        return new AgentSettings("127.0.0.1", 8080, 1 << 20, 64, List.of(), List.of());
    }
}
