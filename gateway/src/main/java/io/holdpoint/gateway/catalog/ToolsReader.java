package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.catalog.Catalog.ServerUnreadable;
import io.holdpoint.gateway.mcp.ToolListing;
import io.holdpoint.gateway.mcp.UnreadableAnswer;
import io.holdpoint.gateway.upstream.Server;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;

/** Reads all pages of a server's {@code tools/list}, in the era the server speaks. */
final class ToolsReader {

    private static final int MAX_PAGES = 100;
    private static final int MAX_TOOLS = 10_000;

    /** Of all pages. A reading takes several times as much memory for a moment, and some are under way at once. */
    private static final int MAX_BYTES = 4 << 20;

    /** Of what opens a session, of which one word is needed. */
    private static final int MAX_OPENING = 256 << 10;

    private static final Set<String> LEGACY_REVISIONS = Set.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");
    private static final String CLIENT = "{\"name\":\"holdpoint\",\"title\":\"Holdpoint\",\"version\":\"1\"}";

    /** For all pages together: a slow server must not keep others from being read. */
    private static final Duration WHOLE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final Duration patience;
    private final Duration whole;

    ToolsReader(HttpClient http, Duration patience) {
        this(http, patience, WHOLE);
    }

    /**
     * @param patience how long one answer may take
     * @param whole how long a reading may take, with all its requests
     */
    ToolsReader(HttpClient http, Duration patience, Duration whole) {
        this.http = http;
        this.patience = patience;
        this.whole = whole;
    }

    /**
     * Reads the tools.
     *
     * @param first what to try first
     * @throws ServerUnreadable if they cannot be read in either era, or are too many
     */
    Read read(Server server, Era first) {
        var line = new ServerLine(http, server, patience, whole);
        try {
            return new Read(first, tools(line, first));
        } catch (NotSpoken fault) {
            return readOther(server, line, first, fault);
        } catch (JacksonException e) {
            throw unfit(line, e);
        }
    }

    /** Strict JSON, and yet not to be read: a name that is no text, say, or a number of very many digits. */
    private static ServerUnreadable unfit(ServerLine line, JacksonException fault) {
        return line.unreadable("its answer has a member's name that is no text, or the like", fault);
    }

    private static Read readOther(Server server, ServerLine line, Era first, NotSpoken fault) {
        var other = first.other();
        try {
            return new Read(other, tools(line, other));
        } catch (NotSpoken otherFault) {
            throw line.unreadable(
                    "it speaks neither MCP " + first.revision() + " (" + fault.getMessage() + ") nor "
                            + other.revision() + " (" + otherFault.getMessage() + "); check servers." + server.name()
                            + ".url",
                    otherFault);
        } catch (JacksonException e) {
            throw unfit(line, e);
        }
    }

    private static List<ListedTool> tools(ServerLine line, Era era) {
        return era == Era.MODERN ? modern(line) : legacy(line);
    }

    // MCP 2026-07-28, Streamable HTTP, Request Headers
    private static List<ListedTool> modern(ServerLine line) {
        var meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{},"
                + "\"io.modelcontextprotocol/clientInfo\":" + CLIENT + "}";
        var headers = Map.of("MCP-Protocol-Version", Era.MODERN.revision(), "Mcp-Method", "tools/list");
        return pages(line, meta, headers);
    }

    // MCP 2025-11-25, Lifecycle and Session Management
    private static List<ListedTool> legacy(ServerLine line) {
        var opened = line.ask(
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                        + "\"capabilities\":{},\"clientInfo\":" + CLIENT + "}}",
                Map.of(),
                MAX_OPENING);
        var revision = JsonMapper.shared()
                .readTree(opened.result())
                .path("protocolVersion")
                .stringValue("");
        if (!LEGACY_REVISIONS.contains(revision)) {
            throw new NotSpoken("an unknown revision");
        }
        var headers = new HashMap<>(Map.of("MCP-Protocol-Version", revision));
        opened.session().ifPresent(session -> headers.put("Mcp-Session-Id", session));
        try {
            line.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", headers);
            return pages(line, "", headers);
        } finally {
            opened.session().ifPresent(session -> line.hangUp(headers));
        }
    }

    private static List<ListedTool> pages(ServerLine line, String meta, Map<String, String> headers) {
        var tools = new ArrayList<ListedTool>();
        var room = MAX_BYTES;
        var cursor = "";
        for (var page = 1; page <= MAX_PAGES; page++) {
            var message = line.ask(request(page, meta, cursor), headers, room)
                    .answer()
                    .body();
            room -= message.length;
            var listing = listing(message, line);
            if (tools.size() + listing.tools().size() > MAX_TOOLS) {
                throw line.unreadable("it has more than " + MAX_TOOLS + " tools", null);
            }
            tools.addAll(tools(message, listing));
            cursor = listing.nextCursor().orElse("");
            if (cursor.isEmpty()) {
                return tools;
            }
        }
        throw line.unreadable("it has more than " + MAX_PAGES + " pages of tools", null);
    }

    private static ToolListing listing(byte[] message, ServerLine line) {
        try {
            var listing = ToolListing.read(message);
            if (listing.hasList()) {
                return listing;
            }
        } catch (UnreadableAnswer e) {
            throw line.unreadable(e);
        }
        throw line.unreadable("its answer to tools/list has no tools", null);
    }

    /** A tool without a name is left out here as it is for agents. */
    private static List<ListedTool> tools(byte[] message, ToolListing listing) {
        return listing.tools().stream()
                .filter(tool -> !tool.name().isEmpty())
                .map(tool -> ListedTool.of(tool.name(), tool.definition().of(message)))
                .toList();
    }

    private static String request(int id, String meta, String cursor) {
        var params = new ArrayList<String>();
        if (!meta.isEmpty()) {
            params.add(meta);
        }
        if (!cursor.isEmpty()) {
            params.add(
                    "\"cursor\":\"" + new String(JsonStringEncoder.getInstance().quoteAsCharArray(cursor)) + "\"");
        }
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/list\",\"params\":{"
                + String.join(",", params) + "}}";
    }

    /** @param era the one in which the server answered */
    record Read(Era era, List<ListedTool> tools) {}
}
