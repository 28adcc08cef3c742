package io.holdpoint.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitingTests {

    private final CountDownLatch dots = new CountDownLatch(3);
    private final StringWriter terminal = new StringWriter() {
        @Override
        public void flush() {
            dots.countDown();
        }
    };

    @Test
    void aPersonSeesDotsOnALineOfTheirOwn() throws InterruptedException {
        try (var waiting = new Waiting(new PrintWriter(terminal), Duration.ofMillis(1))) {
            assertThat(dots.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(terminal.toString()).matches("\\.{3,}\\R");
    }

    @Test
    void whatIsQuickSaysNothing() {
        new Waiting(new PrintWriter(terminal), Duration.ofHours(1)).close();
        assertThat(terminal.toString()).isEmpty();
    }
}
