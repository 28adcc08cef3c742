package io.holdpoint.gateway.configuration;

import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditLog;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes into the log which version started with which policies; without that entry nothing starts. */
final class StartEntry implements SmartLifecycle {

    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final AuditEntry.GatewayStarted entry;
    private volatile boolean running;

    StartEntry(AuditLog audit, TransactionTemplate transactions, AuditEntry.GatewayStarted entry) {
        this.audit = audit;
        this.transactions = transactions;
        this.entry = entry;
    }

    @Override
    public void start() {
        transactions.executeWithoutResult(status -> audit.append(entry));
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything that serves. */
    @Override
    public int getPhase() {
        return 0;
    }
}
