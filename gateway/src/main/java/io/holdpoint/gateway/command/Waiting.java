package io.holdpoint.gateway.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says on a terminal that there is something to wait for: a dot each second, until it is closed. */
final class Waiting implements AutoCloseable {

    private final PrintWriter terminal;
    private final ScheduledExecutorService dots = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "waiting");
        thread.setDaemon(true);
        return thread;
    });
    private boolean isOver;
    private boolean hasSaid;

    /** @param period how long each dot takes */
    Waiting(PrintWriter terminal, Duration period) {
        this.terminal = terminal;
        dots.scheduleAtFixedRate(this::dot, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * On a terminal, if this process has one for input and output. Where the errors go Java does not tell, so a file they
     * are sent to gets the dots; what the command prints never has any in it.
     */
    static Waiting on(PrintWriter err) {
        var waiting = new Waiting(err, Duration.ofSeconds(1));
        if (System.console() == null) {
            waiting.close();
        }
        return waiting;
    }

    private synchronized void dot() {
        if (!isOver) {
            terminal.print('.');
            terminal.flush();
            hasSaid = true;
        }
    }

    @Override
    public synchronized void close() {
        dots.shutdownNow();
        if (hasSaid && !isOver) {
            terminal.println();
        }
        isOver = true;
    }
}
