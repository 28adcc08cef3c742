package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.reload.PolicyVersions;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditLog;
import java.time.Clock;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down what came into force and what did not, durable on return; keeps the policies' versions. Blocks. */
final class ReloadLog {

    static final int MOST_FAULTS = 20;

    /** Nodes that read the same files at the same moment stand in each other's way. */
    private static final int ATTEMPTS = 3;

    private final String node;
    private final AuditLog audit;
    private final PolicyVersions versions;
    private final TransactionTemplate transactions;
    private final Clock clock;

    ReloadLog(String node, AuditLog audit, PolicyVersions versions, TransactionTemplate transactions, Clock clock) {
        this.node = node;
        this.audit = audit;
        this.versions = versions;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param version the program's */
    void started(Reloadable first, String version) {
        write(first, new AuditEntry.GatewayStarted(node, version, first.policyHashes()));
    }

    /** @param changes what is another than before, by name */
    void accepted(Reloadable next, List<String> changes) {
        write(next, new AuditEntry.ConfigurationReloaded(node, next.policyHashes(), changes));
    }

    void refused(List<Fault> faults) {
        var shown = faults.stream().limit(MOST_FAULTS).map(Fault::toString).toList();
        transactions.executeWithoutResult(
                status -> audit.append(new AuditEntry.ConfigurationRefused(node, faults.size(), shown)));
    }

    private void write(Reloadable reading, AuditEntry entry) {
        for (var attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                writeOnce(reading, entry);
                return;
            } catch (DuplicateKeyException | PessimisticLockingFailureException e) {
                // Another node keeps the same versions; the next time they are kept already.
            }
        }
        writeOnce(reading, entry);
    }

    private void writeOnce(Reloadable reading, AuditEntry entry) {
        transactions.executeWithoutResult(status -> {
            keep(reading);
            audit.append(entry);
        });
    }

    private void keep(Reloadable reading) {
        reading.policies()
                .forEach((name, file) -> versions.keep(name, file.policy().sha256(), file.bytes(), clock.instant()));
    }
}
