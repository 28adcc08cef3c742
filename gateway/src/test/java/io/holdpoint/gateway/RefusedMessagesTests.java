package io.holdpoint.gateway;

import static io.holdpoint.gateway.Attacked.AGENT;
import static io.holdpoint.gateway.Attacked.EXPIRED;
import static io.holdpoint.gateway.Attacked.RIVAL;
import static io.holdpoint.gateway.Attacked.call;
import static io.holdpoint.gateway.Attacked.post;
import static io.holdpoint.gateway.Attacked.postTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything spec 04 (Reading a message) refuses, on the wire: the answer is the right one, nothing reaches the server,
 * the gateway goes on, and the log knows of it.
 */
class RefusedMessagesTests {

    private static final String GOOD = call(1, "read", "{}");
    private static final String MODERN = "MCP-Protocol-Version: 2026-07-28";
    private static final String MODERN_META =
            "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";
    private static final String MODERN_CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read\",\"arguments\":{},"
                    + MODERN_META + "}}";
    private static final AtomicInteger REFUSED = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static Attacked gateway;

    @BeforeAll
    static void start() {
        gateway = new Attacked(directory);
    }

    @AfterAll
    static void everyRefusalIsCountedInTheLog() {
        try (var closing = gateway) {
            GatewayUnderTest.eventually(() -> counted() == REFUSED.get() ? Optional.of(true) : Optional.empty());
        }
    }

    private static int counted() {
        var json = new JsonMapper();
        return gateway.bodies("message.refused").stream()
                .mapToInt(body -> json.readTree(body).path("data").path("count").asInt())
                .sum();
    }

    @AfterEach
    void theGatewayStillAnswersAGoodCall() {
        assertThat(gateway.once(post(AGENT, call(1, "read", "{\"good\":1}"))).text())
                .contains("imaging did");
    }

    /** What an agent sends, and the HTTP status and JSON-RPC code it gets. */
    record Case(String what, String request, int status, int code) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static final class Table {
        private final List<Case> rows = new ArrayList<>();

        void raw(String what, String request, int status, int code) {
            rows.add(new Case(what, request, status, code));
        }

        void body(String what, String body, int code) {
            raw(what, post(AGENT, body), 400, code);
        }

        void headers(String what, int status, int code, String... headers) {
            raw(what, post(AGENT, GOOD, headers), status, code);
        }

        /** The good request with something else in its head. */
        void head(String what, String before, String after, int status) {
            var request = post(AGENT, GOOD);
            assertThat(request).contains(before);
            raw(what, request.replace(before, after), status, -32600);
        }
    }

    static Stream<Case> json() {
        var table = new Table();
        table.body("a byte order mark", "\u00ef\u00bb\u00bf" + GOOD, -32700);
        table.body("an overlong slash", call(1, "read", "{\"a\":\"\u00c0\u00af\"}"), -32700);
        table.body("an encoded surrogate", call(1, "read", "{\"a\":\"\u00ed\u00a0\u0080\"}"), -32700);
        table.body("a cut UTF-8 sequence", call(1, "read", "{\"a\":\"\u00e2\u0082\"}"), -32700);
        table.body(
                "UTF-16",
                new String(
                        GOOD.getBytes(java.nio.charset.StandardCharsets.UTF_16LE),
                        java.nio.charset.StandardCharsets.ISO_8859_1),
                -32700);
        table.body("an escaped lone surrogate", call(1, "read", "{\"a\":\"\\ud800\"}"), -32700);
        table.body("an escaped low surrogate first", call(1, "read", "{\"a\":\"\\udc00\\ud800\"}"), -32700);
        table.body("a lone surrogate in a key", call(1, "read", "{\"\\ud800\":1}"), -32700);
        table.body("a duplicate id", GOOD.replace("\"id\":1", "\"id\":1,\"id\":2"), -32700);
        table.body("a duplicate method", GOOD.replace("\"id\"", "\"method\":\"ping\",\"id\""), -32700);
        table.body("duplicate params", GOOD.replace("\"params\"", "\"params\":{},\"params\""), -32700);
        table.body("a duplicate name", GOOD.replace("\"name\"", "\"name\":\"delete\",\"name\""), -32700);
        table.body("a duplicate name, escaped", GOOD.replace("\"name\"", "\"n\\u0061me\":\"delete\",\"name\""), -32700);
        table.body("duplicate arguments", GOOD.replace("\"arguments\"", "\"arguments\":{},\"arguments\""), -32700);
        table.body("a duplicate argument", call(1, "read", "{\"a\":1,\"a\":2}"), -32700);
        table.body("a duplicate argument, escaped", call(1, "read", "{\"path\":1,\"p\\u0061th\":2}"), -32700);
        table.body("a duplicate deep inside", call(1, "read", "{\"x\":[{\"y\":{\"a\":1,\"a\":2}}]}"), -32700);
        table.body("a duplicate in _meta", GOOD.replace("\"name\"", "\"_meta\":{\"a\":1,\"a\":1},\"name\""), -32700);
        table.body(
                "a duplicate in an unknown member", GOOD.replace("\"id\"", "\"x\":{\"a\":1,\"a\":2},\"id\""), -32700);
        table.body("trailing data", GOOD + "x", -32700);
        table.body("a second message", GOOD + GOOD, -32700);
        table.body("a trailing NUL", GOOD + "\0", -32700);
        table.body("NaN", call(1, "read", "{\"a\":NaN}"), -32700);
        table.body("Infinity", call(1, "read", "{\"a\":-Infinity}"), -32700);
        table.body("a leading zero", call(1, "read", "{\"a\":01}"), -32700);
        table.body("a comment", call(1, "read", "{/*a*/}"), -32700);
        table.body("a trailing comma", call(1, "read", "{\"a\":1,}"), -32700);
        table.body("single quotes", call(1, "read", "{'a':1}"), -32700);
        table.body("a raw control character", call(1, "read", "{\"a\":\"\u0001\"}"), -32700);
        table.body("depth 65", call(1, "read", "{\"a\":" + "[".repeat(62) + "]".repeat(62) + "}"), -32700);
        table.body("a number of 1,001 digits", call(1, "read", "{\"a\":" + "1".repeat(1001) + "}"), -32700);
        table.body("a number of a million zeros", call(1, "read", "{\"a\":1" + "0".repeat(1_000_000) + "}"), -32700);
        table.body("half a message", GOOD.substring(0, GOOD.length() - 2), -32700);
        table.body("nothing", "", -32700);
        table.body("a batch", "[" + GOOD + "]", -32600);
        table.body("an empty batch", "[]", -32600);
        table.body("a string", "\"tools/call\"", -32600);
        table.body("null", "null", -32600);
        return table.rows.stream();
    }

    static Stream<Case> messages() {
        var table = new Table();
        for (var other : List.of("Method", "METHOD", "Params", "param\\u017f", "Jsonrpc", "Id", "ID", "iD")) {
            table.body("beside: " + other, GOOD.replace("\"id\"", "\"" + other + "\":1,\"id\""), -32600);
        }
        for (var other : List.of("Name", "NAME", "Arguments", "argument\\u017f", "_Meta", "_META")) {
            table.body("in params: " + other, GOOD.replace("\"name\"", "\"" + other + "\":{},\"name\""), -32602);
        }
        table.body("Method instead of method", GOOD.replace("\"method\"", "\"Method\""), -32600);
        table.body("a Kelvin sign in tasKId", GOOD.replace("\"name\"", "\"tas\\u212aId\":1,\"name\""), -32602);
        table.body("arguments in another case instead", GOOD.replace("\"arguments\"", "\"Arguments\""), -32602);
        table.body("null arguments", call(1, "read", "null"), -32602);
        table.body("an array for arguments", call(1, "read", "[]"), -32602);
        table.body("a string for arguments", call(1, "read", "\"{}\""), -32602);
        table.body("a number for arguments", call(1, "read", "5"), -32602);
        table.body("no params", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}", -32602);
        table.body(
                "a list of params",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":[\"read\"]}",
                -32602);
        table.body("no name", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{}}", -32602);
        table.body("an empty name", call(1, "", "{}"), -32602);
        table.body("a number for a name", GOOD.replace("\"read\"", "7"), -32602);
        table.body("null for a name", GOOD.replace("\"read\"", "null"), -32602);
        table.body("a name with a NUL", call(1, "read\\u0000", "{}"), -32602);
        table.body("a name with a line end", call(1, "re\\nad", "{}"), -32602);
        table.body("a name with DEL", call(1, "read\\u007f", "{}"), -32602);
        for (var id : List.of("null", "true", "{}", "[]", "1.0", "1e0", "1.5", "\"" + "x".repeat(300) + "\"")) {
            table.body(
                    "the id " + (id.length() > 20 ? "of 300 letters" : id),
                    GOOD.replace("\"id\":1", "\"id\":" + id),
                    -32600);
        }
        table.body("a call without an id", GOOD.replace("\"id\":1,", ""), -32600);
        table.body("tools/list without an id", "{\"jsonrpc\":\"2.0\",\"method\":\"tools/list\"}", -32600);
        table.body(
                "a notification with an id",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"notifications/initialized\"}",
                -32600);
        for (var version : List.of("\"1.0\"", "2.0", "\"2.00\"", "null", "\"\"")) {
            table.body("jsonrpc " + version, GOOD.replace("\"jsonrpc\":\"2.0\"", "\"jsonrpc\":" + version), -32600);
        }
        table.body("no jsonrpc", GOOD.replace("\"jsonrpc\":\"2.0\",", ""), -32600);
        table.body("a method and a result", GOOD.replace("\"id\"", "\"result\":{},\"id\""), -32600);
        for (var method : List.of(
                " tools/call",
                "tools/call ",
                "Tools/Call",
                "TOOLS/CALL",
                "tool\\u017f/call",
                "tools/call\\u200b",
                "\\uff54ools/call",
                "tools\\uff0fcall",
                "tools/call\\u00a0",
                "tools/\\u2003call",
                "tools/call\\u0000",
                "tools/\\u00adcall",
                "Tools/anything",
                "tools/c\\uff41ll",
                "\\ufefftools/call",
                "")) {
            table.body("the method \"" + method + "\"", GOOD.replace("tools/call", method), -32600);
        }
        table.body("a number for a method", GOOD.replace("\"tools/call\"", "7"), -32600);
        return table.rows.stream();
    }

    static Stream<Case> heads() {
        var table = new Table();
        table.headers("gzip", 415, -32600, "Content-Encoding: gzip");
        table.headers("two encodings", 415, -32600, "Content-Encoding: identity", "Content-Encoding: gzip");
        for (var type : List.of(
                "application/json; charset=utf-16",
                "application/json;charset=iso-8859-1",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json-rpc",
                "text/plain; application/json",
                "")) {
            table.head("the content type " + type, "application/json\r\nAccept", type + "\r\nAccept", 415);
        }
        table.head("no content type", "Content-Type: application/json\r\n", "", 415);
        table.head("two content types", "Content-Type:", "Content-Type: text/plain\r\nContent-Type:", 415);
        table.head("another host", "localhost", "evil.example", 403);
        table.head("a host that only begins well", "localhost", "localhost.evil.example", 403);
        table.head("a host behind a user", "localhost", "localhost:1@evil.example", 403);
        table.head("a port that is none", "localhost", "localhost:evil.example", 403);
        table.head("no host", "Host: localhost\r\n", "", 403);
        table.head("two hosts", "Host: localhost\r\n", "Host: localhost\r\nHost: localhost\r\n", 403);
        for (var origin : List.of(
                "https://evil.example",
                "null",
                "http://localhost.evil.example",
                "http://localhost@evil.example",
                "evil")) {
            table.headers("the origin " + origin, 403, -32600, "Origin: " + origin);
        }
        table.headers("two origins", 403, -32600, "Origin: http://localhost", "Origin: https://evil.example");
        table.head("no authorization", "Authorization: Bearer " + AGENT + "\r\n", "", 401);
        table.head("a wrong token", AGENT, "wrong", 401);
        table.head("an empty token", AGENT, "", 401);
        table.head("an expired grant", AGENT, EXPIRED, 401);
        table.head("another scheme", "Bearer", "Basic", 401);
        table.head(
                "two authorizations",
                "Authorization: Bearer " + AGENT,
                "Authorization: Bearer " + AGENT + "\r\nAuthorization: Bearer " + RIVAL,
                401);
        table.head("two tokens in one", AGENT, AGENT + ", Bearer " + RIVAL, 401);
        table.head(
                "a token in the query",
                "/mcp/imaging HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + AGENT,
                "/mcp/imaging?access_token=" + AGENT + " HTTP/1.1\r\nHost: localhost",
                401);
        table.head("an unknown server", "/mcp/imaging", "/mcp/nothing", 404);
        table.raw("a server of another grant", postTo("other", RIVAL, GOOD), 404, -32600);
        for (var path : List.of(
                "/mcp/imaging/../other",
                "/mcp/x/../imaging",
                "/mcp/%2e%2e/imaging",
                "/mcp/imag%69ng",
                "/mcp//imaging",
                "//mcp/imaging",
                "/mcp/imaging/",
                "/mcp/imaging;x=1",
                "/MCP/imaging",
                "/mcp/Imaging",
                "/mcp/",
                "/mcp",
                "/",
                "/mcp/..;/imaging",
                "/mcp/imaging%00",
                "http://localhost/mcp/imaging",
                "/api/approvals",
                "*")) {
            table.head("the path " + path, "/mcp/imaging", path, 404);
        }
        for (var method : List.of("PUT", "PATCH", "OPTIONS", "TRACE", "BREW")) {
            table.head("the HTTP method " + method, "POST", method, 405);
        }
        table.headers("an unknown version", 400, -32022, "MCP-Protocol-Version: 1900-01-01");
        table.headers("a garbled version", 400, -32022, "MCP-Protocol-Version: 2025-11-25x");
        table.headers(
                "two versions", 400, -32022, "MCP-Protocol-Version: 2025-11-25", "MCP-Protocol-Version: 2025-06-18");
        table.headers("two sessions", 400, -32600, "Mcp-Session-Id: a", "Mcp-Session-Id: b");
        table.headers("an invented session", 404, -32600, "Mcp-Session-Id: invented");
        table.headers("a session with a broken seal", 404, -32600, "Mcp-Session-Id: a.!!!.b");
        modern(table);
        return table.rows.stream();
    }

    private static void modern(Table table) {
        table.raw("modern without Mcp-Method", post(AGENT, MODERN_CALL, MODERN, "Mcp-Name: read"), 400, -32020);
        table.raw("modern without Mcp-Name", post(AGENT, MODERN_CALL, MODERN, "Mcp-Method: tools/call"), 400, -32020);
        table.raw(
                "another method in the head",
                post(AGENT, MODERN_CALL, MODERN, "Mcp-Method: ping", "Mcp-Name: read"),
                400,
                -32020);
        table.raw(
                "another name in the head",
                post(AGENT, MODERN_CALL, MODERN, "Mcp-Method: tools/call", "Mcp-Name: delete"),
                400,
                -32020);
        table.raw(
                "a name in another case",
                post(AGENT, MODERN_CALL, MODERN, "Mcp-Method: tools/call", "Mcp-Name: Read"),
                400,
                -32020);
        table.raw(
                "two names in the head",
                post(AGENT, MODERN_CALL, MODERN, "Mcp-Method: tools/call", "Mcp-Name: read", "Mcp-Name: delete"),
                400,
                -32020);
        table.raw(
                "a modern body under a legacy head",
                post(AGENT, MODERN_CALL, "MCP-Protocol-Version: 2025-11-25"),
                400,
                -32020);
        table.raw("a modern body without a version in the head", post(AGENT, MODERN_CALL), 400, -32020);
        table.raw(
                "a legacy body under a modern head",
                post(AGENT, GOOD, MODERN, "Mcp-Method: tools/call", "Mcp-Name: read"),
                400,
                -32602);
    }

    static Stream<Case> http() {
        var table = new Table();
        var length = "Content-Length: " + GOOD.length();
        table.head("two lengths", length, length + "\r\n" + length, 400);
        table.head("two different lengths", length, length + "\r\nContent-Length: 5", 400);
        table.head("two lengths in one", length, length + ", " + GOOD.length(), 400);
        table.head("a signed length", length, "Content-Length: +" + GOOD.length(), 400);
        table.head("a negative length", length, "Content-Length: -1", 400);
        table.head("a hexadecimal length", length, "Content-Length: 0x20", 400);
        table.head("a length with a blank before the colon", "Content-Length:", "Content-Length :", 400);
        table.head("a length and chunks", length, length + "\r\nTransfer-Encoding: chunked", 400);
        table.head("an unknown transfer encoding", length, length + "\r\nTransfer-Encoding: xchunked", 400);
        table.head(
                "a transfer encoding that is not chunks at last", length, "Transfer-Encoding: chunked, identity", 400);
        table.head("a compressed transfer encoding", length, "Transfer-Encoding: gzip", 400);
        table.head("a header without a name", "Accept:", ": a\r\nAccept:", 400);
        table.head("a header without a colon", "Accept:", "Nonsense\r\nAccept:", 400);
        table.head("a NUL in a header", "Accept: ", "Accept: \0", 400);
        table.head("a bare line end in a header", "Accept: ", "X: a\nAuthorization: Bearer x\r\nAccept: ", 400);
        table.raw("a chunk size that is none", chunked("zz\r\n" + GOOD + "\r\n0\r\n\r\n"), 400, -32600);
        table.raw("a negative chunk size", chunked("-5\r\n" + GOOD + "\r\n0\r\n\r\n"), 400, -32600);
        table.raw("a chunk longer than it says", chunked("5\r\n" + GOOD + "\r\n0\r\n\r\n"), 400, -32600);
        table.raw("a length over the limit", post(AGENT, GOOD).replace(length, "Content-Length: 1048577"), 413, -32600);
        table.raw(
                "a length of five gigabytes",
                post(AGENT, GOOD).replace(length, "Content-Length: 5000000000"),
                413,
                -32600);
        table.raw("chunks over the limit", chunked("100001\r\n" + " ".repeat(0x100001) + "\r\n0\r\n\r\n"), 413, -32600);
        table.head("a line that is too long", "/mcp/imaging", "/mcp/imaging?" + "x".repeat(5000), 414);
        table.head("a head that is too large", "Accept:", "X: " + "x".repeat(20_000) + "\r\nAccept:", 431);
        table.head("ten thousand headers", "Accept:", "X: x\r\n".repeat(10_000) + "Accept:", 431);
        return table.rows.stream();
    }

    private static String chunked(String chunks) {
        var request = post(AGENT, GOOD);
        return request.substring(0, request.indexOf("Content-Length")) + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
    }

    @ParameterizedTest
    @MethodSource({"json", "messages", "heads", "http"})
    void isRefusedAndNeverForwarded(Case attack) {
        var before =
                gateway.imaging.received().size() + gateway.other.received().size();
        var reply = gateway.once(attack.request());
        REFUSED.incrementAndGet();
        assertThat(reply.status()).as(reply.body()).isEqualTo(attack.status());
        assertThat(reply.code()).as(reply.body()).isEqualTo(attack.code());
        assertThat(gateway.imaging.received().size() + gateway.other.received().size())
                .isEqualTo(before);
    }

    @Test
    void whatIsPipelinedBehindARefusedRequestIsNotRead() {
        var smuggled = post(AGENT, call(1, "read", "{\"smuggled\":1}"));
        for (var first : List.of(
                post(AGENT, GOOD).replace("localhost", "evil.example"),
                post(AGENT, GOOD).replace("Content-Length: ", "Transfer-Encoding: chunked\r\nContent-Length: "),
                post(AGENT, GOOD, "Content-Encoding: gzip"),
                post(AGENT, GOOD).replace("/mcp/imaging", "/nothing"))) {
            try (var agent = gateway.connect()) {
                REFUSED.incrementAndGet();
                assertThat(agent.send(first + smuggled).reply().status()).isGreaterThanOrEqualTo(400);
                assertThat(agent.isCut()).isTrue();
            }
        }
        assertThat(gateway.imaging.receivedWith("smuggled")).isEmpty();
    }

    /** RFC 9112, section 5.2: a fold is a blank in the value, never another field. */
    @Test
    void aFoldedHeaderIsOneHeader() {
        var folded = post(AGENT, GOOD).replace("Accept:", "X: a\r\n Authorization: Bearer nobody\r\nAccept:");
        assertThat(gateway.once(folded).status()).isEqualTo(200);
    }

    @Test
    void theHttpMethodHeadIsRefusedWithoutABody() throws IOException {
        REFUSED.incrementAndGet();
        try (var agent = gateway.connect()) {
            agent.send(post(AGENT, GOOD).replaceFirst("POST", "HEAD"));
            assertThat(agent.head()).startsWith("HTTP/1.1 405").containsIgnoringCase("content-length: 0");
        }
    }

    @Test
    void whoPresentsNoGrantIsToldHow() {
        REFUSED.incrementAndGet();
        var reply = gateway.once(post("nobody", GOOD));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.head().lines().map(String::toLowerCase)).contains("www-authenticate: bearer");
    }

    @Test
    void unreadableArgumentsOfTheAwaitToolAreRefusedAndNoted() {
        REFUSED.incrementAndGet();
        var reply = gateway.once(post(AGENT, call(1, "approval_await", "{\"wait_seconds\":1e9999999999}")));
        assertThat(reply.code()).isEqualTo(-32602);
        GatewayUnderTest.eventually(() -> gateway.bodies("message.refused").stream()
                .filter(body -> body.contains("-32602"))
                .findFirst());
    }

    @Test
    void aRequestThatEndsItsConnectionIsTheLastThatIsRead() {
        var smuggled = post(AGENT, call(1, "read", "{\"behind the last\":1}"));
        try (var agent = gateway.connect()) {
            agent.send(post(AGENT, call(1, "read", "{\"one\":1}"))
                    + post(AGENT, call(2, "read", "{\"two\":1}"), "Connection: close")
                    + smuggled);
            assertThat(agent.reply().text()).contains("one");
            assertThat(agent.reply().text()).contains("two");
            assertThat(agent.isCut()).isTrue();
        }
        assertThat(gateway.imaging.receivedWith("behind the last")).isEmpty();
    }

    @Test
    void equalRefusalsAreOneEntryWithACount() {
        var before = gateway.entries("message.refused");
        var flood = post("nobody", GOOD);
        for (var i = 0; i < 200; i++) {
            REFUSED.incrementAndGet();
            gateway.once(flood);
        }
        GatewayUnderTest.eventually(() -> counted() == REFUSED.get() ? Optional.of(true) : Optional.empty());
        assertThat(gateway.entries("message.refused") - before).isLessThan(50);
    }

    @Test
    void aFloodOfRefusalsThatAllDifferIsNoFloodOfEntries() {
        var before = gateway.entries("message.refused");
        for (var i = 0; i < 3000; i++) {
            REFUSED.incrementAndGet();
            gateway.once(post(AGENT, "").replace("localhost", "evil%d.example".formatted(i)));
        }
        GatewayUnderTest.eventually(() -> counted() == REFUSED.get() ? Optional.of(true) : Optional.empty());
        assertThat(gateway.entries("message.refused") - before).isLessThan(2000);
    }
}
