package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.listener.AgentExchange;
import io.holdpoint.workflow.approval.Executions;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what a grant began when it is removed, over, or another one under the same name: what it asked people for
 * is void, and its open streams end. Safe for any thread.
 */
final class Revocations {

    static final String WHY = "the grant is not valid any more, or not the one that asked";

    private final Supplier<Grants> grants;
    private final Executions executions;
    private final Clock clock;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private @Nullable Grants looked;
    private Instant nextExpiry = Instant.MAX;

    Revocations(Supplier<Grants> grants, Executions executions, Clock clock) {
        this.grants = grants;
        this.executions = executions;
        this.clock = clock;
    }

    private record Stream(AgentExchange exchange, Runnable end, String grant, String server, String state) {}

    /**
     * Remembers a stream that may stay open for long. Called on its event loop.
     *
     * @param end breaks it off on both sides; called on the same loop
     */
    void watch(AgentRequest request, Runnable end) {
        var grant = request.grant();
        var server = request.access().server().name();
        streams.add(new Stream(request.exchange(), end, grant.id(), server, grant.state(server)));
    }

    /** Looks at everything again. Blocks; called by one thread at a time. */
    void look() {
        var now = grants.get();
        var time = clock.instant();
        for (var stream : streams) {
            stream.exchange().loop().execute(() -> endOrForget(stream, now));
        }
        if (looked != now || !time.isBefore(nextExpiry)) {
            executions.asked().stream()
                    .filter(asked -> !stands(now, asked.grant(), asked.server(), asked.grantState()))
                    .forEach(asked -> executions.voided(asked.id(), WHY));
            looked = now;
            nextExpiry = now.nextExpiry(time).orElse(Instant.MAX);
        }
    }

    private void endOrForget(Stream stream, Grants now) {
        if (!stream.exchange().isOver() && !stands(now, stream.grant(), stream.server(), stream.state())) {
            stream.end().run();
        }
        if (stream.exchange().isOver()) {
            streams.remove(stream);
        }
    }

    private boolean stands(Grants now, String grant, String server, String state) {
        return now.standing(grant, server, state, clock.instant()).isPresent();
    }
}
