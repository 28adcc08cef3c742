package io.holdpoint.workflow.approval;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** A clock that only moves when told, and the engine's clock with it: that one is the JVM's, so this is one for all. */
final class MovedClock extends Clock {

    static final MovedClock ONE = new MovedClock();

    private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private MovedClock() {
        set(now);
    }

    synchronized void forward(Duration by) {
        set(now.plus(by));
    }

    private void set(Instant time) {
        now = time;
        ClockUtil.setCurrentTime(Date.from(time));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
