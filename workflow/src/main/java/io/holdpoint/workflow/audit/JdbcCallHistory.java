package io.holdpoint.workflow.audit;

import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.vault.NotOpenable;
import io.holdpoint.workflow.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The history in the tables of the log, read page by page along its primary key. */
final class JdbcCallHistory implements CallHistory {

    private static final Map<String, String> DECISIONS =
            Map.of("call.allowed", "allow", "call.denied", "deny", "call.limited", "limit", "call.held", "hold");

    private static final String HELD = "call.held";

    private static final String PAGE = """
            select e.id, e.at, e.type, e.body from audit_entry e
            where e.id >= ? and e.id < ? and e.at >= ? and e.at < ?
            and e.type in ('call.allowed', 'call.denied', 'call.limited', 'call.held')""";

    /** The values of held calls stand beside their entries; no other call's are kept. Each may be a megabyte. */
    private static final String ARGUMENTS =
            "select sealed from audit_payload where commitment = ? and name = 'arguments'";

    private static final int PAGE_SIZE = 500;

    /** So many numbers at a time: where hardly an entry is wanted, a statement would go through all of a period. */
    private static final int STRETCH = 20_000;

    /** Numbers ascend with time but for what a transaction, or a node's clock, may be behind. */
    private static final Duration SLACK = Duration.ofMinutes(15);

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcTemplate jdbc;
    private final Vault vault;

    JdbcCallHistory(DataSource dataSource, Vault vault) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.vault = vault;
    }

    private record Row(long number, Instant time, String type, byte[] body) {}

    @Override
    public Optional<Instant> begins() {
        return timeFrom(0);
    }

    @Override
    public void forEach(Span span, Reader reader) {
        var next = firstNumber(span.since().minus(SLACK));
        var end = firstNumber(span.until().plus(SLACK));
        while (next < end && reader.goesOn()) {
            var stretchEnd = Math.min(end, next + STRETCH);
            var page = page(span, next, stretchEnd);
            for (var row : page) {
                if (!reader.take(call(row))) {
                    return;
                }
            }
            next = page.size() < PAGE_SIZE
                    ? stretchEnd
                    : page.get(PAGE_SIZE - 1).number() + 1;
        }
    }

    private List<Row> page(Span span, long from, long to) {
        var sql = new StringBuilder(PAGE);
        var values = new ArrayList<Object>(List.of(from, to, stored(span.since()), stored(span.until())));
        span.grant().ifPresent(grant -> {
            sql.append(" and e.grant_id = ?");
            values.add(EntryRow.searchable(grant));
        });
        span.server().ifPresent(server -> {
            sql.append(" and e.server = ?");
            values.add(EntryRow.searchable(server));
        });
        sql.append(" order by e.id fetch first ").append(PAGE_SIZE).append(" rows only");
        return jdbc.query(sql.toString(), (row, index) -> row(row), values.toArray());
    }

    /** The number from which on entries are of this moment or later, found by halving: there is no index on time. */
    private long firstNumber(Instant moment) {
        var low = 0L;
        var high = newest() + 1;
        while (low < high) {
            var middle = low + (high - low) / 2;
            if (timeFrom(middle).filter(time -> time.isBefore(moment)).isPresent()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long newest() {
        var numbers =
                jdbc.queryForList("select id from audit_entry order by id desc fetch first 1 rows only", Long.class);
        return numbers.isEmpty() ? 0 : numbers.get(0);
    }

    private Optional<Instant> timeFrom(long number) {
        return jdbc
                .query(
                        "select at from audit_entry where id >= ? order by id fetch first 1 rows only",
                        (row, index) -> time(row, 1),
                        number)
                .stream()
                .findFirst();
    }

    private static OffsetDateTime stored(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong(1), time(row, 2), row.getString(3), row.getBytes(4));
    }

    private PastCall call(Row row) {
        var body = JSON.readTree(row.body());
        var held = text(body.path("data"), "call");
        return new PastCall(
                row.time(),
                held.isEmpty() ? text(body, "subject") : held,
                text(body, "server"),
                text(body, "tool"),
                text(body, "grant"),
                DECISIONS.getOrDefault(text(body, "type"), ""),
                text(body, "rule"),
                Risk.ofLabel(text(body.path("data"), "risk")),
                row.type().equals(HELD) ? arguments(body) : Optional.empty());
    }

    private static String text(JsonNode object, String member) {
        return object.path(member).asString("");
    }

    /** A value that its entry does not vouch for, or that does not open, is none. */
    private Optional<byte[]> arguments(JsonNode body) {
        byte[] commitment;
        try {
            commitment = Base64.getDecoder().decode(text(body.path("commitments"), "arguments"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return jdbc.query(ARGUMENTS, (row, index) -> row.getBytes(1), commitment).stream()
                .findFirst()
                .flatMap(kept -> opened(commitment, kept));
    }

    private Optional<byte[]> opened(byte[] commitment, byte[] sealed) {
        try {
            return Optional.of(vault.open(Commitment.purpose("arguments", commitment), sealed));
        } catch (NotOpenable e) {
            return Optional.empty();
        }
    }
}
