package io.holdpoint.workflow.audit;

import java.util.List;

/** The audit log. Safe for any thread; every method blocks on the database. */
public interface AuditLog {

    /**
     * Appends entries in the caller's transaction, in one round trip.
     *
     * @throws org.springframework.transaction.IllegalTransactionStateException without a transaction
     */
    void append(List<? extends AuditEntry> entries);

    /** Appends one entry in the caller's transaction. */
    default void append(AuditEntry entry) {
        append(List.of(entry));
    }

    /**
     * Reads committed entries, newest first.
     *
     * @throws IllegalArgumentException if the cursor is none that {@link AuditPage#nextCursor()} gave
     */
    AuditPage read(AuditQuery query);
}
