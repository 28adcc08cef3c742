package io.holdpoint.gateway.enforcement;

import io.holdpoint.workflow.approval.Executions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How many approvals are pending, as exactly as a limit needs it. Counting thousands of rows for every held call would
 * cost more than holding it; so they are counted once a second, or whenever the limit may be near, and in between what
 * was opened here is added. Near a limit it is counted every time; but what other transactions are just opening, and for
 * a second what other nodes opened, is not seen, so a limit may be passed by a few.
 */
final class PendingCounts {

    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MANY = 100;

    private final Executions executions;
    private final LongSupplier nanoTime;
    private final Map<Optional<String>, Counted> counts = new ConcurrentHashMap<>();

    PendingCounts(Executions executions, LongSupplier nanoTime) {
        this.executions = executions;
        this.nanoTime = nanoTime;
    }

    private record Counted(int then, long at, AtomicInteger since) {

        boolean isFarFrom(int most, long now) {
            return now - at < FRESH_NANOS && then + since.get() < most - MANY;
        }
    }

    /**
     * Whether so many approvals are pending. Joins the caller's transaction.
     *
     * @param grant whose, empty for all
     */
    boolean reach(Optional<String> grant, int most) {
        var now = nanoTime.getAsLong();
        var known = counts.get(grant);
        if (known != null && known.isFarFrom(most, now)) {
            return false;
        }
        var counted = new Counted(executions.pending(grant), now, new AtomicInteger());
        counts.put(grant, counted);
        return counted.then() >= most;
    }

    /** One more is being opened. */
    void opened(String grant) {
        count(Optional.of(grant));
        count(Optional.empty());
    }

    private void count(Optional<String> grant) {
        var counted = counts.get(grant);
        if (counted != null) {
            counted.since().incrementAndGet();
        }
    }
}
