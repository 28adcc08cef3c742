package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.catalog.Catalog.ServerUnreadable;
import io.holdpoint.gateway.upstream.Server;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one server's tools, and the one reading of them that may be under way, on a reader's thread. Safe for
 * any thread.
 */
final class ServerTools {

    private static final Logger log = LoggerFactory.getLogger(ServerTools.class);

    /**
     * A failure answers those who come after it for as long as it took, and no longer than this: a server that hangs must
     * not be asked all the time, and one that was away for a moment must not seem away for longer.
     */
    private static final Duration LONGEST_FAILURE = Duration.ofSeconds(5);

    private final Server server;
    private final ToolsReader reader;
    private final Clock clock;
    private final ReadingListener listener;
    private final Predicate<Server> configured;
    private final Executor threads;
    private volatile Listing listing = Listing.NONE;
    private volatile Era era = Era.MODERN;
    private Instant endedAt = Instant.EPOCH;
    private @Nullable Failure failure;
    private @Nullable CompletableFuture<Listing> reading;

    /**
     * @param configured whether a server is still configured so; of one that is not, nothing is read any more
     * @param threads where readings block
     */
    ServerTools(
            Server server,
            ToolsReader reader,
            Clock clock,
            ReadingListener listener,
            Predicate<Server> configured,
            Executor threads) {
        this.server = server;
        this.reader = reader;
        this.clock = clock;
        this.listener = listener;
        this.configured = configured;
        this.threads = threads;
    }

    private record Failure(ServerUnreadable why, Instant until) {}

    boolean isOf(Server other) {
        return server.equals(other);
    }

    Listing remembered() {
        return listing;
    }

    /**
     * The tools, by a reading that began at {@code oldest} or later. Blocks; everybody who asks meanwhile waits for the
     * same reading.
     *
     * @throws ServerUnreadable if they cannot be read
     */
    Listing readSince(Instant oldest) {
        while (listing.readAt().isBefore(oldest)) {
            var mine = new CompletableFuture<Listing>();
            var current = begun(mine, currentOr(mine));
            var read = await(current);
            if (current == mine) {
                return read; // whatever the clock says that may have been set meanwhile
            }
        }
        return listing;
    }

    /** The reading that is under way, or one that begins now. Does not block. */
    CompletableFuture<Listing> read() {
        var mine = new CompletableFuture<Listing>();
        return begun(mine, currentOr(mine));
    }

    /** A reading that ended at most so long ago, or the one under way, or one that begins now. Does not block. */
    CompletableFuture<Listing> learn(Duration maxAge) {
        var mine = new CompletableFuture<Listing>();
        return begun(mine, knownOr(mine, maxAge));
    }

    private synchronized CompletableFuture<Listing> knownOr(CompletableFuture<Listing> mine, Duration maxAge) {
        var now = clock.instant();
        if (!endedAt.isBefore(now.minus(maxAge))) {
            return CompletableFuture.completedFuture(listing);
        }
        if (reading == null && failure != null && failure.until().isAfter(now)) {
            return CompletableFuture.failedFuture(failure.why());
        }
        return currentOr(mine);
    }

    private synchronized CompletableFuture<Listing> currentOr(CompletableFuture<Listing> mine) {
        if (reading == null) {
            reading = mine;
        }
        return reading;
    }

    private CompletableFuture<Listing> begun(CompletableFuture<Listing> mine, CompletableFuture<Listing> current) {
        if (current == mine) {
            try {
                threads.execute(() -> read(mine));
            } catch (Throwable e) {
                // The gateway stops, or the system gives it no thread: a reading nobody begins must not be waited for.
                over(mine);
            }
        }
        return current;
    }

    private void read(CompletableFuture<Listing> mine) {
        var begun = clock.instant();
        try {
            // Before and after: what is configured otherwise by now is neither asked nor believed.
            if (configured.test(server)) {
                var read = reader.read(server, era);
                era = read.era();
                tell(mine, Listing.of(read.tools(), server.trusted(), begun));
            }
        } catch (ServerUnreadable e) {
            tell(mine, begun, e);
        } catch (Throwable e) {
            // The edge of the thread, for errors too: the next reading tries again.
            log.error("the tools of {} could not be read", server.name(), e);
            var why = new ServerUnreadable("reading server " + server.name() + " failed in the gateway", e);
            failed(mine, begun, why);
            mine.completeExceptionally(why);
        } finally {
            over(mine);
        }
    }

    /** Whoever waits goes on first: the listener is in no hurry. */
    private void tell(CompletableFuture<Listing> mine, Listing read) {
        if (configured.test(server)) {
            ended(mine, read);
            mine.complete(read);
            listener.read(server, read);
        }
    }

    private void tell(CompletableFuture<Listing> mine, Instant begun, ServerUnreadable why) {
        if (configured.test(server)) {
            failed(mine, begun, why);
            mine.completeExceptionally(why);
            listener.unreadable(server, String.valueOf(why.getMessage()));
        }
    }

    private synchronized void ended(CompletableFuture<Listing> mine, Listing read) {
        listing = read;
        endedAt = clock.instant();
        failure = null;
        isOver(mine);
    }

    private synchronized void failed(CompletableFuture<Listing> mine, Instant begun, ServerUnreadable why) {
        var now = clock.instant();
        var took = Duration.between(begun, now);
        failure = new Failure(why, now.plus(took.compareTo(LONGEST_FAILURE) < 0 ? took : LONGEST_FAILURE));
        isOver(mine);
    }

    private synchronized void isOver(CompletableFuture<Listing> mine) {
        if (reading == mine) {
            reading = null;
        }
    }

    /** Whatever happened, nobody waits for ever; does nothing where the reading has ended. */
    private void over(CompletableFuture<Listing> mine) {
        isOver(mine);
        mine.completeExceptionally(new ServerUnreadable(
                "reading server " + server.name()
                        + " broke off: it is configured otherwise by now, or the gateway has no thread for it or stops",
                null));
    }

    /** Lets nobody wait any more: there are no threads to read on. */
    void breakOff() {
        CompletableFuture<Listing> current;
        synchronized (this) {
            current = reading;
        }
        if (current != null) {
            over(current);
        }
    }

    private static Listing await(CompletableFuture<Listing> current) {
        try {
            return current.join();
        } catch (CompletionException e) {
            throw new ServerUnreadable(
                    String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage()), e.getCause());
        }
    }
}
