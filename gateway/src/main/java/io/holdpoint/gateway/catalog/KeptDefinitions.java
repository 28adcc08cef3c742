package io.holdpoint.gateway.catalog;

import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionChanged;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionsChanged;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionsRead;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionsUnrecorded;
import io.holdpoint.workflow.audit.AuditLog;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps what servers offer in the tables {@code catalog_server} and {@code tool_definition} (V3__gateway.sql), each change
 * in one transaction with its audit entry. The row of the server is locked first, so two nodes that find the same change
 * make one entry of it. Blocks.
 */
final class KeptDefinitions {

    /** Above it one entry stands for all that a reading found. */
    private static final int MOST_ENTRIES = 50;

    private static final Duration LATEST = Duration.ofMinutes(10);
    private static final int NAMED = 10;

    private final JdbcTemplate jdbc;
    private final AuditLog audit;
    private final TransactionTemplate transactions;

    KeptDefinitions(JdbcTemplate jdbc, AuditLog audit, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transactions = transactions;
    }

    /**
     * Compares a reading with what is kept, and keeps what differs. While a server changes all the time its changes are
     * counted only.
     *
     * @return what came of it; empty if a later reading is kept already
     */
    Optional<Kept> keep(String server, Listing listing) {
        try {
            return keepOnce(server, listing);
        } catch (DuplicateKeyException e) {
            // Another node read this server for the first time at the same moment: now there is a row to lock.
            return keepOnce(server, listing);
        }
    }

    private Optional<Kept> keepOnce(String server, Listing listing) {
        return Objects.requireNonNull(transactions.execute(status -> compare(server, listing)));
    }

    private Optional<Kept> compare(String server, Listing listing) {
        var at = listing.readAt().truncatedTo(ChronoUnit.MICROS);
        var found = lock(server);
        if (found.isEmpty()) {
            first(server, listing, at);
            return Optional.of(new Kept(0, Map.of(), at));
        }
        var before = found.get().by(at);
        if (isLate(before.readAt(), at)) {
            return Optional.empty();
        }
        var due = before.churn().due();
        return Optional.of(at.isBefore(due) ? count(server, listing, before, at) : write(server, listing, before, at));
    }

    /** A reading waits for seconds, not for long: what is kept from hours ahead was read by a clock that went wrong. */
    private static boolean isLate(Instant kept, Instant at) {
        return kept.isAfter(at) && kept.isBefore(at.plus(LATEST));
    }

    private Optional<Before> lock(String server) {
        return jdbc
                .query(
                        "select list, seen, read_at, changed_at, changes, missed from catalog_server where server = ?"
                                + " for update",
                        (row, number) -> new Before(
                                row.getString(1),
                                row.getString(2),
                                row.getObject(3, OffsetDateTime.class).toInstant(),
                                new Churn(row.getObject(4, OffsetDateTime.class).toInstant(), row.getInt(5)),
                                Optional.ofNullable(row.getObject(6, Integer.class))),
                        server)
                .stream()
                .findFirst();
    }

    /** Everything is new, which is no change: one entry tells of all. */
    private void first(String server, Listing listing, Instant at) {
        var list = listing.fingerprint();
        var tools = listing.definitions().size();
        jdbc.update(
                "insert into catalog_server (server, tools, list, seen, read_at, changed_at, changes)"
                        + " values (?, ?, ?, ?, ?, ?, 0)",
                server,
                tools,
                list,
                list,
                utc(at),
                utc(at));
        new DefinitionRows(jdbc, server, at).insertAll(listing);
        audit.append(new DefinitionsRead(server, tools, list));
    }

    private Kept count(String server, Listing listing, Before before, Instant at) {
        var list = listing.fingerprint();
        jdbc.update(
                "update catalog_server set seen = ?, read_at = ?, missed = ? where server = ?",
                list,
                utc(at),
                before.missed().orElse(0) + (list.equals(before.seen()) ? 0 : 1),
                server);
        return new Kept(0, Map.of(), before.churn().due());
    }

    private Kept write(String server, Listing listing, Before before, Instant at) {
        var list = listing.fingerprint();
        var changes = list.equals(before.list())
                ? List.<DefinitionChanged>of()
                : new DefinitionRows(jdbc, server, at).replaceAll(listing);
        // A class that changed with the configuration is none of the server's changes.
        var churn = changes.isEmpty() ? before.churn() : before.churn().changed(at);
        var rests = at.isBefore(churn.due());
        jdbc.update(
                "update catalog_server set tools = ?, list = ?, seen = ?, read_at = ?, changed_at = ?, changes = ?,"
                        + " missed = ? where server = ?",
                listing.definitions().size(),
                list,
                list,
                utc(at),
                utc(churn.changedAt()),
                churn.changes(),
                rests ? 0 : null,
                server);
        tell(server, before, changes, list, rests);
        return new Kept(changes.size(), replaced(changes), churn.due());
    }

    private void tell(String server, Before before, List<DefinitionChanged> changes, String list, boolean rests) {
        var entries = new ArrayList<AuditEntry>();
        before.missed()
                .ifPresent(missed -> entries.add(new DefinitionsUnrecorded(server, OptionalInt.of(missed), list)));
        if (changes.size() > MOST_ENTRIES) {
            entries.add(summary(server, changes, before.list(), list));
        } else {
            entries.addAll(changes);
        }
        if (rests) {
            entries.add(new DefinitionsUnrecorded(server, OptionalInt.empty(), list));
        }
        if (!entries.isEmpty()) {
            audit.append(entries);
        }
    }

    private static DefinitionsChanged summary(String server, List<DefinitionChanged> changes, String was, String is) {
        var added = 0;
        var removed = 0;
        for (var change : changes) {
            added += change.was().isEmpty() ? 1 : 0;
            removed += change.is().isEmpty() ? 1 : 0;
        }
        var first = changes.stream().limit(NAMED).map(DefinitionChanged::tool).toList();
        return new DefinitionsChanged(server, added, changes.size() - added - removed, removed, was, is, first);
    }

    private static Map<String, String> replaced(List<DefinitionChanged> changes) {
        var replaced = new HashMap<String, String>();
        for (var change : changes) {
            change.was().ifPresent(was -> replaced.put(change.tool(), was.sha256()));
        }
        return replaced;
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /**
     * What is kept of a server, its row locked.
     *
     * @param list fingerprint of the tools that are kept
     * @param seen of those that were read last
     * @param missed how many changes were counted only; empty unless they are
     */
    private record Before(String list, String seen, Instant readAt, Churn churn, Optional<Integer> missed) {

        private Before by(Instant now) {
            return new Before(list, seen, readAt, churn.by(now), missed);
        }
    }

    /**
     * What came of a reading.
     *
     * @param changes how many tools were recorded as defined otherwise, none for the first reading
     * @param replaced SHA-256 of the definition that such a tool had, by the tool's name
     * @param due from when on changes are recorded; until then they are counted only
     */
    record Kept(int changes, Map<String, String> replaced, Instant due) {
        Kept {
            replaced = Map.copyOf(replaced);
        }
    }
}
