package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Messages that were refused before any policy saw them, for the log. Those of one kind in one second are counted
 * together, and a kind holds nothing a stranger chooses: a flood of them must not become a flood of entries.
 */
final class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final Map<Kind, Count> counts = new ConcurrentHashMap<>();

    Refusals(AuditLog audit, TransactionTemplate transactions) {
        this.audit = audit;
        this.transactions = transactions;
    }

    /** @param server empty where no grant was shown */
    private record Kind(String server, Optional<String> grant, int code) {}

    /** @param message the first one's */
    private record Count(int count, String message) {

        Count and(Count more) {
            return new Count(count + more.count, message);
        }
    }

    /** Notes a stranger's request; cheap, may be called on an event loop. */
    void note(int code, String message) {
        note(new Kind("", Optional.empty(), code), new Count(1, message));
    }

    /** Notes a request of a grant; cheap, may be called on an event loop. */
    void note(String server, Grant grant, int code, String message) {
        var known = grant.servers().containsKey(server) ? server : "";
        note(new Kind(known, Optional.of(grant.id()), code), new Count(1, message));
    }

    private void note(Kind kind, Count count) {
        counts.merge(kind, count, Count::and);
    }

    /** Writes what was noted. Blocks; what cannot be written is kept for the next time. */
    void write() {
        var taken = new ConcurrentHashMap<Kind, Count>();
        counts.keySet()
                .forEach(kind -> Optional.ofNullable(counts.remove(kind)).ifPresent(count -> taken.put(kind, count)));
        if (taken.isEmpty()) {
            return;
        }
        try {
            transactions.executeWithoutResult(status -> audit.append(entries(taken)));
        } catch (DataAccessException | TransactionException e) {
            log.warn("refusals are not in the audit log yet: {}", e.toString());
            taken.forEach(this::note);
        }
    }

    private static List<AuditEntry> entries(Map<Kind, Count> taken) {
        var entries = new ArrayList<AuditEntry>();
        taken.forEach((kind, count) -> entries.add(new AuditEntry.MessageRefused(
                kind.server(), kind.grant(), kind.code(), count.message(), count.count())));
        return entries;
    }
}
