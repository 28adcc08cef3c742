package io.holdpoint.gateway.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts in a map, for one thread, with a clock moved by hand. */
final class MemoryCounters implements Counters {

    private final Map<String, BigDecimal> used = new HashMap<>();
    private Instant now = Instant.parse("2026-01-01T10:00:00Z");
    private String grant = "ana";

    void moveTo(Instant instant) {
        now = instant;
    }

    void callAs(String name) {
        grant = name;
    }

    @Override
    public Optional<Decision.Limit> reserve(List<Charge> charges) {
        for (var charge : charges) {
            if (sum(charge).compareTo(charge.max()) > 0) {
                var wait = Duration.between(now, charge.window().endOf(now));
                return Optional.of(new Decision.Limit(charge.rule(), charge.onDeny(), Optional.of(wait)));
            }
        }
        charges.forEach(charge -> used.put(key(charge), sum(charge)));
        return Optional.empty();
    }

    private BigDecimal sum(Charge charge) {
        return used.getOrDefault(key(charge), BigDecimal.ZERO).add(charge.amount());
    }

    private String key(Charge charge) {
        return charge.counter() + "|" + charge.window().startOf(now) + "|" + charge.scope() + "|" + grant;
    }
}
