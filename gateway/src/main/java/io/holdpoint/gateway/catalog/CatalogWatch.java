package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.gateway.upstream.ServerList;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
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
    private static final int READERS = 4;

    private final Catalog catalog;
    private final ServerList servers;
    private final Set<Server> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "catalog"));
    private final ExecutorService readers =
            Executors.newFixedThreadPool(READERS, task -> new Thread(task, "catalog-reader"));
    private volatile Set<Server> known = Set.of();
    private volatile boolean running;

    CatalogWatch(Catalog catalog, ServerList servers) {
        this.catalog = catalog;
        this.servers = servers;
    }

    /** Has every server read that is configured now; does not wait for it. */
    void readAll() {
        known = Set.of();
        readNew();
    }

    /** The same for servers that are configured since the last look, or otherwise than then. */
    void readNew() {
        var now = Set.copyOf(servers.servers());
        for (var server : now) {
            if (!known.contains(server) && underWay.add(server)) {
                readers.execute(() -> read(server));
            }
        }
        known = now;
    }

    private void read(Server server) {
        try {
            catalog.definitions(server, Duration.ZERO);
        } catch (Catalog.ServerUnreadable e) {
            // Whoever listens to readings was told, and tells people once.
        } catch (Throwable e) {
            // The edge of the thread, for errors too: the next round tries again.
            log.error("the tools of {} could not be read", server.name(), e);
        } finally {
            underWay.remove(server);
        }
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

    /** Readers speak HTTP only, so they may be interrupted. */
    @Override
    public void stop() {
        running = false;
        clockwork.shutdownNow();
        readers.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
