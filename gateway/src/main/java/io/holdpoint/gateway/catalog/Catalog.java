package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.upstream.Server;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Definitions of the servers' tools. Safe for any thread. */
public interface Catalog {

    /**
     * The tool's definition, read from the server if what is remembered is older than {@code maxAge}. Blocks.
     *
     * @throws ServerUnreadable if the server's tools cannot be read
     */
    Definition definition(Server server, String tool, Duration maxAge);

    /** What is remembered of a tool, however old; unknown tools are {@code absent}, High and Unknown. Never blocks. */
    Definition remembered(String server, String tool);

    /** The server's tools could not be read; the message says why, without secrets. */
    final class ServerUnreadable extends RuntimeException {
        public ServerUnreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
