package io.holdpoint.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An MCP server behind the gateway ({@code servers.N}).
 *
 * @param name its key in the configuration
 * @param url its Streamable HTTP endpoint, {@code http} or {@code https}
 * @param headers sent with every request: the gateway's own credentials, never the agent's
 * @param deniedMethods methods never forwarded, or globs of them such as {@code resources/*}
 * @param timeout how long the server may be silent before a call is given up
 * @param trusted whether its annotations may lower a tool's risk class
 */
public record Server(
        String name,
        URI url,
        Map<String, String> headers,
        Set<String> deniedMethods,
        Duration timeout,
        boolean trusted) {

    public Server {
        Objects.requireNonNull(name);
        Objects.requireNonNull(url);
        headers = Map.copyOf(headers);
        deniedMethods = Set.copyOf(deniedMethods);
        Objects.requireNonNull(timeout);
    }

    /** Whether a method is never forwarded to this server. */
    public boolean denies(String method) {
        return deniedMethods.stream()
                .anyMatch(denied -> denied.endsWith("*")
                        ? method.startsWith(denied.substring(0, denied.length() - 1))
                        : method.equals(denied));
    }
}
