package io.holdpoint.gateway.listener;

import io.holdpoint.gateway.mcp.JsonRpc;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One request of an agent and the answer to it. Everything happens on {@link #loop()}; a call after the connection is
 * gone does nothing.
 */
public final class AgentExchange {

    /** Told about the connection while an answer is under way. */
    public interface Watcher {

        /** The agent's connection is gone; nothing can be answered any more. */
        void gone();

        /** Whether the agent takes more, or the server has to wait. */
        default void writable(boolean yes) {}
    }

    private static final int INVALID_REQUEST = -32600;
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

    private final AgentConnection connection;
    private final HttpMethod method;
    private final String server;
    private HttpHeaders headers;
    private byte[] body;
    private final boolean keepAlive;
    private final HeadCheck.@Nullable Refused refused;
    private boolean started;
    private boolean over;
    private @Nullable Watcher watcher;
    private @Nullable Runnable whenOver;

    AgentExchange(
            AgentConnection connection,
            HttpMethod method,
            String server,
            HttpHeaders headers,
            byte[] body,
            boolean keepAlive) {
        this(connection, method, server, headers, body, keepAlive, null);
    }

    private AgentExchange(
            AgentConnection connection,
            HttpMethod method,
            String server,
            HttpHeaders headers,
            byte[] body,
            boolean keepAlive,
            HeadCheck.@Nullable Refused refused) {
        this.connection = connection;
        this.method = method;
        this.server = server;
        this.headers = headers;
        this.body = body;
        this.keepAlive = keepAlive;
        this.refused = refused;
    }

    /** A request that was refused already; it ends its connection. */
    static AgentExchange refused(
            AgentConnection connection, HttpMethod method, String server, HeadCheck.Refused refused) {
        return new AgentExchange(connection, method, server, EmptyHttpHeaders.INSTANCE, NOTHING, false, refused);
    }

    /** It is this request's turn. */
    void begin(AgentRequests requests) {
        var no = refused;
        if (no == null) {
            requests.handle(this);
            return;
        }
        var answer = new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        if (no.status() == 405) {
            answer.set(HttpHeaderNames.ALLOW, "POST, GET, DELETE");
        }
        var message = JsonRpc.error(NULL, INVALID_REQUEST, no.message(), "");
        respond(no.status(), answer, method.equals(HttpMethod.HEAD) ? NOTHING : message);
    }

    public HttpMethod method() {
        return method;
    }

    /** The server's name in the path {@code /mcp/{server}}. */
    public String server() {
        return server;
    }

    public HttpHeaders headers() {
        return headers;
    }

    /** The whole body; empty for none. */
    public byte[] body() {
        return body;
    }

    public EventLoop loop() {
        return connection.loop();
    }

    /** Whether an answer was begun. */
    public boolean isStarted() {
        return started;
    }

    /** Whether the answer is complete or the connection gone. */
    public boolean isOver() {
        return over;
    }

    /** Sets who is told about the connection from now on. */
    public void watch(Watcher watcher) {
        if (over) {
            watcher.gone();
            return;
        }
        this.watcher = watcher;
        if (!connection.isWritable()) {
            watcher.writable(false);
        }
    }

    /** @param told once, when the answer is complete or the connection gone; at once if it is already */
    public void whenOver(Runnable told) {
        if (over) {
            told.run();
        } else {
            whenOver = told;
        }
    }

    /** Whether the agent takes more at the moment. */
    public boolean isWritable() {
        return !over && connection.isWritable();
    }

    /** Lets go of the request's bytes and headers: a held call keeps only its connection. */
    public void forget() {
        headers = EmptyHttpHeaders.INSTANCE;
        body = NOTHING;
    }

    /** Answers completely. */
    public ChannelFuture respond(int status, HttpHeaders headers, byte[] body) {
        if (over) {
            return connection.failed();
        }
        started = true;
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.wrappedBuffer(body),
                headers,
                EmptyHttpHeaders.INSTANCE);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        var written = connection.write(response, true, keepAlive);
        finish();
        return written;
    }

    /**
     * Begins an answer; without a {@code Content-Length} it is sent in chunks.
     *
     * @param flush whether the agent should see the head at once
     */
    public void start(int status, HttpHeaders headers, boolean flush) {
        if (over) {
            return;
        }
        started = true;
        if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        connection.write(
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), headers),
                flush,
                keepAlive);
    }

    /** Sends a piece of the answer; the buffer is taken over. */
    public void write(ByteBuf piece, boolean flush) {
        if (over) {
            piece.release();
            return;
        }
        connection.write(new DefaultHttpContent(piece), flush, keepAlive);
    }

    /** Completes an answer that was started. */
    public ChannelFuture end() {
        if (over) {
            return connection.failed();
        }
        var written = connection.write(LastHttpContent.EMPTY_LAST_CONTENT, true, keepAlive);
        finish();
        return written;
    }

    /** Breaks the connection off: the answer cannot be completed and the agent must notice. */
    public void abort() {
        if (!over) {
            finish();
            connection.close();
        }
    }

    void connectionGone() {
        var told = watcher;
        watcher = null;
        becomeOver();
        if (told != null) {
            told.gone();
        }
    }

    void connectionWritable(boolean yes) {
        if (watcher != null) {
            watcher.writable(yes);
        }
    }

    private void becomeOver() {
        over = true;
        var told = whenOver;
        whenOver = null;
        if (told != null) {
            told.run();
        }
    }

    private void finish() {
        watcher = null;
        becomeOver();
        forget();
        connection.finished(this);
    }
}
