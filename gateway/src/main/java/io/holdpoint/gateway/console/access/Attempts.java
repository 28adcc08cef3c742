package io.holdpoint.gateway.console.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often each of many may fail at something: some times at will, then once in a while. One failure is forgotten in
 * each pause, however busy it is. In memory and bounded; safe for any thread.
 */
final class Attempts {

    private final Duration pause;
    private final Duration most;
    private final Clock clock;

    /** When each one's last failure will be forgotten. */
    private final Map<String, Instant> clean;

    /**
     * @param free how many failures nobody has to wait for
     * @param pause how long each one waits after that
     * @param room how many are remembered; of more, whoever tried longest ago is forgotten
     */
    Attempts(int free, Duration pause, int room, Clock clock) {
        this.pause = pause;
        this.most = pause.multipliedBy(free);
        this.clock = clock;
        this.clean = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                return size() > room;
            }
        };
    }

    /**
     * Counts a try as a failure, before it is known how it ends: of many at once, no more are let in than one by one.
     *
     * @return how long to wait, where it may not be tried now
     */
    synchronized Optional<Duration> take(String who) {
        var now = clock.instant();
        var next = since(who, now).plus(pause);
        var wait = Duration.between(now.plus(most), next);
        if (wait.compareTo(Duration.ZERO) > 0) {
            return Optional.of(wait);
        }
        clean.put(who, next);
        return Optional.empty();
    }

    /** Takes back one try: it was no failure. */
    synchronized void giveBack(String who) {
        clean.computeIfPresent(who, (key, until) -> until.minus(pause));
    }

    synchronized void forget(String who) {
        clean.remove(who);
    }

    synchronized int remembered() {
        return clean.size();
    }

    /** Nothing lies further ahead than {@code most}, unless the clock was set back, and that must lock nobody out. */
    private Instant since(String who, Instant now) {
        return Optional.ofNullable(clean.get(who))
                .filter(until -> until.isAfter(now) && !until.isAfter(now.plus(most.multipliedBy(2))))
                .orElse(now);
    }
}
