package io.holdpoint.workflow.approval;

import java.util.Objects;

/**
 * An approval reached another state. Published as a Spring application event inside the transaction that changes it:
 * a {@code @TransactionalEventListener} before commit may add to the transaction, one after commit may wake a call.
 *
 * @param didNothing whether the call ran and its server certainly did nothing, which an execution alone can know
 */
public record ApprovalChanged(ApprovalId id, ApprovalState state, boolean didNothing) {

    public ApprovalChanged {
        Objects.requireNonNull(id);
        Objects.requireNonNull(state);
    }

    public ApprovalChanged(ApprovalId id, ApprovalState state) {
        this(id, state, false);
    }
}
