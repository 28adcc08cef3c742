package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

import io.holdpoint.workflow.approval.Executions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PendingCountsTests {

    private static final Optional<String> ALL = Optional.empty();

    private final Executions executions = mock();
    private final AtomicLong now = new AtomicLong();
    private final PendingCounts counts = new PendingCounts(executions, now::get);

    @Test
    void farFromTheLimitNothingIsCountedTwiceInASecond() {
        given(executions.pending(ALL)).willReturn(10);
        counts.reach(ALL, 1000);
        counts.reach(ALL, 1000);
        then(executions).should(times(1)).pending(ALL);
    }

    @Test
    void aSecondLaterItIsCountedAnew() {
        given(executions.pending(ALL)).willReturn(10, 1000);
        counts.reach(ALL, 1000);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(counts.reach(ALL, 1000)).isTrue();
    }

    @Test
    void nearTheLimitEveryCallIsCounted() {
        given(executions.pending(ALL)).willReturn(999, 1000);
        assertThat(counts.reach(ALL, 1000)).isFalse();
        assertThat(counts.reach(ALL, 1000)).isTrue();
    }

    @Test
    void whatWasOpenedMeanwhileBringsTheLimitNearer() {
        given(executions.pending(ALL)).willReturn(800, 1000);
        counts.reach(ALL, 1000);
        for (var opened = 0; opened < 200; opened++) {
            counts.opened("agent");
        }
        assertThat(counts.reach(ALL, 1000)).isTrue();
    }

    @Test
    void aGrantIsCountedByItself() {
        given(executions.pending(ALL)).willReturn(5);
        given(executions.pending(Optional.of("agent"))).willReturn(20);
        counts.reach(ALL, 1000);
        assertThat(counts.reach(Optional.of("agent"), 20)).isTrue();
    }
}
