package io.holdpoint.gateway.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's connection: checks each request's head, collects its body, and hands it on. Requests of one connection are
 * answered one after the other; few may wait. After a refusal, or a request that asks for it, nothing more is read.
 */
final class AgentConnection extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(AgentConnection.class);
    private static final int MAX_WAITING = 4;
    private static final int FIRST_BYTES = 1024;
    private static final int LARGE_BYTES = 16 << 10;
    private static final byte[] NOTHING = {};

    private final AgentSettings settings;
    private final HeadCheck heads;
    private final AgentRequests requests;
    private final AgentConnections peers;
    private final Queue<AgentExchange> waiting = new ArrayDeque<>(1);

    private @Nullable ChannelHandlerContext context;
    private @Nullable AgentExchange current;
    private @Nullable HttpRequest head;
    private byte[] body = NOTHING;
    private int length;
    private boolean lastRequestSeen;
    /** Whether a request's head has begun to arrive, and whether anything whole was read since the last look. */
    private boolean heading;

    private boolean heard;
    private long since;
    private long unwritableSince;

    AgentConnection(AgentSettings settings, HeadCheck heads, AgentRequests requests, AgentConnections peers) {
        this.settings = settings;
        this.heads = heads;
        this.requests = requests;
        this.peers = peers;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        since = System.nanoTime();
        peers.add(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        peers.remove(this);
        waiting.forEach(AgentExchange::connectionGone);
        waiting.clear();
        var answering = current;
        current = null;
        if (answering != null) {
            answering.connectionGone();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        heard = true;
        try {
            if (lastRequestSeen && head == null) {
                return;
            }
            if (message instanceof HttpRequest request) {
                begin(request);
            }
            if (message instanceof HttpContent content && head != null) {
                collect(head, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** Bytes came and were no message yet: from then on a head has only so long to arrive. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!heard && head == null && !heading) {
            heading = true;
            since = System.nanoTime();
        }
        heard = false;
    }

    private void begin(HttpRequest request) {
        since = System.nanoTime();
        heading = false;
        var announced = request.decoderResult().isFailure() ? 0 : HttpUtil.getContentLength(request, 0L);
        var refusal = heads.refuse(request, announced);
        if (refusal.isPresent()) {
            refuse(request, refusal.get());
            return;
        }
        var large = announced > LARGE_BYTES || HttpUtil.isTransferEncodingChunked(request);
        if (large && !requests.knows(request.headers())) {
            queueLast(exchange(request, NOTHING, false));
            return;
        }
        head = request;
        length = 0;
        body = announced == 0 ? NOTHING : new byte[(int) Math.min(announced, LARGE_BYTES)];
        if (HttpUtil.is100ContinueExpected(request) && current == null) {
            write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE), true, true);
        }
    }

    private void collect(HttpRequest request, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            refuse(request, new HeadCheck.Refused(400, "the request's body is not well-formed HTTP/1.1"));
        } else if (!append(content.content())) {
            refuse(request, heads.tooLarge(length));
        } else if (content instanceof LastHttpContent) {
            head = null;
            complete(request, length == body.length ? body : Arrays.copyOf(body, length));
            body = NOTHING;
        }
    }

    private boolean append(ByteBuf piece) {
        var more = piece.readableBytes();
        if (length + more > settings.maxBody()) {
            length += more;
            return false;
        }
        if (length + more > body.length) {
            body = Arrays.copyOf(body, Math.min(settings.maxBody(), Math.max(FIRST_BYTES, 2 * (length + more))));
        }
        piece.readBytes(body, length, more);
        length += more;
        return true;
    }

    private void complete(HttpRequest request, byte[] whole) {
        if (whole.length > 0 && !HeadCheck.mayHaveBody(request)) {
            refuse(request, new HeadCheck.Refused(400, "a %s request has no body".formatted(request.method())));
        } else if (HttpUtil.isKeepAlive(request)) {
            queue(exchange(request, whole, true));
        } else {
            queueLast(exchange(request, whole, false));
        }
    }

    private AgentExchange exchange(HttpRequest request, byte[] whole, boolean keepAlive) {
        return new AgentExchange(
                this, request.method(), HeadCheck.server(request.uri()), request.headers(), whole, keepAlive);
    }

    /** Refuses without having read everything, so the connection ends with that answer, in its turn. */
    private void refuse(HttpRequest request, HeadCheck.Refused refused) {
        var server = HeadCheck.server(request.uri());
        requests.refused(server, refused.status(), refused.message());
        queueLast(AgentExchange.refused(this, request.method(), server, refused));
    }

    private void queueLast(AgentExchange exchange) {
        head = null;
        body = NOTHING;
        lastRequestSeen = true;
        queue(exchange);
    }

    private void queue(AgentExchange exchange) {
        if (current == null) {
            answer(exchange);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(exchange);
        } else {
            close();
        }
    }

    private void answer(AgentExchange exchange) {
        current = exchange;
        try {
            exchange.begin(requests);
        } catch (Throwable e) {
            // The edge of the loop, for errors too: whatever went wrong, this agent must not wait for ever.
            log.error("a request failed", e);
            exchange.abort();
        }
    }

    /** The answer is complete: the next request, or the end of the connection. */
    void finished(AgentExchange exchange) {
        if (exchange != current) {
            return;
        }
        current = null;
        since = System.nanoTime();
        var next = waiting.poll();
        if (next != null) {
            current = next;
            loop().execute(() -> answer(next));
        }
    }

    ChannelFuture write(Object message, boolean flush, boolean keepAlive) {
        var ctx = Objects.requireNonNull(context);
        if (message instanceof HttpResponse response && !keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, "close");
        }
        var future = flush ? ctx.writeAndFlush(message) : ctx.write(message);
        if (message instanceof LastHttpContent && !keepAlive) {
            future.addListener(ChannelFutureListener.CLOSE);
        }
        return future;
    }

    ChannelFuture failed() {
        return Objects.requireNonNull(context).newFailedFuture(new ClosedChannelException());
    }

    boolean isWritable() {
        return Objects.requireNonNull(context).channel().isWritable();
    }

    EventLoop loop() {
        return Objects.requireNonNull(context).channel().eventLoop();
    }

    void close() {
        Objects.requireNonNull(context).close();
    }

    /** Closes the connection of a client that sends or takes too slowly, or has asked nothing for long. */
    void closeIfStale(long now, long slowNanos, long idleNanos) {
        if (unwritableSince != 0 && now - unwritableSince > slowNanos) {
            close();
        } else if (current == null && now - since > (head != null || heading ? slowNanos : idleNanos)) {
            close();
        }
    }

    /** An agent that does not take its answers gets no more of its requests read. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        var writable = ctx.channel().isWritable();
        unwritableSince = writable ? 0 : System.nanoTime();
        ctx.channel().config().setAutoRead(writable);
        var answering = current;
        if (answering != null) {
            answering.connectionWritable(writable);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("an agent's connection broke: {}", cause.toString());
        ctx.close();
    }
}
