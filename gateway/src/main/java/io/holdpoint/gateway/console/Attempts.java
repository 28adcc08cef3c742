package io.holdpoint.gateway.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often each of many may try something: some times at will, then once in a while. A quarter of an hour without a
 * try is forgotten. In memory and bounded; safe for any thread.
 */
final class Attempts {

    static final Duration MEMORY = Duration.ofMinutes(15);

    private final int free;
    private final Duration pause;
    private final Clock clock;
    private final Map<String, Tries> tries;

    /**
     * @param free how many tries nobody has to wait for
     * @param pause how long each one waits after that
     * @param most how many are remembered; of more, whoever tried longest ago is forgotten
     */
    Attempts(int free, Duration pause, int most, Clock clock) {
        this.free = free;
        this.pause = pause;
        this.clock = clock;
        this.tries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * Counts a try, before it is known how it ends: of many at once, no more are let in than one by one.
     *
     * @return how long to wait, where it may not be tried now
     */
    synchronized Optional<Duration> take(String who) {
        var now = clock.instant();
        var before = Optional.ofNullable(tries.get(who)).filter(known -> isRemembered(known, now));
        var wait = before.filter(known -> known.count() >= free)
                .map(known -> Duration.between(now, known.last().plus(pause)))
                .filter(left -> !left.isNegative() && !left.isZero());
        if (wait.isEmpty()) {
            tries.put(who, new Tries(before.map(Tries::count).orElse(0) + 1, now));
        }
        return wait;
    }

    synchronized void forget(String who) {
        tries.remove(who);
    }

    synchronized int remembered() {
        return tries.size();
    }

    /** A clock that was set back must lock nobody out. */
    private static boolean isRemembered(Tries known, Instant now) {
        return !now.isBefore(known.last()) && now.isBefore(known.last().plus(MEMORY));
    }

    private record Tries(int count, Instant last) {}
}
