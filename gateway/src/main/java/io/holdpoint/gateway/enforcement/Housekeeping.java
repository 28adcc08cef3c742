package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.workflow.approval.Executions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What has to be looked at again and again: this node's sign of life, executions dead nodes left behind, approvals whose
 * time to run is over, grants that are taken back, calls that could not be sent, decisions nobody heard of, refusals to be written, arguments that
 * were kept long enough. Each piece of work on its own, so that one that fails does not stop the others.
 */
final class Housekeeping implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final int ROUNDS_PER_HOUR = 3600;
    private static final int STOP_SECONDS = 5;
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Nodes nodes;
    private final Executions executions;
    private final ApprovedCalls approved;
    private final Waiting waiting;
    private final Revocations revocations;
    private final Refusals refusals;
    private final Limits limits;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "housekeeping"));
    /** A thread of its own: a sign of life must not wait for slow work. */
    private final ScheduledExecutorService heart =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "heartbeat"));

    private volatile boolean running;
    private int round;
    private boolean argumentsToDelete;

    Housekeeping(
            Nodes nodes,
            Executions executions,
            ApprovedCalls approved,
            Waiting waiting,
            Revocations revocations,
            Refusals refusals,
            Limits limits,
            TransactionTemplate transactions,
            Clock clock) {
        this.nodes = nodes;
        this.executions = executions;
        this.approved = approved;
        this.waiting = waiting;
        this.revocations = revocations;
        this.refusals = refusals;
        this.limits = limits;
        this.transactions = transactions;
        this.clock = clock;
    }

    private List<Runnable> work() {
        return List.of(
                () -> executions.abandonExcept(nodes.alive()),
                () -> executions.expireUnused(clock.instant()),
                revocations::look,
                approved::recordAgain,
                approved::retryUnsent,
                approved::runWaiting,
                waiting::lookAgain,
                refusals::write,
                this::forgetOldWindows,
                this::deleteOldArguments);
    }

    private void forgetOldWindows() {
        if (isHourly()) {
            transactions.executeWithoutResult(status -> limits.forgetOld(clock.instant()));
        }
    }

    /** One batch a round, so that a long list keeps nothing else waiting; begun each hour, and again after a fault. */
    private void deleteOldArguments() {
        argumentsToDelete |= isHourly();
        if (argumentsToDelete) {
            argumentsToDelete = executions.deleteOldArguments(clock.instant());
        }
    }

    private boolean isHourly() {
        return round % ROUNDS_PER_HOUR == 0;
    }

    private void once() {
        work().forEach(Housekeeping::guarded);
        round++;
    }

    private static void guarded(Runnable piece) {
        try {
            piece.run();
        } catch (Throwable e) {
            // The edge of the thread: the store may be away for a while; the next round tries again, after an Error,
            // too.
            log.warn("housekeeping will be tried again: {}", e.toString());
        }
    }

    @Override
    public void start() {
        nodes.beat();
        running = true;
        heart.scheduleWithFixedDelay(() -> guarded(nodes::beat), 1, 1, TimeUnit.SECONDS);
        thread.scheduleWithFixedDelay(this::once, 0, 1, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        running = false;
        approved.drain(DRAIN);
        stop(thread);
        stop(heart);
        guarded(refusals::write);
        guarded(nodes::leave);
    }

    /** Never interrupted: an interrupt inside H2 would close the database's file for everybody. */
    private static void stop(ScheduledExecutorService service) {
        service.shutdown();
        try {
            service.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the stores, before the listener for agents. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 2;
    }
}
