package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.catalog.KeptDefinitions.Kept;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.approval.Executions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what readings find, and voids what people approved, or are asked about, under definitions that changed since.
 * On a thread of its own: whoever reads may be in a hurry. What cannot be kept is found again by the next reading, and
 * no call passes meanwhile that was approved under another definition.
 */
final class DefinitionKeeper implements ReadingListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DefinitionKeeper.class);
    private static final int STOP_SECONDS = 5;

    /** By how much the clocks of nodes may differ: what was asked for so shortly before may be bound to newer ones. */
    private static final Duration SKEW = Duration.ofSeconds(15);

    private final KeptDefinitions kept;
    private final Executions executions;

    /** Of each server the latest that is not kept yet: while the store is away, readings must not pile up. */
    private final Map<String, Listing> waiting = new ConcurrentHashMap<>();

    private final Map<String, String> faults = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "definitions"));

    DefinitionKeeper(KeptDefinitions kept, Executions executions) {
        this.kept = kept;
        this.executions = executions;
    }

    @Override
    public void read(Server server, Listing listing) {
        if (faults.remove(server.name()) != null) {
            log.info("the tools of {} can be read again", server.name());
        }
        try {
            waiting.merge(server.name(), listing, (one, other) -> other.readAt().isBefore(one.readAt()) ? one : other);
            thread.execute(() -> keep(server.name()));
        } catch (RejectedExecutionException e) {
            log.debug("the tools of {} are not kept any more: the gateway stops", server.name());
        }
    }

    /** Said once, not each minute. */
    @Override
    public void unreadable(Server server, String why) {
        if (faults.put(server.name(), why) == null) {
            log.warn("the tools of {} cannot be read now: {}", server.name(), why);
        }
    }

    /** Why the last reading of a server failed on this node; empty if it did not, or there was none yet. */
    Optional<String> fault(String server) {
        return Optional.ofNullable(faults.get(server));
    }

    private void keep(String server) {
        try {
            var listing = waiting.remove(server);
            if (listing != null) {
                kept.keep(server, listing).ifPresent(result -> react(server, listing, result));
            }
        } catch (Throwable e) {
            // The edge of the thread: the store may be away for a while; the next reading finds the same.
            log.warn("what {} offers will be kept at the next reading: {}", server, e.toString());
        }
    }

    private void react(String server, Listing listing, Kept result) {
        var voided = executions.voidReplaced(server, result.replaced(), listing.readAt(), Definition.CHANGED)
                + executions.voidOutdated(
                        server,
                        tool -> listing.definition(tool).sha256(),
                        listing.readAt().minus(SKEW),
                        Definition.CHANGED);
        if (result.changes() > 0 || voided > 0) {
            log.warn(
                    "{} defines {} tools otherwise than before; {} approvals are void",
                    server,
                    result.changes(),
                    voided);
        }
        if (result.changes() > 0 && result.due().isAfter(listing.readAt())) {
            log.warn("{} changes its tools all the time: until {} changes are counted only", server, result.due());
        }
    }

    /** Never interrupted: an interrupt inside H2 would close the database's file for everybody. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
