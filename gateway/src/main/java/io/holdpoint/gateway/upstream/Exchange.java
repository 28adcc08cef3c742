package io.holdpoint.gateway.upstream;

import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * One request and who listens to its answer. Belongs to one event loop; says {@code end} or {@code failed} at most once.
 */
final class Exchange implements Upstream.Sent {

    private final EventExecutor loop;
    private final byte[] head;
    private final ServerRequest request;
    private final long silence;
    private final ServerAnswer answer;
    private final long begun;
    private @Nullable Connection connection;
    private boolean handedOver;
    private boolean over;
    private boolean paused;

    /**
     * @param silence nanoseconds the server may be silent; 0 or less for ever
     * @param begun when it was asked for, on the monotonic clock
     */
    Exchange(EventExecutor loop, byte[] head, ServerRequest request, long silence, ServerAnswer answer, long begun) {
        this.loop = loop;
        this.head = head;
        this.request = request;
        this.silence = silence;
        this.answer = answer;
        this.begun = begun;
    }

    byte[] head() {
        return head;
    }

    byte[] body() {
        return request.body();
    }

    boolean isFresh() {
        return request.freshConnection();
    }

    ServerAnswer answer() {
        return answer;
    }

    long begun() {
        return begun;
    }

    boolean isOver() {
        return over;
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether the server has been silent for too long; silence that the caller asked for does not count. */
    boolean isTooSilent(long nanos) {
        return silence > 0 && !paused && nanos > silence;
    }

    /** The caller has its handle: from now on it may hear of a failure at once. */
    Exchange handOver() {
        handedOver = true;
        return this;
    }

    void on(Connection connection) {
        this.connection = connection;
    }

    void end() {
        if (close()) {
            answer.end();
        }
    }

    void failed(boolean nothingSent, String what) {
        if (!handedOver) {
            // Said after send has returned, so that nobody hears of the end of something he does not hold yet.
            loop.execute(() -> handOver().failed(nothingSent, what));
        } else if (close()) {
            answer.failed(nothingSent, what);
        }
    }

    private boolean close() {
        var first = !over;
        over = true;
        connection = null;
        return first;
    }

    @Override
    public void abort() {
        var used = connection;
        close();
        if (used != null) {
            used.abandon();
        }
    }

    @Override
    public void reading(boolean on) {
        paused = !on;
        if (connection != null) {
            connection.reading(on);
        }
    }
}
