package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.console.ConsoleSettings;
import io.holdpoint.gateway.console.Passwords;
import io.holdpoint.gateway.enforcement.HoldSettings;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.listener.AgentSettings;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.PersonId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything the configuration says, checked.
 *
 * @param passwords who signs in by password
 * @param firstAdmin the first person with the role admin, in the file's order: who gets the first sign-in link
 * @param retainArguments how long the arguments of an ended approval are kept
 * @param allowOwner whether owners approve their own calls where a rule says nothing else: for working alone
 * @param jdbcUrl the database, already made safe
 * @param spring Spring Boot's own keys, as they stand outside {@code holdpoint:}; the database's are among them
 * @param dataDirectory where state on disk lives
 * @param usesDataDirectory whether the database or its key is kept there; else it may be missing or read-only
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
        Passwords passwords,
        Optional<PersonId> firstAdmin,
        HoldSettings holds,
        Duration retainArguments,
        boolean allowOwner,
        String jdbcUrl,
        Map<String, String> spring,
        Path dataDirectory,
        boolean usesDataDirectory,
        byte[] dataKey,
        Map<String, String> policies,
        List<String> warnings) {

    public Configuration {
        Objects.requireNonNull(agents);
        Objects.requireNonNull(console);
        servers = Map.copyOf(servers);
        Objects.requireNonNull(grants);
        Objects.requireNonNull(people);
        Objects.requireNonNull(passwords);
        Objects.requireNonNull(firstAdmin);
        Objects.requireNonNull(holds);
        Objects.requireNonNull(retainArguments);
        Objects.requireNonNull(jdbcUrl);
        spring = Map.copyOf(spring);
        Objects.requireNonNull(dataDirectory);
        dataKey = dataKey.clone();
        policies = Map.copyOf(policies);
        warnings = List.copyOf(warnings);
    }

    @Override
    public byte[] dataKey() {
        return dataKey.clone();
    }

    /** Leaves secrets out: a record's own text would have the data key's identity and every server's headers. */
    @Override
    public String toString() {
        return "Configuration[servers=%s, policies=%s]".formatted(servers.keySet(), policies.keySet());
    }
}
