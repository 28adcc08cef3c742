package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.listener.AgentExchange;
import io.holdpoint.gateway.mcp.JsonRpc;
import io.holdpoint.gateway.mcp.Refusal;
import io.holdpoint.gateway.mcp.Revision;
import io.holdpoint.gateway.mcp.ServerSentEvent;
import io.holdpoint.workflow.approval.ApprovalId;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One agent's connection that waits for an approval: no thread, and of the request only what is needed to answer.
 * Everything but {@link #loop()} and the final fields belongs to the exchange's event loop.
 */
final class Waiter implements AgentExchange.Watcher {

    private static final long SIGN_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final AgentExchange exchange;
    private final HeldCalls held;
    private final HeldCalls.Caller caller;
    private final byte[] requestId;
    private final byte[] progressToken;
    private final Revision revision;
    private final boolean stream;
    private final ApprovalId approval;
    private final String waitingFor;
    private final boolean own;
    private final LongSupplier nanos;
    private final long until;
    private long nextSign;
    private boolean running;

    /**
     * @param call the call, or one equal to it
     * @param waitingFor what progress says
     * @param own whether the call itself waits, and not {@code approval_await} for it
     * @param holdFor after how long the agent is told "pending"
     */
    Waiter(ToolCall call, HeldCalls held, ApprovalId approval, String waitingFor, Duration holdFor, boolean own) {
        this(call, held, approval, waitingFor, holdFor, own, System::nanoTime);
    }

    /** @param nanos what time it is, as {@link System#nanoTime()} says it */
    Waiter(
            ToolCall call,
            HeldCalls held,
            ApprovalId approval,
            String waitingFor,
            Duration holdFor,
            boolean own,
            LongSupplier nanos) {
        this.exchange = call.exchange();
        this.held = held;
        this.caller = new HeldCalls.Caller(call.grant().id(), call.server(), call.session());
        this.requestId = call.requestId();
        this.progressToken = call.message().progressToken().of(call.message().body());
        this.revision = call.revision();
        this.stream = Accepts.events(exchange.headers());
        this.approval = approval;
        this.waitingFor = waitingFor;
        this.own = own;
        this.nanos = nanos;
        var now = nanos.getAsLong();
        this.until = now + holdFor.toNanos();
        this.nextSign = now + SIGN_NANOS;
    }

    ApprovalId approval() {
        return approval;
    }

    HeldCalls.Caller caller() {
        return caller;
    }

    byte[] requestId() {
        return requestId;
    }

    EventLoop loop() {
        return exchange.loop();
    }

    boolean isOwn() {
        return own;
    }

    /** Begins to wait: the head of the answer goes out at once, so that no client's header time-out runs. */
    void begin() {
        exchange.watch(this);
        exchange.forget();
        if (stream) {
            exchange.start(200, eventHeaders(), false);
            exchange.write(Unpooled.wrappedBuffer(COMMENT), true);
            sign(nanos.getAsLong());
        }
    }

    private static io.netty.handler.codec.http.HttpHeaders eventHeaders() {
        return Answers.headers("text/event-stream")
                .set("cache-control", "no-cache")
                .set("x-accel-buffering", "no");
    }

    /** Gives a sign of life when it is time; says whether the time to wait is over. */
    boolean tick(long now) {
        if (now - nextSign >= 0) {
            nextSign = now + SIGN_NANOS;
            sign(now);
        }
        return now - until >= 0;
    }

    private void sign(long now) {
        if (!stream) {
            return;
        }
        exchange.write(Unpooled.wrappedBuffer(COMMENT), true);
        if (progressToken.length > 0 && !running) {
            send(JsonRpc.progress(progressToken, -secondsLeft(now), waitingFor), true);
        }
    }

    /** Counting down below zero keeps progress rising when the call runs and its server counts up from zero. */
    private long secondsLeft(long now) {
        return Math.max(1, (until - now + SECOND - 1) / SECOND);
    }

    /** The call was approved and goes out; progress is the server's from now on. */
    void runs() {
        running = true;
    }

    /** Sends a message of the server that belongs to the running call; an agent that takes nothing misses it. */
    void event(byte[] message) {
        if (stream && exchange.isWritable()) {
            send(message, true);
        }
    }

    private void send(byte[] message, boolean flush) {
        exchange.write(Unpooled.wrappedBuffer(ServerSentEvent.message(message).encoded()), flush);
    }

    /** Answers with a result, whatever the request's id. */
    ChannelFuture result(byte[] result) {
        return answer(JsonRpc.result(requestId, result));
    }

    /** Answers with a refusal. */
    ChannelFuture refuse(Refusal refusal) {
        return result(refusal.result(revision));
    }

    /** Answers with the server's JSON-RPC error. */
    ChannelFuture error(byte[] error) {
        return answer(JsonRpc.error(requestId, error));
    }

    private ChannelFuture answer(byte[] message) {
        if (!stream) {
            return Answers.json(exchange, 200, message);
        }
        send(message, false);
        return exchange.end();
    }

    /** The agent does not want an answer any more. */
    void abandon() {
        if (stream) {
            exchange.end();
        } else {
            exchange.abort();
        }
    }

    @Override
    public void gone() {
        held.gone(this);
    }
}
