package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.upstream.Server;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Definitions of the servers' tools. Safe for any thread. */
public interface Catalog {

    /**
     * The tool's definition, read from the server if what is remembered is older than {@code maxAge}. Blocks.
     *
     * @throws ServerUnreadable if the server's tools cannot be read
     */
    Definition definition(Server server, String tool, Duration maxAge);

    /**
     * The tool's definition, by a reading that ended at most {@code maxAge} ago, or else by the one that is under way or
     * begins now: however many ask, a server is read once at a time. A reading that failed answers for
     * as long as it took, at most for some seconds. Never blocks.
     *
     * @return fails with {@link ServerUnreadable} as its cause; completed on the thread that read, where nobody may stay
     */
    CompletableFuture<Definition> learn(Server server, String tool, Duration maxAge);

    /**
     * All of a server's tools in the server's order, read from it if what is remembered is older than {@code maxAge}.
     * Blocks.
     *
     * @throws ServerUnreadable if the server's tools cannot be read
     */
    List<Definition> definitions(Server server, Duration maxAge);

    /**
     * What is remembered of a tool, however old; unknown tools are {@code absent}, High and Unknown. What was read of a
     * server of that name that was configured otherwise does not count. Never blocks.
     */
    Definition remembered(Server server, String tool);

    /** A catalogue for a command: it asks the servers when it is asked, and keeps nothing anywhere. */
    static Catalog reading(Clock clock) {
        return new ReadCatalog(new ToolsReader(CatalogConfiguration.http(), PATIENCE), clock);
    }

    /** How long a server may take to answer one request for its tools. */
    Duration PATIENCE = Duration.ofSeconds(10);

    /** The server's tools could not be read; the message says why, without secrets. */
    final class ServerUnreadable extends RuntimeException {
        public ServerUnreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
