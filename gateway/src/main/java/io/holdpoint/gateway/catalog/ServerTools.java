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
    private final ReadingListener listener;
    private volatile Listing listing = Listing.NONE;
    private volatile Era era = Era.MODERN;
    private @Nullable CompletableFuture<Listing> reading;

    ServerTools(Server server, ToolsReader reader, Clock clock, ReadingListener listener) {
        this.server = server;
        this.reader = reader;
        this.clock = clock;
        this.listener = listener;
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
                return tell(mine);
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

    /** Reads, and tells of it when nobody waits for this reading any more. */
    private Listing tell(CompletableFuture<Listing> mine) {
        try {
            var read = read(mine);
            listener.read(server, read);
            return read;
        } catch (ServerUnreadable e) {
            listener.unreadable(server, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private Listing read(CompletableFuture<Listing> mine) {
        try {
            var begun = clock.instant();
            var read = reader.read(server, era);
            era = read.era();
            var fresh = Listing.of(read.tools(), server.trusted(), begun);
            listing = fresh;
            mine.complete(fresh);
            return fresh;
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
