package io.holdpoint.gateway.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.console.HandClock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptsTests {

    private final HandClock clock = new HandClock();
    private final Attempts attempts = new Attempts(3, Duration.ofSeconds(30), 100, clock);

    @Test
    void theFirstOnesAreFree() {
        assertThat(IntStream.range(0, 3).mapToObj(i -> attempts.take("ana"))).allMatch(wait -> wait.isEmpty());
    }

    @Test
    void theNextHasToWaitForAsLongAsIsLeft() {
        take(3);
        clock.advance(Duration.ofSeconds(12));
        assertThat(attempts.take("ana")).contains(Duration.ofSeconds(18));
    }

    @Test
    void askingWhileOneHasToWaitMakesTheWaitNoLonger() {
        take(10);
        clock.advance(Duration.ofSeconds(30));
        assertThat(attempts.take("ana")).isEmpty();
    }

    @Test
    void eachTryAfterThatWaitsAgain() {
        take(3);
        clock.advance(Duration.ofSeconds(30));
        take(1);
        assertThat(attempts.take("ana")).contains(Duration.ofSeconds(30));
    }

    @Test
    void whoKeepsThePaceIsNeverKeptOut() {
        take(2);
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofSeconds(30));
            assertThat(attempts.take("ana")).isEmpty();
        }
    }

    @Test
    void oneFailureIsForgottenInEachPause() {
        take(3);
        clock.advance(Duration.ofSeconds(60));
        take(2);
        assertThat(attempts.take("ana")).contains(Duration.ofSeconds(30));
    }

    @Test
    void aTryThatWasNoFailureDoesNotCount() {
        take(3);
        attempts.giveBack("ana");
        assertThat(attempts.take("ana")).isEmpty();
    }

    @Test
    void oneDoesNotWaitForAnother() {
        take(10);
        assertThat(attempts.take("bo")).isEmpty();
    }

    @Test
    void aClockSetBackLocksNobodyOut() {
        take(3);
        clock.advance(Duration.ofDays(-1));
        assertThat(attempts.take("ana")).isEmpty();
    }

    @Test
    void noMoreAreRememberedThanThereIsRoomFor() {
        IntStream.range(0, 1_000).forEach(i -> attempts.take("name" + i));
        assertThat(attempts.remembered()).isEqualTo(100);
    }

    @Test
    void ofManyAtOnceNoMoreAreFreeThanOneByOne() throws InterruptedException {
        var threads = Executors.newFixedThreadPool(8);
        var free = new LongAdder();
        Callable<Void> take = () -> {
            if (attempts.take("ana").isEmpty()) {
                free.increment();
            }
            return null;
        };
        try {
            threads.invokeAll(IntStream.range(0, 200).mapToObj(i -> take).toList());
            assertThat(free.sum()).isEqualTo(3);
        } finally {
            threads.shutdownNow();
        }
    }

    private void take(int times) {
        for (int i = 0; i < times; i++) {
            attempts.take("ana");
        }
    }
}
