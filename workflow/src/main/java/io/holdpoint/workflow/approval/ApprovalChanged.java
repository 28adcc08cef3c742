package io.holdpoint.workflow.approval;

import java.util.Objects;

/**
 * An approval reached another state. Published as a Spring application event inside the transaction that changes it:
 * a {@code @TransactionalEventListener} before commit may add to the transaction, one after commit may wake a call.
 */
public record ApprovalChanged(ApprovalId id, ApprovalState state) {

    public ApprovalChanged {
        Objects.requireNonNull(id);
        Objects.requireNonNull(state);
    }
}
