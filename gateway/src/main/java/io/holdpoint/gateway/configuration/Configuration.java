package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.console.access.ConsoleSettings;
import io.holdpoint.gateway.enforcement.HoldSettings;
import io.holdpoint.gateway.listener.AgentSettings;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.people.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Everything the configuration says, checked. Immutable and safe for any thread. */
public final class Configuration {

    private final Origin origin;
    private final Fixed fixed;
    private final Reloadable reloadable;
    private final String jdbcUrl;
    private final Map<String, String> spring;
    private final boolean usesDataDirectory;
    private final byte[] dataKey;

    Configuration(
            Origin origin,
            Fixed fixed,
            Reloadable reloadable,
            String jdbcUrl,
            Map<String, String> spring,
            boolean usesDataDirectory,
            byte[] dataKey) {
        this.origin = origin;
        this.fixed = fixed;
        this.reloadable = reloadable;
        this.jdbcUrl = jdbcUrl;
        this.spring = Map.copyOf(spring);
        this.usesDataDirectory = usesDataDirectory;
        this.dataKey = dataKey.clone();
    }

    /** Where it came from. */
    Origin origin() {
        return origin;
    }

    /** What of it only a restart changes. */
    Fixed fixed() {
        return fixed;
    }

    public AgentSettings agents() {
        return fixed.agents();
    }

    public ConsoleSettings console() {
        return fixed.console();
    }

    public HoldSettings holds() {
        return fixed.holds();
    }

    /** How long the arguments of an ended approval are kept. */
    public Duration retainArguments() {
        return fixed.retainArguments();
    }

    /** What may change while the program runs, as it is at the start. */
    public Reloadable reloadable() {
        return reloadable;
    }

    /** The database, already made safe. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    /** Spring Boot's own keys, as they stand outside {@code holdpoint:}; the database's are among them. */
    public Map<String, String> spring() {
        return spring;
    }

    /** Where state on disk lives. */
    public Path dataDirectory() {
        return origin.dataDirectory();
    }

    /** Whether the database or its key is in the data directory; else it may be missing or read-only. */
    public boolean usesDataDirectory() {
        return usesDataDirectory;
    }

    /** 32 secret bytes. */
    public byte[] dataKey() {
        return dataKey.clone();
    }

    /** The first person with the role admin, in the file's order: who gets the first sign-in link. */
    public Optional<PersonId> firstAdmin() {
        return reloadable.people().first(Role.ADMIN).map(Person::id);
    }

    /** Leaves secrets out. */
    @Override
    public String toString() {
        return "Configuration[%s]".formatted(reloadable);
    }
}
