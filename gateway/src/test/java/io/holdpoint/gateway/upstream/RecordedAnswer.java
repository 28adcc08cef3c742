package io.holdpoint.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what it is told and waits for the end. */
class RecordedAnswer implements ServerAnswer {

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger ends = new AtomicInteger();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    volatile int status;
    volatile HttpHeaders headers;
    volatile String failure = "";
    volatile boolean nothingSent;
    volatile Thread thread;

    @Override
    public void head(int status, HttpHeaders headers) {
        this.status = status;
        this.headers = headers;
        this.thread = Thread.currentThread();
    }

    @Override
    public void body(ByteBuf piece) {
        var bytes = new byte[piece.readableBytes()];
        piece.getBytes(piece.readerIndex(), bytes);
        body.writeBytes(bytes);
    }

    @Override
    public void end() {
        ends.incrementAndGet();
        over.countDown();
    }

    @Override
    public void failed(boolean nothingSent, String what) {
        this.nothingSent = nothingSent;
        this.failure = what;
        ends.incrementAndGet();
        over.countDown();
    }

    String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    int ends() {
        return ends.get();
    }

    RecordedAnswer await() {
        try {
            assertThat(over.await(20, TimeUnit.SECONDS)).as("the answer ended").isTrue();
            return this;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for a complete answer. */
    String answered() {
        await();
        assertThat(failure).isEmpty();
        return text();
    }
}
