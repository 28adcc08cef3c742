package io.holdpoint.workflow.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

class StepsTests {

    private static final Duration LONGER_THAN_IT_TRIES = Duration.ofSeconds(11);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // a counter that overflows, as it may
    private final AtomicInteger taken = new AtomicInteger();
    private final CountedTransactions transactions = new CountedTransactions();
    private final Steps steps = new Steps(transactions, nanos::get);

    @Test
    void aStepThatLosesARaceTwiceAndThenWinsIsDone() {
        steps.take(() -> failTheFirst(2));
        assertThat(taken).hasValue(3);
    }

    @Test
    void whatALostStepDidIsUndone() {
        steps.take(() -> failTheFirst(2));
        assertThat(transactions.rolledBack).isEqualTo(2);
        assertThat(transactions.committed).isEqualTo(1);
    }

    @Test
    void aFactIsNotRepeated() {
        assertThatThrownBy(() -> steps.take(() -> {
                    taken.incrementAndGet();
                    throw new ReviewRefused.Expired("too late");
                }))
                .isInstanceOf(ReviewRefused.Expired.class);
        assertThat(taken).hasValue(1);
    }

    @Test
    void afterTheDeadlineItGivesUp() {
        assertThatThrownBy(() -> steps.take(() -> {
                    nanos.addAndGet(LONGER_THAN_IT_TRIES.toNanos());
                    failTheFirst(2);
                }))
                .isInstanceOf(NullPointerException.class);
        assertThat(taken).hasValue(1);
    }

    @Test
    void aStepThatNeverWinsIsGivenUp() {
        assertThatThrownBy(() -> steps.take(() -> failTheFirst(Integer.MAX_VALUE)))
                .isInstanceOf(NullPointerException.class);
        assertThat(taken).hasValue(20);
    }

    /** As the engine fails whoever loses a race in it. */
    private void failTheFirst(int times) {
        if (taken.incrementAndGet() <= times) {
            throw new NullPointerException("lost a race");
        }
    }

    private static final class CountedTransactions extends AbstractPlatformTransactionManager {

        private int committed;
        private int rolledBack;

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            committed++;
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            rolledBack++;
        }
    }
}
