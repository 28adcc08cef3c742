package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.workflow.approval.ApprovalChanged;
import java.util.concurrent.Executor;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Hears of every change of an approval: settles limits in the same transaction, and wakes connections after it. */
class ApprovalWatch {

    private final Limits limits;
    private final Waiting waiting;
    private final Executor workers;

    ApprovalWatch(Limits limits, Waiting waiting, Executor workers) {
        this.limits = limits;
        this.waiting = waiting;
        this.workers = workers;
    }

    /** A call that will not run, or whose server did nothing, gives back what it reserved (spec 03, Order). */
    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    void settle(ApprovalChanged change) {
        if (change.state().isRefused() || change.didNothing()) {
            limits.giveBackFor(change.id().value());
        } else if (change.state().isExecuted()) {
            limits.forgetFor(change.id().value());
        }
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void wake(ApprovalChanged change) {
        switch (change.state()) {
            case PENDING, RUNNING -> {
                // Nobody waits for these.
            }
            default -> workers.execute(() -> waiting.changed(change.id()));
        }
    }
}
