package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.upstream.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads every server's tools once, so that risk classes are known before the first call. A server that cannot be read
 * is tried again; the start does not wait for it.
 */
final class FirstReading implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FirstReading.class);
    private static final Duration ANY_AGE = Duration.ofDays(1);
    private static final int AGAIN_SECONDS = 30;
    private static final String NO_TOOL = "";

    private final Catalog catalog;
    private final List<Server> unread;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "catalog"));
    private volatile boolean running;

    FirstReading(Catalog catalog, Collection<Server> servers) {
        this.catalog = catalog;
        this.unread = new ArrayList<>(servers);
    }

    private void read() {
        unread.removeIf(this::isRead);
        if (unread.isEmpty()) {
            thread.shutdown();
        }
    }

    private boolean isRead(Server server) {
        try {
            catalog.definition(server, NO_TOOL, ANY_AGE);
            return true;
        } catch (Catalog.ServerUnreadable e) {
            log.warn("the tools of {} are not known yet: {}", server.name(), e.getMessage());
            return false;
        }
    }

    @Override
    public void start() {
        running = true;
        thread.scheduleWithFixedDelay(this::read, 0, AGAIN_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
