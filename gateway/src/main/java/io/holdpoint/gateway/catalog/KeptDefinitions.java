package io.holdpoint.gateway.catalog;

import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionChanged;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionChanged.Defined;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionsChanged;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionsRead;
import io.holdpoint.workflow.audit.AuditLog;
import java.nio.charset.StandardCharsets;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps what servers offer in the tables {@code catalog_server} and {@code tool_definition} (V3__gateway.sql), each change
 * in one transaction with its audit entry. The row of the server is locked first, so two nodes that find the same change
 * make one entry of it. Blocks.
 */
final class KeptDefinitions {

    /** Of each tool, and of the tools that are gone: a server that changes all the time must not fill the disk. */
    private static final int OLD_ONES = 20;

    private static final int GONE_ONES = 1_000;

    /** What old and gone definitions of one server may take together, in bytes. */
    private static final int OLD_BYTES = 16 << 20;

    /** Above it one entry stands for all that a reading found. */
    private static final int MOST_ENTRIES = 50;

    private static final Duration LATEST = Duration.ofMinutes(10);
    private static final int NAMED = 10;
    private static final int ROW_BYTES = 400;
    private static final int BATCH = 500;

    private static final String INSERT =
            "insert into tool_definition (server, tool, sha256, definition, bytes, weight, title, description,"
                    + " annotations, category, risk, known_since, first_seen, since, newest)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, true)";

    private static final String OLD = """
        select tool, sha256 from (
            select tool, sha256,
                row_number() over (partition by tool, newest order by since desc, sha256) as place,
                sum(weight) over (order by coalesce(gone_at, since) desc, newest desc, tool, sha256) as total
            from tool_definition
            where server = ? and (not newest or gone_at is not null)) old
        where place > ? or total > ?\
        """;

    private final JdbcTemplate jdbc;
    private final AuditLog audit;
    private final TransactionTemplate transactions;

    KeptDefinitions(JdbcTemplate jdbc, AuditLog audit, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.transactions = transactions;
    }

    /**
     * Compares a reading with what is kept, and keeps what differs; of a server that changes all the time not at once.
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
        var before = lock(server);
        if (before.isEmpty()) {
            first(server, listing, at);
            return Optional.of(new Kept(0, Map.of(), at));
        }
        if (isLate(before.get().readAt(), at)) {
            return Optional.empty();
        }
        jdbc.update("update catalog_server set read_at = ? where server = ?", utc(at), server);
        var churn = before.get().churn().by(at);
        var list = listing.fingerprint();
        return Optional.of(
                before.get().list().equals(list) || at.isBefore(churn.due())
                        ? new Kept(0, Map.of(), churn.due())
                        : change(server, listing, before.get(), list, at));
    }

    /** A reading waits for seconds, not for long: what is kept from hours ahead was read by a clock that went wrong. */
    private static boolean isLate(Instant kept, Instant at) {
        return kept.isAfter(at) && kept.isBefore(at.plus(LATEST));
    }

    private Optional<Before> lock(String server) {
        return jdbc
                .query(
                        "select list, read_at, changed_at, changes from catalog_server where server = ? for update",
                        (row, number) -> new Before(
                                row.getString(1),
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                new Churn(row.getObject(3, OffsetDateTime.class).toInstant(), row.getInt(4))),
                        server)
                .stream()
                .findFirst();
    }

    /** Everything is new, which is no change: one entry tells of all. */
    private void first(String server, Listing listing, Instant at) {
        var tools = byKeptName(listing);
        jdbc.update(
                "insert into catalog_server (server, tools, list, read_at, changed_at, changes) values (?, ?, ?, ?, ?,"
                        + " 0)",
                server,
                tools.size(),
                listing.fingerprint(),
                utc(at),
                utc(at));
        jdbc.batchUpdate(INSERT, tools.entrySet(), BATCH, (statement, tool) -> {
            var row = newRow(server, tool.getKey(), tool.getValue(), at, at);
            for (var i = 0; i < row.length; i++) {
                statement.setObject(i + 1, row[i]);
            }
        });
        audit.append(new DefinitionsRead(server, tools.size(), listing.fingerprint()));
    }

    private Kept change(String server, Listing listing, Before before, String list, Instant at) {
        var changes = replaceAll(server, listing, at);
        // A class that changed with the configuration is none of the server's changes.
        var churn = changes.isEmpty() ? before.churn() : before.churn().changed(at);
        jdbc.update(
                "update catalog_server set tools = ?, list = ?, changed_at = ?, changes = ? where server = ?",
                listing.definitions().size(),
                list,
                utc(churn.changedAt()),
                churn.changes(),
                server);
        audit.append(changes.size() > MOST_ENTRIES ? List.of(summary(server, changes, before.list(), list)) : changes);
        return new Kept(changes.size(), replaced(changes), churn.due());
    }

    private List<DefinitionChanged> replaceAll(String server, Listing listing, Instant at) {
        var kept = newest(server);
        var tools = byKeptName(listing);
        var changes = new ArrayList<DefinitionChanged>();
        tools.forEach((name, definition) ->
                listed(server, name, definition, Optional.ofNullable(kept.get(name)), at, changes));
        kept.forEach((name, newest) -> {
            if (!newest.gone() && !tools.containsKey(name)) {
                gone(server, name, newest, at, changes);
            }
        });
        forgetGone(server);
        forgetOld(server);
        return changes;
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

    private void listed(
            String server,
            String tool,
            Definition definition,
            Optional<Newest> kept,
            Instant at,
            List<DefinitionChanged> entries) {
        var before = kept.filter(newest -> !newest.gone());
        if (before.filter(newest -> newest.is().sha256().equals(definition.sha256()))
                .isPresent()) {
            if (!before.get().is().equals(defined(definition))) {
                reclassify(server, tool, definition);
            }
            return;
        }
        replace(server, tool, definition, kept.map(Newest::knownSince).orElse(at), at);
        entries.add(new DefinitionChanged(server, tool, before.map(Newest::is), Optional.of(defined(definition))));
    }

    private void gone(String server, String tool, Newest newest, Instant at, List<DefinitionChanged> entries) {
        jdbc.update(
                "update tool_definition set gone_at = ? where server = ? and tool = ? and newest",
                utc(at),
                server,
                tool);
        entries.add(new DefinitionChanged(server, tool, Optional.of(newest.is()), Optional.empty()));
    }

    /** Its class changes with the configuration or with this program, not with the server: no entry. */
    private void reclassify(String server, String tool, Definition definition) {
        jdbc.update(
                "update tool_definition set category = ?, risk = ? where server = ? and tool = ? and newest",
                definition.category().label(),
                definition.risk().name(),
                server,
                tool);
    }

    private void replace(String server, String tool, Definition definition, Instant knownSince, Instant at) {
        jdbc.update(
                "update tool_definition set newest = false, gone_at = null where server = ? and tool = ? and newest",
                server,
                tool);
        var again = jdbc.update(
                "update tool_definition set newest = true, since = ?, category = ?, risk = ?"
                        + " where server = ? and tool = ? and sha256 = ?",
                utc(at),
                definition.category().label(),
                definition.risk().name(),
                server,
                tool,
                definition.sha256());
        if (again == 0) {
            jdbc.update(INSERT, newRow(server, tool, definition, knownSince, at));
        }
    }

    private void forgetOld(String server) {
        var old = jdbc.query(
                OLD,
                (row, number) -> new Object[] {server, row.getString(1), row.getString(2)},
                server,
                OLD_ONES,
                OLD_BYTES);
        jdbc.batchUpdate("delete from tool_definition where server = ? and tool = ? and sha256 = ?", old);
    }

    private void forgetGone(String server) {
        var gone = jdbc.query(
                "select tool from tool_definition where server = ? and newest and gone_at is not null"
                        + " order by gone_at desc, tool offset ? rows",
                (row, number) -> new Object[] {server, row.getString(1)},
                server,
                GONE_ONES);
        jdbc.batchUpdate("delete from tool_definition where server = ? and tool = ?", gone);
    }

    private Map<String, Newest> newest(String server) {
        var kept = new HashMap<String, Newest>();
        jdbc.query(
                "select tool, sha256, category, risk, known_since, gone_at from tool_definition"
                        + " where server = ? and newest",
                row -> {
                    var is = new Defined(row.getString(2), row.getString(3), Risk.valueOf(row.getString(4)));
                    var knownSince = row.getObject(5, OffsetDateTime.class).toInstant();
                    kept.put(row.getString(1), new Newest(is, knownSince, row.getObject(6) != null));
                },
                server);
        return kept;
    }

    private static Map<String, Definition> byKeptName(Listing listing) {
        var tools = new TreeMap<String, Definition>();
        listing.definitions().forEach((name, definition) -> tools.put(KeptName.of(name), definition));
        return tools;
    }

    private static @Nullable Object[] newRow(
            String server, String tool, Definition definition, Instant knownSince, Instant at) {
        var bytes = definition.json().getBytes(StandardCharsets.UTF_8);
        var isKept = bytes.length <= Definition.LONGEST;
        var says = ToolText.of(definition.json());
        var hints = says.hints();
        var words = says.title().length() + says.description().length() + hints.length();
        return new Object[] {
            server,
            tool,
            definition.sha256(),
            isKept ? bytes : null,
            bytes.length,
            ROW_BYTES + tool.length() + words + (isKept ? bytes.length : 0),
            says.title(),
            says.description(),
            hints,
            definition.category().label(),
            definition.risk().name(),
            utc(knownSince),
            utc(at),
            utc(at)
        };
    }

    private static Defined defined(Definition definition) {
        return new Defined(definition.sha256(), definition.category().label(), definition.risk());
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** What is kept of a server, its row locked. */
    private record Before(String list, Instant readAt, Churn churn) {}

    /**
     * What came of a reading.
     *
     * @param changes how many tools were recorded as defined otherwise, none for the first reading
     * @param replaced SHA-256 of the definition that such a tool had, by the tool's name
     * @param due from when on a change is recorded
     */
    record Kept(int changes, Map<String, String> replaced, Instant due) {
        Kept {
            replaced = Map.copyOf(replaced);
        }
    }

    /** What is kept of a tool. */
    private record Newest(Defined is, Instant knownSince, boolean gone) {}
}
