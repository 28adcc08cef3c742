package io.holdpoint.gateway;

import java.time.LocalTime;
import java.util.concurrent.locks.LockSupport;

/** The real clock's minute, for tests of limits on a whole gateway. */
final class MinuteBoundary {

    private static final int LATEST_START = 45;
    private static final long POLL_NANOS = 50_000_000;

    private MinuteBoundary() {}

    /** Waits for the next minute if this one has less than 15 seconds left, so that a burst falls into one window. */
    static void stayAwayFrom() {
        stayAwayFrom(LATEST_START);
    }

    /** Waits for the next minute if this one is as many seconds old. */
    static void stayAwayFrom(int second) {
        while (LocalTime.now().getSecond() >= second) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
