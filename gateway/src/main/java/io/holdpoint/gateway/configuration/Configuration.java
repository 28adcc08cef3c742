package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.console.ConsoleSettings;
import io.holdpoint.gateway.enforcement.Grants;
import io.holdpoint.gateway.enforcement.HoldSettings;
import io.holdpoint.gateway.mcp.AgentSettings;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.people.People;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything the configuration says, checked.
 *
 * @param jdbcUrl the database, already made safe
 * @param dataKey 32 secret bytes
 * @param policies each policy file's SHA-256 by its name
 * @param warnings what should be better but does not stop the start
 */
public record Configuration(
        AgentSettings agents,
        ConsoleSettings console,
        Map<String, Server> servers,
        Grants grants,
        People people,
        HoldSettings holds,
        boolean allowOwner,
        String jdbcUrl,
        byte[] dataKey,
        Map<String, String> policies,
        List<String> warnings) {

    public Configuration {
        Objects.requireNonNull(agents);
        Objects.requireNonNull(console);
        servers = Map.copyOf(servers);
        Objects.requireNonNull(grants);
        Objects.requireNonNull(people);
        Objects.requireNonNull(holds);
        Objects.requireNonNull(jdbcUrl);
        Objects.requireNonNull(dataKey);
        policies = Map.copyOf(policies);
        warnings = List.copyOf(warnings);
    }
}
