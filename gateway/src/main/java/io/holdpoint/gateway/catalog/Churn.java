package io.holdpoint.gateway.catalog;

import java.time.Duration;
import java.time.Instant;

/**
 * How often a server changes its tools. One that does it all the time would fill the audit log: after some changes in a
 * row there is a pause in which they are counted only, longer and longer, up to an hour.
 *
 * @param changedAt when a change was recorded last
 * @param changes how many were, each soon after the one before
 */
record Churn(Instant changedAt, int changes) {

    private static final int FREE = 5;
    private static final int MOST_DOUBLINGS = 6;
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration QUIET = Duration.ofMinutes(10);

    /** The same, as a clock sees it that is behind the one that recorded: nothing was recorded in the future. */
    Churn by(Instant now) {
        return changedAt.isAfter(now) ? new Churn(now, changes) : this;
    }

    /** From when on a further change is recorded. */
    Instant due() {
        return changedAt.plus(pause());
    }

    /** After a change that is recorded now. A server that was quiet for long begins anew. */
    Churn changed(Instant at) {
        var twice = pause().multipliedBy(2);
        var quiet = changedAt.plus(twice.compareTo(QUIET) > 0 ? twice : QUIET);
        return new Churn(at, at.isAfter(quiet) ? 1 : changes + 1);
    }

    private Duration pause() {
        if (changes < FREE) {
            return Duration.ZERO;
        }
        var pause = Duration.ofMinutes(1L << Math.min(MOST_DOUBLINGS, changes - FREE + 1));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
