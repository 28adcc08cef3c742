package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.listener.AgentExchange;
import io.holdpoint.gateway.listener.AgentRequests;
import io.holdpoint.gateway.mcp.HeaderCheck;
import io.holdpoint.gateway.mcp.JsonRpc;
import io.holdpoint.gateway.mcp.Message;
import io.holdpoint.gateway.mcp.MessageReader;
import io.holdpoint.gateway.mcp.Revision;
import io.holdpoint.gateway.mcp.SessionSeal;
import io.holdpoint.gateway.mcp.Unacceptable;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks every agent who it is, reads what it says, and shows each request to its room. */
final class AgentDoor implements AgentRequests {

    private static final String BEARER = "Bearer ";
    private static final byte[] NO_ID = {};
    private static final SessionSeal.Session NO_SESSION = new SessionSeal.Session("", "");
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final int INVALID_REQUEST = -32600;
    private static final int METHOD_NOT_FOUND = -32601;

    private final Supplier<Grants> grants;
    private final MessageReader reader;
    private final SessionSeal sessions;
    private final Catalog catalog;
    private final CallIds callIds;
    private final ToolCallGate gate;
    private final AwaitTool awaitTool;
    private final Forwarding forwarding;
    private final HeldCalls held;
    private final Refusals refusals;
    private final Clock clock;

    AgentDoor(
            Supplier<Grants> grants,
            MessageReader reader,
            SessionSeal sessions,
            Catalog catalog,
            CallIds callIds,
            ToolCallGate gate,
            AwaitTool awaitTool,
            Forwarding forwarding,
            HeldCalls held,
            Refusals refusals,
            Clock clock) {
        this.grants = grants;
        this.reader = reader;
        this.sessions = sessions;
        this.catalog = catalog;
        this.callIds = callIds;
        this.gate = gate;
        this.awaitTool = awaitTool;
        this.forwarding = forwarding;
        this.held = held;
        this.refusals = refusals;
        this.clock = clock;
    }

    @Override
    public void handle(AgentExchange exchange) {
        var grant = caller(exchange.headers());
        if (grant.isEmpty()) {
            unauthorized(exchange);
            return;
        }
        var access = grant.get().servers().get(exchange.server());
        if (access == null) {
            refuse(
                    exchange,
                    grant.get(),
                    new Unacceptable(404, INVALID_REQUEST, "This grant knows no server of that name.", NULL, ""));
            return;
        }
        try {
            admit(exchange, grant.get(), access);
        } catch (Unacceptable e) {
            refuse(exchange, grant.get(), e);
        }
    }

    @Override
    public void refused(String server, int status, String message) {
        refusals.note(status, message);
    }

    @Override
    public boolean knows(HttpHeaders headers) {
        return caller(headers).isPresent();
    }

    private Optional<Grant> caller(HttpHeaders headers) {
        var credentials = headers.getAll(HttpHeaderNames.AUTHORIZATION);
        if (credentials.size() != 1 || !credentials.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        var token = credentials.get(0).substring(BEARER.length()).strip();
        return grants.get().byToken(token).filter(grant -> grant.isValidAt(clock.instant()));
    }

    private void unauthorized(AgentExchange exchange) {
        refusals.note(401, "no valid grant was presented");
        var message =
                "Present a grant: \"Authorization: Bearer <grant token>\". This one is missing, unknown or expired.";
        var headers = Answers.headers("application/json").set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        exchange.respond(401, headers, JsonRpc.error(NULL, INVALID_REQUEST, message, ""));
    }

    private void refuse(AgentExchange exchange, Grant grant, Unacceptable refusal) {
        refusals.note(exchange.server(), grant, refusal.code(), String.valueOf(refusal.getMessage()));
        Answers.json(exchange, refusal.status(), JsonRpc.error(refusal));
    }

    private void admit(AgentExchange exchange, Grant grant, Grant.Access access) {
        var session = session(exchange, grant);
        if (!exchange.method().equals(HttpMethod.POST)) {
            HeaderCheck.ofBodyless(name -> exchange.headers().getAll(name));
            var request =
                    new AgentRequest(exchange, grant, access, session.serverSession(), session.clientName(), NO_ID);
            if (exchange.method().equals(HttpMethod.GET)) {
                forwarding.stream(request);
            } else {
                forwarding.pass(request);
            }
            return;
        }
        var message = reader.read(exchange.body());
        var revision = HeaderCheck.check(message, name -> exchange.headers().getAll(name));
        route(exchange, grant, access, session, message, revision);
    }

    private SessionSeal.Session session(AgentExchange exchange, Grant grant) {
        var sealed = exchange.headers().getAll(ForwardedHeaders.SESSION);
        if (sealed.isEmpty()) {
            return NO_SESSION;
        }
        if (sealed.size() > 1) {
            throw new Unacceptable(400, INVALID_REQUEST, "The request has two Mcp-Session-Id headers.", NULL, "");
        }
        return sessions.open(sealed.get(0), grant.id(), exchange.server())
                .orElseThrow(() -> new Unacceptable(
                        404, INVALID_REQUEST, "There is no such session; initialize again.", NULL, ""));
    }

    private void route(
            AgentExchange exchange,
            Grant grant,
            Grant.Access access,
            SessionSeal.Session session,
            Message message,
            Revision revision) {
        var name = message.clientName().isEmpty() ? session.clientName() : message.clientName();
        var id = message.id().isPresent() ? message.id().of(message.body()) : NO_ID;
        var request = new AgentRequest(exchange, grant, access, session.serverSession(), name, id);
        if (access.server().denies(message.method())) {
            throw new Unacceptable(
                    404,
                    METHOD_NOT_FOUND,
                    "The method %s is not allowed on this server.".formatted(message.method()),
                    id.length == 0 ? NULL : id,
                    "");
        }
        switch (message.method()) {
            case "tools/call" -> call(request, message, revision);
            case "tools/list" -> forwarding.edit(request, new ToolListRelay(request, sessions, catalog));
            case "notifications/cancelled" -> cancel(request, message);
            default -> forwarding.pass(request);
        }
    }

    private void call(AgentRequest request, Message message, Revision revision) {
        var server = request.access().server();
        var call = new ToolCall(
                callIds.next(),
                request.exchange(),
                request.grant(),
                request.access(),
                message,
                revision,
                request.session(),
                request.clientName(),
                catalog.remembered(server, message.name()),
                Optional.empty());
        if (awaitTool.isMeant(call)) {
            awaitTool.take(call);
        } else {
            gate.admit(call);
        }
    }

    private void cancel(AgentRequest request, Message message) {
        var requestId = message.requestId().of(message.body());
        if (held.cancel(
                new HeldCalls.Caller(request.grant().id(), request.exchange().server(), request.session()),
                requestId,
                message.reason())) {
            Answers.empty(request.exchange(), 202);
        } else {
            forwarding.pass(request);
        }
    }
}
