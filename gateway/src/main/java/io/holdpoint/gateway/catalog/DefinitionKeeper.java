package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.approval.Executions;
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

    static final String WHY = "the tool's definition changed";

    private static final Logger log = LoggerFactory.getLogger(DefinitionKeeper.class);
    private static final int STOP_SECONDS = 5;

    private final KeptDefinitions kept;
    private final Executions executions;
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
            thread.execute(() -> keep(server.name(), listing));
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

    private void keep(String server, Listing listing) {
        try {
            var changes = kept.keep(server, listing);
            if (changes.isEmpty()) {
                return;
            }
            var voided = executions.voidOutdated(
                    server, tool -> listing.definition(tool).sha256(), listing.readAt(), WHY);
            if (changes.getAsInt() > 0 || voided > 0) {
                log.warn(
                        "{} defines {} tools otherwise than before; {} approvals are void",
                        server,
                        changes.getAsInt(),
                        voided);
            }
        } catch (RuntimeException e) {
            // The edge of the thread: the store may be away for a while; the next reading finds the same.
            log.warn("what {} offers will be kept at the next reading: {}", server, e.toString());
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
