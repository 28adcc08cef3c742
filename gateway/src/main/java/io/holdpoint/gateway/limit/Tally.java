package io.holdpoint.gateway.limit;

import io.holdpoint.gateway.policy.Charge;
import io.holdpoint.gateway.policy.Counters;
import io.holdpoint.gateway.policy.Decision;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Counters locked by one transaction, to be used by several calls one after the other. Not thread-safe. */
public final class Tally {

    private final Instant now;
    private final SortedMap<CounterKey, BigDecimal> used;
    private final Map<CounterKey, BigDecimal> changed = new HashMap<>();

    Tally(Instant now, SortedMap<CounterKey, BigDecimal> used) {
        this.now = now;
        this.used = used;
    }

    /** The counters as one call sees them. */
    public CallCounters of(Scopes scopes) {
        return new CallCounters(scopes);
    }

    Map<CounterKey, BigDecimal> changed() {
        return changed;
    }

    /** One call's view of the counters; remembers what the call reserved. */
    public final class CallCounters implements Counters {

        private final Scopes scopes;
        private final List<Reserved> reserved = new ArrayList<>();

        private CallCounters(Scopes scopes) {
            this.scopes = scopes;
        }

        @Override
        public Optional<Decision.Limit> reserve(List<Charge> charges) {
            var after = new HashMap<CounterKey, BigDecimal>();
            for (var charge : charges) {
                var key = scopes.key(charge, now);
                var sum = after.getOrDefault(key, used.getOrDefault(key, BigDecimal.ZERO))
                        .add(charge.amount());
                if (sum.compareTo(charge.max()) > 0) {
                    return Optional.of(usedUp(charge, key));
                }
                after.put(key, sum);
            }
            charges.forEach(charge -> remember(scopes.key(charge, now), charge.amount()));
            used.putAll(after);
            changed.putAll(after);
            return Optional.empty();
        }

        /** What was reserved, to be given back if the call does not run. */
        public List<Reserved> reserved() {
            return List.copyOf(reserved);
        }

        private void remember(CounterKey key, BigDecimal amount) {
            reserved.add(new Reserved(key.name(), key.windowStart(), amount));
        }

        private Decision.Limit usedUp(Charge charge, CounterKey key) {
            var wait = Duration.ofMillis(Math.max(1, key.windowEnd() - now.toEpochMilli()));
            return new Decision.Limit(charge.rule(), charge.onDeny(), Optional.of(wait));
        }
    }
}
