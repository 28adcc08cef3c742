package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.listener.AgentExchange;
import io.holdpoint.gateway.mcp.JsonRpc;
import io.holdpoint.gateway.mcp.SessionSeal;
import io.holdpoint.gateway.upstream.ServerAnswer;
import io.holdpoint.gateway.upstream.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Brings one server's answer to the agent as it comes, byte for byte. Everything happens on the exchange's event loop.
 */
class Relay implements ServerAnswer, AgentExchange.Watcher {

    private static final HeaderNames KEPT = new HeaderNames(
            "content-type", "content-length", "cache-control", "x-accel-buffering", "allow", "retry-after");
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final int INTERNAL_ERROR = -32603;

    private final AgentRequest request;
    private final SessionSeal sessions;
    private final @Nullable FailureSniffer failure;
    private Upstream.@Nullable Sent sent;
    private Runnable whenStream = () -> {};
    private boolean inPieces;

    Relay(AgentRequest request, SessionSeal sessions) {
        this.request = request;
        this.sessions = sessions;
        this.failure = null;
    }

    /** @param didNothing called if the server certainly did nothing: nothing was sent, HTTP 4xx, or a JSON-RPC error */
    Relay(AgentRequest request, SessionSeal sessions, Runnable didNothing) {
        this.request = request;
        this.sessions = sessions;
        this.failure = new FailureSniffer(request.id(), didNothing);
    }

    final AgentRequest request() {
        return request;
    }

    final AgentExchange exchange() {
        return request.exchange();
    }

    final void sent(Upstream.Sent onItsWay) {
        this.sent = onItsWay;
    }

    /** @param told once the answer turns out to be a stream of events, which may stay open for long */
    final void whenStream(Runnable told) {
        this.whenStream = told;
    }

    @Override
    public void head(int status, HttpHeaders headers) {
        if (failure != null) {
            failure.head(status, headers);
        }
        if (status == 401 || status == 403 || status == 407) {
            abortServer();
            fail("the server %s refused the gateway's own credentials (HTTP %d); check servers.%s.headers"
                    .formatted(server(), status, server()));
            return;
        }
        inPieces = !headers.contains(HttpHeaderNames.CONTENT_LENGTH);
        try {
            exchange().start(status, answerHeaders(headers), inPieces);
            if (ServerMessages.areEvents(headers)) {
                whenStream.run();
            }
        } catch (IllegalArgumentException e) {
            abortServer();
            fail("the server %s gave a session id that is not visible ASCII".formatted(server()));
        }
    }

    @Override
    public void body(ByteBuf piece) {
        if (failure != null) {
            failure.piece(piece);
        }
        exchange().write(piece.retain(), inPieces);
    }

    @Override
    public void end() {
        if (failure != null) {
            failure.end();
        }
        exchange().end();
    }

    @Override
    public void failed(boolean nothingSent, String what) {
        if (failure != null && nothingSent) {
            failure.nothingSent();
        }
        fail(
                nothingSent
                        ? "the server %s cannot be reached: %s; nothing was sent, the call may be repeated"
                                .formatted(server(), what)
                        : "the server %s did not answer: %s; it may have acted on the request"
                                .formatted(server(), what));
    }

    @Override
    public void gone() {
        abortServer();
    }

    @Override
    public void writable(boolean yes) {
        if (sent != null) {
            sent.reading(yes);
        }
    }

    /** Ends an answer under way, for the agent and for the server. */
    final void breakOff() {
        exchange().abort();
        abortServer();
    }

    /** Tells the agent that there will be no answer, or breaks off one that was begun. */
    final void fail(String message) {
        if (exchange().isStarted()) {
            exchange().abort();
            return;
        }
        var id = request.id().length == 0 ? NULL : request.id();
        Answers.json(exchange(), 502, JsonRpc.error(id, INTERNAL_ERROR, message, ""));
    }

    final void abortServer() {
        if (sent != null) {
            sent.abort();
        }
    }

    final HttpHeaders answerHeaders(HttpHeaders headers) {
        var answer =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        for (var all = headers.iteratorCharSequence(); all.hasNext(); ) {
            var header = all.next();
            if (KEPT.contains(header.getKey())) {
                answer.add(header.getKey(), header.getValue());
            }
        }
        var session = answer.get(ForwardedHeaders.SESSION);
        if (session != null) {
            answer.set(
                    ForwardedHeaders.SESSION,
                    sessions.seal(session, request.grant().id(), server(), request.clientName()));
        }
        return answer;
    }

    private String server() {
        return request.access().server().name();
    }
}
