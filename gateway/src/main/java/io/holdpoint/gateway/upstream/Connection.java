package io.holdpoint.gateway.upstream;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 connection to a server: at most one request at a time, never a second try. Belongs to one event loop.
 */
final class Connection extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final int COPIED_WITH_HEAD = 16 * 1024;

    private final ServerPool pool;
    private final boolean fresh;
    private State state = State.OPENING;
    private @Nullable Channel channel;
    private @Nullable Exchange exchange;
    private boolean answering;
    private boolean interim;
    private boolean reusable;
    private long idleLimit;
    private long since;

    private enum State {
        OPENING,
        IDLE,
        BUSY,
        /** The answer is complete, but what was read with it is not looked through yet. */
        ANSWERED,
        CLOSED
    }

    /** @param exchange what to send once it is open */
    Connection(ServerPool pool, Exchange exchange, long now) {
        this.pool = pool;
        this.fresh = exchange.isFresh();
        this.exchange = exchange;
        this.since = now;
        exchange.on(this);
    }

    boolean isFresh() {
        return fresh;
    }

    /** Whether an answer is waited for or under way. */
    boolean isWaiting() {
        return state == State.BUSY;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Whether a request may be written: open, unused, and nothing says that the server has gone. */
    boolean isUsable() {
        return state == State.IDLE && channel != null && channel.isActive();
    }

    void trying(Channel channel) {
        this.channel = channel;
    }

    /** The channel is connected, TLS included. */
    void opened() {
        if (state == State.OPENING && exchange != null) {
            send(exchange);
        }
    }

    void notOpened(String why) {
        fail(true, why);
    }

    void send(Exchange next) {
        exchange = next;
        next.on(this);
        state = State.BUSY;
        answering = false;
        since = pool.now();
        if (next.isPaused()) {
            reading(false);
        }
        write(next);
    }

    private void write(Exchange next) {
        var out = open();
        var head = next.head();
        var body = next.body();
        if (body.length <= COPIED_WITH_HEAD) {
            var all = out.alloc().ioBuffer(head.length + body.length);
            out.writeAndFlush(all.writeBytes(head).writeBytes(body), out.voidPromise());
        } else {
            out.write(Unpooled.wrappedBuffer(head), out.voidPromise());
            out.writeAndFlush(Unpooled.wrappedBuffer(body), out.voidPromise());
        }
    }

    private Channel open() {
        if (channel == null) {
            throw new IllegalStateException("a connection is used before it is open");
        }
        return channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            read((HttpObject) message);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpObject message) {
        if (exchange == null) {
            return;
        }
        if (message.decoderResult().isFailure()) {
            fail(false, pool.endpoint() + " sent what is not an HTTP/1.1 answer");
        } else {
            if (message instanceof HttpResponse head) {
                head(exchange, head);
            }
            if (message instanceof HttpContent piece && exchange != null) {
                piece(exchange, piece);
            }
        }
    }

    private void head(Exchange current, HttpResponse head) {
        var status = head.status().code();
        if (status == 101) {
            fail(false, pool.endpoint() + " wants another protocol (HTTP 101) nobody asked for");
            return;
        }
        interim = status < 200;
        if (!interim) {
            answering = true;
            reusable = !fresh && HttpUtil.isKeepAlive(head);
            idleLimit = idleLimit(head);
            current.answer().head(status, head.headers());
        }
    }

    private long idleLimit(HttpResponse head) {
        var announced = head.headers().get(HttpHeaderNames.KEEP_ALIVE);
        return announced == null ? pool.idle() : Math.min(pool.idle(), KeepAlive.usableNanos(announced));
    }

    private void piece(Exchange current, HttpContent piece) {
        var last = piece instanceof LastHttpContent;
        if (interim) {
            interim = !last;
            return;
        }
        if (piece.content().isReadable()) {
            current.answer().body(piece.content());
        }
        if (last && exchange == current) {
            answered(current);
        }
    }

    private void answered(Exchange current) {
        exchange = null;
        state = State.ANSWERED;
        if (!reusable) {
            close();
        }
        current.end();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (state == State.BUSY) {
            since = pool.now();
        } else if (state == State.ANSWERED) {
            answerWasAll(context.channel());
        }
    }

    private void answerWasAll(Channel open) {
        if (!open.isActive()) {
            close();
            return;
        }
        state = State.IDLE;
        since = pool.now();
        open.config().setAutoRead(true);
        pool.release(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(
                state == State.OPENING,
                pool.endpoint() + " closed the connection "
                        + (answering ? "in the middle of its answer" : "before it answered"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException || cause instanceof CodecException)) {
            log.warn("{} cannot be talked to any longer", pool.endpoint(), cause);
        }
        fail(state == State.OPENING, pool.endpoint() + " cannot be talked to any longer: " + Dialler.reason(cause));
    }

    /** Closes it if it is unused, opening or silent for too long. */
    void closeIfLate(long now) {
        if (state == State.OPENING && now - since > pool.opening()) {
            fail(
                    true,
                    pool.endpoint() + " could not be connected to within "
                            + TimeUnit.NANOSECONDS.toMillis(pool.opening()) + " ms");
        } else if (state == State.IDLE && now - since > idleLimit) {
            close();
        } else if (state == State.BUSY && exchange != null && exchange.isTooSilent(now - since)) {
            fail(
                    false,
                    pool.endpoint() + " was silent for " + TimeUnit.NANOSECONDS.toMillis(now - since)
                            + " ms and was given up");
        }
    }

    void reading(boolean on) {
        if (channel != null && state == State.BUSY) {
            since = pool.now();
            channel.config().setAutoRead(on);
        }
    }

    /** The caller has lost interest: nothing more is said to anybody. */
    void abandon() {
        exchange = null;
        close();
    }

    private void fail(boolean nothingSent, String what) {
        var current = exchange;
        exchange = null;
        close();
        if (current != null) {
            current.failed(nothingSent, what);
        }
    }

    void close() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        if (channel != null) {
            channel.close();
        }
        pool.closed(this);
    }
}
