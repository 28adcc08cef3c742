package io.holdpoint.gateway.console.access;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Who may try passwords at the moment. That is work on purpose, and agents' calls need the processor too. They queue in
 * the order they came, and no network has more than a few places, so that nobody keeps all others waiting.
 */
@Component
final class PasswordWorkers {

    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Of one network, working and waiting. */
    static final int PLACES = 4;

    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final Semaphore hands = new Semaphore(AT_ONCE, true);
    private final Map<String, Integer> places = new ConcurrentHashMap<>();

    /** Waits for a turn; whoever gets one has to {@link #free} it. */
    boolean take(String network) throws InterruptedException {
        if (!enter(network)) {
            return false;
        }
        var mine = false;
        try {
            mine = hands.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return mine;
        } finally {
            if (!mine) {
                leave(network);
            }
        }
    }

    void free(String network) {
        hands.release();
        leave(network);
    }

    /** Takes a place, if the network has one left; {@link #leave} gives it back. */
    boolean enter(String network) {
        var entered = places.merge(network, 1, Integer::sum) <= PLACES;
        if (!entered) {
            leave(network);
        }
        return entered;
    }

    void leave(String network) {
        places.computeIfPresent(network, (key, count) -> count > 1 ? count - 1 : null);
    }
}
