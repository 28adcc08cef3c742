package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.gateway.upstream.ServerList;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads every server's tools at the start, so that risk classes are known before the first call, and once a minute, so
 * that a change is found while nobody calls; at once what is configured anew, of which nothing is known. The start does
 * not wait for it, and no server for another that is slow.
 */
final class CatalogWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CatalogWatch.class);
    private static final int EVERY_SECONDS = 60;

    private final ReadCatalog catalog;
    private final ServerList servers;
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "catalog"));
    private volatile Set<Server> known = Set.of();
    private volatile boolean running;

    CatalogWatch(ReadCatalog catalog, ServerList servers) {
        this.catalog = catalog;
        this.servers = servers;
    }

    /** Has every server read that is configured now; does not wait for it. */
    void readAll() {
        readOthersThan(Set.of());
    }

    /** The same for servers that are configured since the last look, or otherwise than then. */
    void readNew() {
        readOthersThan(known);
    }

    private void readOthersThan(Set<Server> before) {
        var now = Set.copyOf(servers.servers());
        now.stream().filter(server -> !before.contains(server)).forEach(catalog::read);
        known = now;
    }

    /** @param reading what to do */
    void round(Runnable reading) {
        try {
            reading.run();
        } catch (Throwable e) {
            // The edge of the thread, without which there would be no further round: an error such as a full memory
            // would end the clockwork for ever, and nobody would hear of it.
            log.error("the servers could not be read", e);
        }
    }

    @Override
    public void start() {
        running = true;
        clockwork.scheduleWithFixedDelay(() -> round(this::readAll), 0, EVERY_SECONDS, TimeUnit.SECONDS);
        clockwork.scheduleWithFixedDelay(() -> round(this::readNew), 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        running = false;
        clockwork.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
