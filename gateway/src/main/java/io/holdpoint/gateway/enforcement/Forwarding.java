package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.gateway.limit.Reserved;
import io.holdpoint.gateway.listener.AgentExchange;
import io.holdpoint.gateway.mcp.SessionSeal;
import io.holdpoint.gateway.upstream.ServerRequest;
import io.holdpoint.gateway.upstream.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends what may pass to its server and brings the answer back as it comes. */
final class Forwarding {

    private static final Logger log = LoggerFactory.getLogger(Forwarding.class);
    private static final Duration FOR_EVER = Duration.ofSeconds(-1);

    private final Upstream upstream;
    private final SessionSeal sessions;
    private final Limits limits;
    private final TransactionTemplate transactions;
    private final Revocations revocations;
    private final Executor workers;

    Forwarding(
            Upstream upstream,
            SessionSeal sessions,
            Limits limits,
            TransactionTemplate transactions,
            Revocations revocations,
            Executor workers) {
        this.upstream = upstream;
        this.sessions = sessions;
        this.limits = limits;
        this.transactions = transactions;
        this.revocations = revocations;
        this.workers = workers;
    }

    /** Forwards an allowed call; what it reserved is given back if its server certainly did nothing. */
    void forward(ToolCall call, List<Reserved> reserved) {
        var request = new AgentRequest(
                call.exchange(), call.grant(), call.access(), call.session(), call.clientName(), call.requestId());
        var relay = reserved.isEmpty()
                ? new Relay(request, sessions)
                : new Relay(request, sessions, () -> giveBack(reserved));
        send(request, relay, Upstream.SERVER_TIMEOUT);
    }

    /** Forwards any other request as it is. */
    void pass(AgentRequest request) {
        send(request, new Relay(request, sessions), Upstream.SERVER_TIMEOUT);
    }

    /** Forwards a request for the server's stream of messages, which may be silent for ever. */
    void stream(AgentRequest request) {
        send(request, new Relay(request, sessions), FOR_EVER);
    }

    /** Forwards a request whose answer is changed on its way back. */
    void edit(AgentRequest request, Relay relay) {
        send(request, relay, Upstream.SERVER_TIMEOUT);
    }

    private void send(AgentRequest request, Relay relay, Duration silence) {
        AgentExchange exchange = request.exchange();
        if (exchange.isOver()) {
            relay.failed(true, "the agent is gone");
            return;
        }
        var toServer = new ServerRequest(
                exchange.method(),
                exchange.body(),
                ForwardedHeaders.of(exchange.headers(), request.session()),
                silence == FOR_EVER);
        if (silence == FOR_EVER) {
            revocations.watch(request, relay::breakOff); // at once: the server may not even begin for long
        } else {
            relay.whenStream(() -> revocations.watch(request, relay::breakOff));
        }
        exchange.watch(relay);
        relay.sent(upstream.send(exchange.loop(), request.access().server(), toServer, silence, relay));
    }

    private void giveBack(List<Reserved> reserved) {
        workers.execute(() -> {
            try {
                transactions.executeWithoutResult(status -> limits.giveBack(reserved));
            } catch (DataAccessException | TransactionException e) {
                log.warn("a limit stays used although its call did nothing: {}", e.toString());
            }
        });
    }
}
