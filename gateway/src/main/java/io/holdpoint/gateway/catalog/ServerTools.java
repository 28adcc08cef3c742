package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.catalog.Catalog.ServerUnreadable;
import io.holdpoint.gateway.upstream.Server;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What is known of one server's tools, and the one reading of them that may be under way. Safe for any thread. */
final class ServerTools {

    private final Server server;
    private final ToolsReader reader;
    private final Clock clock;
    private volatile Listing listing = Listing.NONE;
    private volatile Era era = Era.MODERN;
    private @Nullable CompletableFuture<Listing> reading;

    ServerTools(Server server, ToolsReader reader, Clock clock) {
        this.server = server;
        this.reader = reader;
        this.clock = clock;
    }

    boolean isOf(Server other) {
        return server.equals(other);
    }

    Listing remembered() {
        return listing;
    }

    /**
     * The tools, read at {@code oldest} or later. Blocks; everybody who asks meanwhile waits for the same reading.
     *
     * @throws ServerUnreadable if they cannot be read
     */
    Listing readSince(Instant oldest) {
        while (listing.readAt().isBefore(oldest)) {
            var mine = new CompletableFuture<Listing>();
            var current = currentOr(mine);
            if (current == mine) {
                return read(mine);
            }
            await(current);
        }
        return listing;
    }

    private synchronized CompletableFuture<Listing> currentOr(CompletableFuture<Listing> mine) {
        if (reading == null) {
            reading = mine;
        }
        return reading;
    }

    private synchronized void over() {
        reading = null;
    }

    private Listing read(CompletableFuture<Listing> mine) {
        try {
            var begun = clock.instant();
            var read = reader.read(server, era);
            era = read.era();
            listing = Listing.of(read.tools(), server.trusted(), begun);
            mine.complete(listing);
            return listing;
        } catch (ServerUnreadable e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            over();
            // Whatever happened, nobody waits for ever; does nothing after a completion.
            mine.completeExceptionally(new ServerUnreadable("reading server " + server.name() + " broke off", null));
        }
    }

    private void await(CompletableFuture<Listing> current) {
        try {
            current.join();
        } catch (CompletionException e) {
            throw new ServerUnreadable(
                    String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage()), e.getCause());
        }
    }
}
