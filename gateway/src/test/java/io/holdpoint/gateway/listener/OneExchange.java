package io.holdpoint.gateway.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One request of an agent without a network, for tests of what is answered and when. */
public final class OneExchange implements AutoCloseable {

    private final List<AgentExchange> begun = new ArrayList<>();
    private final EmbeddedChannel channel;

    /** @param body of a request that takes events */
    public OneExchange(String body) {
        var settings = AgentSettings.defaults();
        channel = new EmbeddedChannel(
                new HttpResponseEncoder(),
                new AgentConnection(settings, new HeadCheck(settings), new Taker(), new AgentConnections()));
        var request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                "/mcp/imaging",
                Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        request.headers()
                .set("Host", "localhost")
                .set("Content-Type", "application/json")
                .set("Accept", "application/json, text/event-stream")
                .set("Content-Length", request.content().readableBytes());
        channel.writeInbound(request);
    }

    private final class Taker implements AgentRequests {
        @Override
        public void handle(AgentExchange exchange) {
            begun.add(exchange);
        }

        @Override
        public boolean knows(HttpHeaders headers) {
            return true;
        }

        @Override
        public void refused(String server, int status, String message) {
            throw new AssertionError(message);
        }
    }

    public AgentExchange exchange() {
        return begun.get(0);
    }

    /** What was sent to the agent since the last time somebody asked. */
    public String sent() {
        channel.runPendingTasks();
        channel.flushOutbound();
        var text = new StringBuilder();
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            text.append(piece.toString(StandardCharsets.UTF_8));
            piece.release();
        }
        return text.toString();
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
