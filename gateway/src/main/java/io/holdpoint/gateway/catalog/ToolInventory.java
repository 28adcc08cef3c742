package io.holdpoint.gateway.catalog;

import io.holdpoint.workflow.Risk;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is kept of the servers and their tools, for people to look at: no decision is made by it. Safe for any thread;
 * every method blocks on the database.
 */
public final class ToolInventory {

    private static final int MOST = 500;
    private static final char SEPARATOR = '\n';
    private static final String TOOL =
            "select server, tool, sha256, bytes, title, description, annotations, category, risk,"
                    + " known_since, since, gone_at from tool_definition";

    private final JdbcClient jdbc;
    private final DefinitionKeeper keeper;

    ToolInventory(JdbcClient jdbc, DefinitionKeeper keeper) {
        this.jdbc = jdbc;
        this.keeper = keeper;
    }

    /**
     * A tool and its newest definition.
     *
     * @param tool its name; one that is very long or has letters that cannot be stored is cut and has a hash
     * @param sha256 over the definition's bytes, lower-case hex
     * @param bytes how long the definition is
     * @param text what it says, clipped
     * @param knownSince since when the server lists the tool, whatever its definition
     * @param since since when it has this definition
     * @param goneAt since when the server does not list it any more; empty while it does
     */
    public record KeptTool(
            String server,
            String tool,
            String sha256,
            int bytes,
            ToolText text,
            Category category,
            Risk risk,
            Instant knownSince,
            Instant since,
            Optional<Instant> goneAt) {

        public KeptTool {
            Objects.requireNonNull(server);
            Objects.requireNonNull(tool);
            Objects.requireNonNull(sha256);
            Objects.requireNonNull(text);
            Objects.requireNonNull(category);
            Objects.requireNonNull(risk);
            Objects.requireNonNull(knownSince);
            Objects.requireNonNull(since);
            Objects.requireNonNull(goneAt);
        }

        /** When its definition changed last, or the tool went; empty if it is as it was when it was found. */
        public Optional<Instant> changedAt() {
            return goneAt.isPresent() ? goneAt : Optional.of(since).filter(time -> time.isAfter(knownSince));
        }
    }

    /**
     * A definition that a tool has or had.
     *
     * @param bytes how long it is
     * @param isKept whether its text is; of a very long one it is not
     * @param firstSeen when it was found
     * @param since when it became the tool's definition for the last time
     * @param newest whether it is the tool's newest
     */
    public record KeptDefinition(
            String sha256,
            int bytes,
            boolean isKept,
            Category category,
            Risk risk,
            Instant firstSeen,
            Instant since,
            boolean newest) {

        public KeptDefinition {
            Objects.requireNonNull(sha256);
            Objects.requireNonNull(category);
            Objects.requireNonNull(risk);
            Objects.requireNonNull(firstSeen);
            Objects.requireNonNull(since);
        }
    }

    /**
     * A server as it was read last, by any node.
     *
     * @param readAt empty if it never was
     * @param tools how many tools it listed
     * @param fault why the last reading on this node failed, without secrets; empty if it did not
     * @param missed how many changes since those that are kept were counted only, because the server changes all the time;
     *     empty unless they are
     */
    public record ServerReading(Optional<Instant> readAt, int tools, Optional<String> fault, Optional<Integer> missed) {

        public ServerReading {
            Objects.requireNonNull(readAt);
            Objects.requireNonNull(fault);
            Objects.requireNonNull(missed);
        }
    }

    /**
     * Which tools to list; an empty filter lets everything through.
     *
     * @param servers only tools of these
     * @param limit at most this many, 1 to 500
     * @param cursor where the page before ended
     */
    public record ToolQuery(
            Collection<String> servers,
            Optional<Risk> risk,
            Optional<Category> category,
            int limit,
            Optional<String> cursor) {

        public ToolQuery {
            servers = List.copyOf(servers);
            Objects.requireNonNull(risk);
            Objects.requireNonNull(category);
            Objects.requireNonNull(cursor);
            if (limit < 1 || limit > MOST) {
                throw new IllegalArgumentException("limit is %d; use 1 to %d".formatted(limit, MOST));
            }
        }
    }

    /** Some of the tools, by server and name, and where the next page begins; empty on the last. */
    public record ToolPage(List<KeptTool> items, Optional<String> nextCursor) {

        public ToolPage {
            items = List.copyOf(items);
            Objects.requireNonNull(nextCursor);
        }
    }

    /** How a server was read last. */
    public ServerReading reading(String server) {
        var fault = keeper.fault(server);
        return jdbc.sql("select read_at, tools, missed from catalog_server where server = ?")
                .param(server)
                .query((row, number) -> new ServerReading(
                        Optional.of(time(row, 1)),
                        row.getInt(2),
                        fault,
                        Optional.ofNullable(row.getObject(3, Integer.class))))
                .optional()
                .orElseGet(() -> new ServerReading(Optional.empty(), 0, fault, Optional.empty()));
    }

    /**
     * Lists tools, those that are gone included.
     *
     * @throws IllegalArgumentException if the cursor is none that {@link ToolPage#nextCursor()} gave
     */
    public ToolPage list(ToolQuery query) {
        if (query.servers().isEmpty()) {
            return new ToolPage(List.of(), Optional.empty());
        }
        var where = new ArrayList<>(List.of("newest", "server in (:servers)"));
        var values = new LinkedHashMap<String, Object>(Map.of("servers", query.servers(), "limit", query.limit() + 1));
        query.risk().ifPresent(risk -> equal(where, values, "risk", risk.name()));
        query.category().ifPresent(category -> equal(where, values, "category", category.label()));
        query.cursor().ifPresent(cursor -> after(where, values, cursor));
        var found = jdbc.sql(TOOL + " where " + String.join(" and ", where) + " order by server, tool limit :limit")
                .params(values)
                .query((row, number) -> tool(row))
                .list();
        return page(found, query.limit());
    }

    private static void equal(List<String> where, Map<String, Object> values, String column, String value) {
        where.add(column + " = :" + column);
        values.put(column, value);
    }

    private static void after(List<String> where, Map<String, Object> values, String cursor) {
        var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        var between = text.indexOf(SEPARATOR);
        if (between < 0 || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the cursor is none of ours; use nextCursor of the page before");
        }
        where.add("(server > :server or server = :server and tool > :tool)");
        values.put("server", text.substring(0, between));
        values.put("tool", text.substring(between + 1));
    }

    private static ToolPage page(List<KeptTool> found, int limit) {
        if (found.size() <= limit) {
            return new ToolPage(found, Optional.empty());
        }
        var last = found.get(limit - 1);
        var cursor = (last.server() + SEPARATOR + last.tool()).getBytes(StandardCharsets.UTF_8);
        return new ToolPage(
                found.subList(0, limit),
                Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(cursor)));
    }

    /** A tool by its name as it is listed. */
    public Optional<KeptTool> find(String server, String tool) {
        return jdbc.sql(TOOL + " where newest and server = ? and tool = ?")
                .params(server, tool)
                .query((row, number) -> tool(row))
                .optional();
    }

    /** The definitions a tool has and had, without their texts, the present one first; the oldest of many are not kept. */
    public List<KeptDefinition> history(String server, String tool) {
        return jdbc.sql("select sha256, bytes, definition is not null, category, risk, first_seen, since, newest from"
                        + " tool_definition where server = ? and tool = ? order by newest desc, since desc,"
                        + " sha256")
                .params(server, tool)
                .query((row, number) -> new KeptDefinition(
                        row.getString(1),
                        row.getInt(2),
                        row.getBoolean(3),
                        category(row, 4),
                        Risk.valueOf(row.getString(5)),
                        time(row, 6),
                        time(row, 7),
                        row.getBoolean(8)))
                .list();
    }

    /** The text of one of a tool's definitions as received; empty if it is not kept. */
    public Optional<String> definition(String server, String tool, String sha256) {
        return jdbc.sql("select definition from tool_definition where server = ? and tool = ? and sha256 = ?"
                        + " and definition is not null")
                .params(server, tool, sha256)
                .query((row, number) -> new String(Objects.requireNonNull(row.getBytes(1)), StandardCharsets.UTF_8))
                .optional();
    }

    private static KeptTool tool(ResultSet row) throws SQLException {
        return new KeptTool(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                ToolText.kept(row.getString(5), row.getString(6), row.getString(7)),
                category(row, 8),
                Risk.valueOf(row.getString(9)),
                time(row, 10),
                time(row, 11),
                Optional.ofNullable(row.getObject(12, OffsetDateTime.class)).map(OffsetDateTime::toInstant));
    }

    private static Category category(ResultSet row, int column) throws SQLException {
        return Category.ofLabel(row.getString(column)).orElse(Category.UNKNOWN);
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }
}
