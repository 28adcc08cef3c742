package io.holdpoint.gateway.catalog;

import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionChanged;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionChanged.Defined;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows of one server in the table {@code tool_definition} (V3__gateway.sql), as a reading at one moment finds and
 * leaves them. Part of its caller's transaction, which has the row of the server locked.
 */
final class DefinitionRows {

    /** Of each tool, and of the tools that are gone: a server that changes all the time must not fill the disk. */
    private static final int OLD_ONES = 20;

    private static final int GONE_ONES = 1_000;

    /** What old and gone definitions of one server may take together, in bytes. */
    private static final int OLD_BYTES = 16 << 20;

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
    private final String server;
    private final Instant at;

    DefinitionRows(JdbcTemplate jdbc, String server, Instant at) {
        this.jdbc = jdbc;
        this.server = server;
        this.at = at;
    }

    /** Keeps all tools of a server of which there is nothing yet. */
    void insertAll(Listing listing) {
        jdbc.batchUpdate(INSERT, byKeptName(listing).entrySet(), BATCH, (statement, tool) -> {
            var row = newRow(tool.getKey(), tool.getValue(), at);
            for (var i = 0; i < row.length; i++) {
                statement.setObject(i + 1, row[i]);
            }
        });
    }

    /** Keeps what differs, and forgets the oldest of what was. */
    List<DefinitionChanged> replaceAll(Listing listing) {
        var kept = newest();
        var tools = byKeptName(listing);
        var changes = new ArrayList<DefinitionChanged>();
        tools.forEach((name, definition) -> listed(name, definition, Optional.ofNullable(kept.get(name)), changes));
        kept.forEach((name, newest) -> {
            if (!newest.gone() && !tools.containsKey(name)) {
                gone(name, newest, changes);
            }
        });
        forgetGone();
        forgetOld();
        return changes;
    }

    private void listed(String tool, Definition definition, Optional<Newest> kept, List<DefinitionChanged> entries) {
        var before = kept.filter(newest -> !newest.gone());
        if (before.filter(newest -> newest.is().sha256().equals(definition.sha256()))
                .isPresent()) {
            if (!before.get().is().equals(defined(definition))) {
                reclassify(tool, definition);
            }
            return;
        }
        replace(tool, definition, kept.map(Newest::knownSince).orElse(at));
        entries.add(new DefinitionChanged(server, tool, before.map(Newest::is), Optional.of(defined(definition))));
    }

    private void gone(String tool, Newest newest, List<DefinitionChanged> entries) {
        jdbc.update(
                "update tool_definition set gone_at = ? where server = ? and tool = ? and newest",
                utc(at),
                server,
                tool);
        entries.add(new DefinitionChanged(server, tool, Optional.of(newest.is()), Optional.empty()));
    }

    /** Its class changes with the configuration or with this program, not with the server: no entry. */
    private void reclassify(String tool, Definition definition) {
        jdbc.update(
                "update tool_definition set category = ?, risk = ? where server = ? and tool = ? and newest",
                definition.category().label(),
                definition.risk().name(),
                server,
                tool);
    }

    private void replace(String tool, Definition definition, Instant knownSince) {
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
            jdbc.update(INSERT, newRow(tool, definition, knownSince));
        }
    }

    private void forgetOld() {
        var old = jdbc.query(
                OLD,
                (row, number) -> new Object[] {server, row.getString(1), row.getString(2)},
                server,
                OLD_ONES,
                OLD_BYTES);
        jdbc.batchUpdate("delete from tool_definition where server = ? and tool = ? and sha256 = ?", old);
    }

    private void forgetGone() {
        var gone = jdbc.query(
                "select tool from tool_definition where server = ? and newest and gone_at is not null"
                        + " order by gone_at desc, tool offset ? rows",
                (row, number) -> new Object[] {server, row.getString(1)},
                server,
                GONE_ONES);
        jdbc.batchUpdate("delete from tool_definition where server = ? and tool = ?", gone);
    }

    private Map<String, Newest> newest() {
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

    private @Nullable Object[] newRow(String tool, Definition definition, Instant knownSince) {
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

    /** What is kept of a tool. */
    private record Newest(Defined is, Instant knownSince, boolean gone) {}
}
