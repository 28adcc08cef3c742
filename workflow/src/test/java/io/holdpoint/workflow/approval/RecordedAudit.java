package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.audit.AuditPage;
import io.holdpoint.workflow.audit.AuditQuery;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Keeps the entries whose transaction committed. */
final class RecordedAudit implements AuditLog {

    private final List<AuditEntry> committed = new CopyOnWriteArrayList<>();

    @Override
    public void append(List<? extends AuditEntry> entries) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException("an entry is appended in a transaction");
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                committed.addAll(entries);
            }
        });
    }

    @Override
    public AuditPage read(AuditQuery query) {
        throw new UnsupportedOperationException("tests ask for the entries themselves");
    }

    /** The committed entries of one kind about one approval, oldest first. */
    <T extends AuditEntry> List<T> of(ApprovalId id, Class<T> kind) {
        return committed.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(entry -> entry.toString().contains(id.value()))
                .toList();
    }

    /** The kinds of all entries about one approval, oldest first. */
    List<String> kinds(ApprovalId id) {
        return committed.stream()
                .filter(entry -> entry.toString().contains(id.value()))
                .map(entry -> entry.getClass().getSimpleName())
                .toList();
    }
}
