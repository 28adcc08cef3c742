package io.holdpoint.gateway.configuration;

import org.springframework.context.SmartLifecycle;

/** Writes into the log which version started with which policies; without that entry nothing starts. */
final class StartEntry implements SmartLifecycle {

    private final Runnable entry;
    private volatile boolean running;

    /** @param entry writes it, durable when it returns */
    StartEntry(Runnable entry) {
        this.entry = entry;
    }

    @Override
    public void start() {
        entry.run();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything that serves. */
    @Override
    public int getPhase() {
        return 0;
    }
}
