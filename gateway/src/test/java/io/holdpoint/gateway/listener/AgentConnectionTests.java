package io.holdpoint.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentConnectionTests {

    private final List<AgentExchange> begun = new ArrayList<>();

    /** A request that waited for its turn begins in a task of the loop, which only logs what is thrown. */
    @Test
    void aRequestWhoseTurnEndsWithAnErrorEndsTheConnection() {
        var settings = AgentSettings.defaults();
        var channel = new EmbeddedChannel(
                new AgentConnection(settings, new HeadCheck(settings), new OnlyOne(), new AgentConnections()));
        channel.writeInbound(request(), request());
        begun.get(0).respond(200, new DefaultHttpHeaders(), new byte[0]);
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    private static DefaultFullHttpRequest request() {
        var body = Unpooled.copiedBuffer("{}", StandardCharsets.UTF_8);
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/mcp/imaging", body);
        request.headers()
                .set("Host", "localhost")
                .set("Content-Type", "application/json")
                .set("Accept", "application/json, text/event-stream")
                .set("Content-Length", body.readableBytes());
        return request;
    }

    private final class OnlyOne implements AgentRequests {
        @Override
        public void handle(AgentExchange exchange) {
            if (!begun.isEmpty()) {
                throw new StackOverflowError("not a real one");
            }
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
}
