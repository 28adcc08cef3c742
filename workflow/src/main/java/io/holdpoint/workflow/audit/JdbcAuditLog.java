package io.holdpoint.workflow.audit;

import io.holdpoint.workflow.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The log in the database's tables {@code audit_entry} and {@code audit_payload} (db/migration/V1__audit.sql). */
final class JdbcAuditLog implements AuditLog {

    private static final String INSERT_ENTRY = "insert into audit_entry"
            + " (at, type, subject, actor, server, tool, grant_id, outcome, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_PAYLOAD =
            "insert into audit_payload (commitment, subject, name, salt, sealed) values (?, ?, ?, ?, ?)";

    private static final Pattern CURSOR = Pattern.compile("[1-9][0-9]{0,17}");

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final Vault vault;
    private final Clock clock;
    private final WorkingAlone alone;
    private final SecureRandom random = new SecureRandom();

    JdbcAuditLog(DataSource dataSource, Vault vault, Clock clock) {
        this(dataSource, vault, clock, () -> false);
    }

    JdbcAuditLog(DataSource dataSource, Vault vault, Clock clock, WorkingAlone alone) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.vault = vault;
        this.clock = clock;
        this.alone = alone;
    }

    @Override
    public void append(List<? extends AuditEntry> entries) {
        requireTransaction();
        if (entries.isEmpty()) {
            return;
        }
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var writer = new EntryWriter(new EntryForm(random, at, alone.isOn()));
        var rows = new ArrayList<EntryRow>(entries.size());
        for (var entry : entries) {
            rows.add(entry.match(writer));
        }
        insert(rows, at.atOffset(ZoneOffset.UTC));
    }

    /** An entry written outside the transaction of what it records could say what never happened. */
    private void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.hasResource(dataSource)) {
            throw new IllegalTransactionStateException(
                    "an audit entry is appended in the transaction of what it records; there is none on its database");
        }
    }

    private void insert(List<EntryRow> rows, OffsetDateTime at) {
        batch(INSERT_ENTRY, rows, (statement, row) -> addEntry(statement, row, at));
        var committing =
                rows.stream().filter(row -> !row.commitments().isEmpty()).toList();
        if (!committing.isEmpty()) {
            batch(INSERT_PAYLOAD, committing, this::addPayloads);
        }
    }

    private void batch(String sql, List<EntryRow> rows, Adding adding) {
        jdbc.execute(sql, (PreparedStatementCallback<int[]>) statement -> {
            for (var row : rows) {
                adding.add(statement, row);
            }
            return statement.executeBatch();
        });
    }

    @FunctionalInterface
    private interface Adding {
        void add(PreparedStatement statement, EntryRow row) throws SQLException;
    }

    private static void addEntry(PreparedStatement statement, EntryRow row, OffsetDateTime at) throws SQLException {
        statement.setObject(1, at);
        statement.setString(2, row.type());
        statement.setString(3, stored(row.subject()));
        statement.setString(4, stored(row.actor()));
        statement.setString(5, stored(row.server()));
        statement.setString(6, stored(row.tool()));
        statement.setString(7, stored(row.grant()));
        statement.setString(8, stored(row.outcome()));
        statement.setBytes(9, row.body());
        statement.addBatch();
    }

    private void addPayloads(PreparedStatement statement, EntryRow row) throws SQLException {
        for (var commitment : row.commitments()) {
            statement.setBytes(1, commitment.hash());
            statement.setString(2, stored(row.subject()));
            statement.setString(3, commitment.name());
            statement.setBytes(4, commitment.salt());
            statement.setBytes(5, vault.seal(commitment.purpose(), commitment.value()));
            statement.addBatch();
        }
    }

    private static @Nullable String stored(@Nullable String text) {
        return text == null ? null : EntryRow.searchable(text);
    }

    @Override
    public AuditPage read(AuditQuery query) {
        var sql = new StringBuilder("select id, body from audit_entry where 1 = 1");
        var values = new ArrayList<Object>();
        filter(sql, values, "subject = ?", query.subject());
        filter(sql, values, "type = ?", query.type());
        filter(sql, values, "server = ?", query.server());
        filter(sql, values, "tool = ?", query.tool());
        filter(sql, values, "grant_id = ?", query.grant());
        filter(sql, values, "actor = ?", query.actor());
        filter(sql, values, "outcome = ?", query.outcome());
        filterTime(sql, values, "at >= ?", query.since());
        filterTime(sql, values, "at < ?", query.until());
        query.cursor().ifPresent(cursor -> add(sql, values, "id < ?", numberOf(cursor)));
        sql.append(" order by id desc fetch first ? rows only");
        values.add(query.limit() + 1);
        return page(jdbc.query(sql.toString(), JdbcAuditLog::numbered, values.toArray()), query.limit());
    }

    private static void filter(StringBuilder sql, List<Object> values, String condition, Optional<String> wanted) {
        wanted.ifPresent(text -> add(sql, values, condition, EntryRow.searchable(text)));
    }

    private static void filterTime(StringBuilder sql, List<Object> values, String condition, Optional<Instant> wanted) {
        wanted.ifPresent(time -> add(sql, values, condition, time.atOffset(ZoneOffset.UTC)));
    }

    private static void add(StringBuilder sql, List<Object> values, String condition, Object value) {
        sql.append(" and ").append(condition);
        values.add(value);
    }

    private static long numberOf(String cursor) {
        if (!CURSOR.matcher(cursor).matches()) {
            throw new IllegalArgumentException(
                    "the cursor is not one of this log's; use nextCursor of the page before, or none for the newest");
        }
        return Long.parseLong(cursor);
    }

    private static Numbered numbered(ResultSet row, int index) throws SQLException {
        return new Numbered(row.getLong(1), Objects.requireNonNull(row.getBytes(2)));
    }

    private static AuditPage page(List<Numbered> found, int limit) {
        var shown = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit
                ? Optional.of(Long.toString(shown.get(limit - 1).number()))
                : Optional.<String>empty();
        return new AuditPage(shown.stream().map(Numbered::text).toList(), next);
    }

    private record Numbered(long number, byte[] body) {

        String text() {
            return "{\"entry\":" + number + "," + new String(body, 1, body.length - 1, StandardCharsets.UTF_8);
        }
    }
}
