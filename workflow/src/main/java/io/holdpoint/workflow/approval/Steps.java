package io.holdpoint.workflow.approval;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Steps of an approval, each in a transaction of its own. A step locks the approval's row first, so it is repeated as a
 * whole when it fails: the second time it sees what the winner did. Without repeating, 98 of 300 valid reviews of
 * quorums died (spec 05).
 */
final class Steps {

    private static final int ATTEMPTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final TransactionTemplate own;
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime} counts */
    Steps(PlatformTransactionManager transactions, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Does a step; facts about the approval end it at once, anything else is tried again. */
    <T> T take(Supplier<T> step) {
        var deadline = nanoTime.getAsLong() + LONGEST.toNanos();
        for (var attempt = 1; ; attempt++) {
            try {
                return Objects.requireNonNull(own.execute(status -> step.get()));
            } catch (ReviewRefused | CannotCreateTransactionException e) {
                throw e;
            } catch (
                    RuntimeException
                            e) { // whoever loses a race in the engine gets any of them, NullPointerException too
                if (attempt == ATTEMPTS || nanoTime.getAsLong() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.multipliedBy(attempt).toNanos());
            }
        }
    }

    void take(Runnable step) {
        take(() -> {
            step.run();
            return true;
        });
    }
}
