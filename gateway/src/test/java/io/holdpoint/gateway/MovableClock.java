package io.holdpoint.gateway;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Shows the real time, except while it is held at another. */
final class MovableClock extends Clock {

    private volatile @Nullable Instant held;

    void holdAt(Instant time) {
        held = time;
    }

    void go() {
        held = null;
    }

    @Override
    public Instant instant() {
        var time = held;
        return time == null ? Instant.now() : time;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("nobody needs it in " + zone);
    }
}
