package io.holdpoint.gateway;

import static io.holdpoint.gateway.Attacked.AGENT;
import static io.holdpoint.gateway.Attacked.call;
import static io.holdpoint.gateway.Attacked.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are there and do little: they lose their connections, and nobody else notices. */
class SlowClientTests {

    private static final int IDLE = 2000;
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private static Path directory;

    private static Attacked gateway;
    private static CompletableFuture<Boolean> slowHead;
    private static CompletableFuture<Boolean> slowBody;

    @BeforeAll
    static void start() {
        gateway = new Attacked(directory);
        var request = post(AGENT, call(1, "read", "{\"slow\":\"%s\"}".formatted("x".repeat(1000))));
        var body = request.indexOf("\r\n\r\n") + 4;
        slowHead = trickle("", request.substring(0, body).replace("Accept:", "X: " + "x".repeat(1000) + "\r\nAccept:"));
        slowBody = trickle(request.substring(0, body), request.substring(body));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Sends one byte a second, and says whether the gateway cut the connection within a minute. */
    private static CompletableFuture<Boolean> trickle(String first, String then) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (var agent = gateway.connect()) {
                        agent.send(first);
                        for (var i = 0; i < 60; i++) {
                            agent.send(then.substring(i, i + 1));
                            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                        }
                        return false;
                    } catch (UncheckedIOException e) {
                        return true;
                    }
                },
                task -> new Thread(task, "slow").start());
    }

    @Test
    @Timeout(90)
    void aHeadThatComesOneByteASecondIsCut() {
        assertThat(slowHead.join()).isTrue();
    }

    @Test
    @Timeout(90)
    void aBodyThatComesOneByteASecondIsCut() {
        assertThat(slowBody.join()).isTrue();
    }

    @Test
    void idleConnectionsDoNotDisturbACall() {
        List<RawAgent> idle = new ArrayList<>();
        try {
            for (var i = 0; i < IDLE; i++) {
                idle.add(gateway.connect());
            }
            var asked = System.nanoTime();
            assertThat(gateway.once(post(AGENT, call(1, "read", "{\"among idle\":1}")))
                            .text())
                    .contains("among idle");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
        } finally {
            idle.forEach(RawAgent::close);
        }
    }

    @Test
    void whatIsOnlyAnnouncedTakesNoRoom() {
        List<RawAgent> liars = new ArrayList<>();
        try {
            var before = used();
            for (var i = 0; i < 500; i++) {
                liars.add(gateway.connect()
                        .send(post(AGENT, "").replace("Content-Length: 0", "Content-Length: " + MEBIBYTE)));
            }
            assertThat(gateway.once(post(AGENT, call(1, "read", "{\"among liars\":1}")))
                            .text())
                    .contains("among liars");
            assertThat(used() - before).isLessThan(100L * MEBIBYTE);
        } finally {
            liars.forEach(RawAgent::close);
        }
    }

    private static long used() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
