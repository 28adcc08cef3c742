package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.listener.AgentExchange;
import io.holdpoint.gateway.mcp.JsonRpc;
import io.holdpoint.gateway.mcp.Refusal;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** Answers the gateway gives itself, as JSON. */
final class Answers {

    private static final byte[] NOTHING = {};

    private Answers() {}

    static HttpHeaders headers(String contentType) {
        return DefaultHttpHeadersFactory.headersFactory()
                .withValidation(false)
                .newHeaders()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType);
    }

    static ChannelFuture json(AgentExchange exchange, int status, byte[] message) {
        return exchange.respond(status, headers("application/json"), message);
    }

    static void empty(AgentExchange exchange, int status) {
        exchange.respond(status, DefaultHttpHeadersFactory.headersFactory().newEmptyHeaders(), NOTHING);
    }

    /** A denial is a tool result, not a protocol error (spec 03, What the agent gets when refused). */
    static void refuse(ToolCall call, Refusal refusal) {
        json(call.exchange(), 200, JsonRpc.result(call.requestId(), refusal.result(call.revision())));
    }
}
