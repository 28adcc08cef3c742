package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.console.ConsoleSettings;
import io.holdpoint.gateway.enforcement.HoldSettings;
import io.holdpoint.gateway.listener.AgentSettings;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.people.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything the configuration says, checked.
 *
 * @param origin where it came from
 * @param fixed what of it only a restart changes
 * @param reloadable what may change while the program runs, as it is at the start
 * @param retainArguments how long the arguments of an ended approval are kept
 * @param jdbcUrl the database, already made safe
 * @param spring Spring Boot's own keys, as they stand outside {@code holdpoint:}; the database's are among them
 * @param dataDirectory where state on disk lives
 * @param usesDataDirectory whether the database or its key is kept there; else it may be missing or read-only
 * @param dataKey 32 secret bytes
 */
public record Configuration(
        Origin origin,
        Fixed fixed,
        AgentSettings agents,
        ConsoleSettings console,
        Reloadable reloadable,
        HoldSettings holds,
        Duration retainArguments,
        String jdbcUrl,
        Map<String, String> spring,
        Path dataDirectory,
        boolean usesDataDirectory,
        byte[] dataKey) {

    public Configuration {
        Objects.requireNonNull(origin);
        Objects.requireNonNull(fixed);
        Objects.requireNonNull(agents);
        Objects.requireNonNull(console);
        Objects.requireNonNull(reloadable);
        Objects.requireNonNull(holds);
        Objects.requireNonNull(retainArguments);
        Objects.requireNonNull(jdbcUrl);
        spring = Map.copyOf(spring);
        Objects.requireNonNull(dataDirectory);
        dataKey = dataKey.clone();
    }

    @Override
    public byte[] dataKey() {
        return dataKey.clone();
    }

    /** The first person with the role admin, in the file's order: who gets the first sign-in link. */
    public Optional<PersonId> firstAdmin() {
        return reloadable.people().first(Role.ADMIN).map(Person::id);
    }

    /** Leaves secrets out: a record's own text would have the data key's identity and every server's headers. */
    @Override
    public String toString() {
        return "Configuration[%s]".formatted(reloadable);
    }
}
