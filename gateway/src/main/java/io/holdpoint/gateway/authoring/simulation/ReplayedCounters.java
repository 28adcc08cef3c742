package io.holdpoint.gateway.authoring.simulation;

import io.holdpoint.gateway.limit.Scopes;
import io.holdpoint.gateway.policy.Charge;
import io.holdpoint.gateway.policy.Forecast;
import io.holdpoint.gateway.policy.Scope;
import io.holdpoint.workflow.audit.PastCall;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Limits counted over again at the times of the log. Some calls cannot be judged, and the log knows no sessions: so
 * each counter is kept as the least and the most it can be, and an answer is given only where both give the same. Keeps
 * one window of each counter. Not thread-safe.
 */
final class ReplayedCounters {

    /** More than any counter reaches: what a window was like that is past. */
    private static final BigDecimal BEYOND = BigDecimal.TEN.pow(30);

    private final Map<String, Used> counters = new HashMap<>();

    /** What is known of a counter in its window. */
    private record Used(Instant window, BigDecimal least, BigDecimal most) {}

    /** Whether a call's limits let it through. */
    enum Room {
        YES,
        NO,
        UNKNOWN
    }

    /**
     * What limits say to a call.
     *
     * @param usedUp the limit that refuses it, where one may
     */
    record Answer(Room room, Optional<Charge> usedUp) {}

    /**
     * Asks and counts.
     *
     * @param mayCountNothing whether the call may have been denied before its limits, or given back what it used
     */
    Answer take(PastCall call, List<Forecast.Use> uses, boolean mayCountNothing) {
        var after = new HashMap<String, Used>();
        Optional<Charge> doubtful = Optional.empty();
        for (var use : uses) {
            var before = after.getOrDefault(key(call, use.charge()), used(call, use.charge()));
            var sum = plus(before, use);
            if (sum.least().compareTo(use.charge().max()) > 0) {
                return new Answer(Room.NO, Optional.of(use.charge()));
            }
            if (sum.most().compareTo(use.charge().max()) > 0 && doubtful.isEmpty()) {
                doubtful = Optional.of(use.charge());
            }
            after.put(key(call, use.charge()), sum);
        }
        count(call, uses, after, mayCountNothing || doubtful.isPresent());
        return new Answer(doubtful.isPresent() ? Room.UNKNOWN : Room.YES, doubtful);
    }

    private Used used(PastCall call, Charge charge) {
        var window = charge.window().startOf(call.time());
        var known = counters.get(key(call, charge));
        if (known == null || known.window().isBefore(window)) {
            return new Used(window, BigDecimal.ZERO, BigDecimal.ZERO);
        }
        return known.window().equals(window) ? known : new Used(window, BigDecimal.ZERO, BEYOND);
    }

    /** A session's own use is nothing at least, and at most that of its whole grant. */
    private static Used plus(Used before, Forecast.Use use) {
        var amount = use.charge().amount();
        var least = use.isExact() ? before.least().add(amount) : before.least();
        return new Used(before.window(), least, before.most().add(amount));
    }

    private void count(PastCall call, List<Forecast.Use> uses, Map<String, Used> after, boolean mayCountNothing) {
        for (var use : uses) {
            var charge = use.charge();
            var key = key(call, charge);
            var before = used(call, charge);
            var sum = after.get(key);
            if (sum == null || sum.most().compareTo(BEYOND) >= 0) {
                continue; // a straggler of a window that is past
            }
            var isSession = charge.scope() == Scope.SESSION;
            var least = mayCountNothing || isSession ? before.least() : sum.least();
            // What passed was within the limit; of a grant's sessions together that cannot be said.
            var most = isSession ? sum.most() : before.most().max(sum.most().min(charge.max()));
            counters.put(key, new Used(sum.window(), least, most));
        }
    }

    /** The log knows no sessions, so all of a grant's share one counter. */
    private static String key(PastCall call, Charge charge) {
        return new Scopes(call.grant(), call.server(), call.grant()).counter(charge);
    }
}
