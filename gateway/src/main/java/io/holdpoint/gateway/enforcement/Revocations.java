package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.listener.AgentExchange;
import io.holdpoint.workflow.approval.Executions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what a grant began when it is removed, over, or another one under the same name: what it asked people for
 * is void, and its open streams end. Safe for any thread.
 */
final class Revocations {

    static final String WHY = "the grant is not valid any more, or not the one that asked";

    /**
     * Approvals are looked at until a round that begins so long after grants changed: what was judged before may be opened
     * in a transaction that ends later. PostgreSQL ends a wait for a lock after 5 s and an idle transaction after 30 s.
     */
    static final Duration AFTERMATH = Duration.ofMinutes(1);

    private final Supplier<Grants> grants;
    private final Executions executions;
    private final Clock clock;
    private final Map<AgentExchange, Stream> streams = new ConcurrentHashMap<>();
    private @Nullable Grants looked;
    private Instant nextExpiry = Instant.MAX;
    private Instant lookUntil = Instant.MIN;
    private Instant lookedAt = Instant.MIN;

    Revocations(Supplier<Grants> grants, Executions executions, Clock clock) {
        this.grants = grants;
        this.executions = executions;
        this.clock = clock;
    }

    private record Stream(Runnable end, Grant grant, String server) {}

    /**
     * Remembers a stream that may stay open for long, until it ends. Called on its event loop.
     *
     * @param end breaks it off on both sides; called on the same loop
     */
    void watch(AgentRequest request, Runnable end) {
        var exchange = request.exchange();
        streams.put(
                exchange,
                new Stream(end, request.grant(), request.access().server().name()));
        exchange.whenOver(() -> streams.remove(exchange));
    }

    /** How many streams are remembered. */
    int watched() {
        return streams.size();
    }

    /** Looks at everything again. Blocks; called by one thread at a time. */
    void look() {
        var now = grants.get();
        var time = clock.instant();
        streams.forEach((exchange, stream) -> exchange.loop().execute(() -> endIfRevoked(exchange, stream, now)));
        if (looked != now || !time.isBefore(nextExpiry)) {
            looked = now;
            nextExpiry = now.nextExpiry(time).orElse(Instant.MAX);
            lookUntil = time.plus(AFTERMATH);
            lookedAt = Instant.MIN; // the clock may have been set back
        }
        if (lookedAt.isBefore(lookUntil)) {
            voidOrphans(now, time);
            lookedAt = time;
        }
    }

    private void voidOrphans(Grants now, Instant time) {
        executions.asked().stream()
                .filter(asked -> now.standing(asked.grant(), asked.server(), asked.grantState(), time)
                        .isEmpty())
                .forEach(asked -> executions.voided(asked.id(), WHY));
    }

    private void endIfRevoked(AgentExchange exchange, Stream stream, Grants now) {
        if (!exchange.isOver()
                && now.standing(stream.grant(), stream.server(), clock.instant())
                        .isEmpty()) {
            stream.end().run();
        }
    }
}
