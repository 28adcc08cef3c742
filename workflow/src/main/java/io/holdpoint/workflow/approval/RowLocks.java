package io.holdpoint.workflow.approval;

import java.util.HashSet;
import java.util.Set;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.ResourceHolderSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Which approvals' rows the current transaction has locked, so that nobody asks the database twice. */
final class RowLocks {

    boolean has(ApprovalId id) {
        return TransactionSynchronizationManager.getResource(this) instanceof Held held && held.ids.contains(id);
    }

    /** To be told after the database gave the lock; it has it until the transaction ends. */
    void add(ApprovalId id) {
        if (TransactionSynchronizationManager.getResource(this) instanceof Held held) {
            held.ids.add(id);
            return;
        }
        var held = new Held();
        held.ids.add(id);
        TransactionSynchronizationManager.bindResource(this, held);
        TransactionSynchronizationManager.registerSynchronization(new ResourceHolderSynchronization<>(held, this) {});
    }

    private static final class Held extends ResourceHolderSupport {
        private final Set<ApprovalId> ids = new HashSet<>();
    }
}
