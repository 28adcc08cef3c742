package io.holdpoint.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The agent against a gateway that answers by script, over a real socket. */
@Timeout(30)
class DemoAgentTests {

    private static final String TEXT = """
        {"content":[{"type":"text","text":"%s"}],"isError":%s,"_meta":{"io.holdpoint/decision":{"decision":"%s"}}}\
        """;

    private final JsonMapper json = new JsonMapper();
    private final StringWriter out = new StringWriter();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final Deque<String> deletions = new ArrayDeque<>();
    private HttpServer gateway;
    private int exports;
    private String token = "right";

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/mcp/imaging", this::answer);
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    @Test
    void itTellsHowManyExportsPassedAndWhatTheNextOneGot() throws Exception {
        deletions.add(result("done", false, ""));
        deletions.add(result("done", false, ""));

        play();

        assertThat(out.toString()).contains("10 passed; then: slow down");
    }

    @Test
    void itShowsProgressAndTheReasonOfARefusal() throws Exception {
        deletions.add("progress Waiting for approval by radiology-leads");
        deletions.add(result("Rejected by Ana: not this one", true, "rejected"));
        deletions.add(result("deleted B", false, ""));

        play();

        assertThat(out.toString())
                .containsSubsequence(
                        "delete_study {\"study\":\"A\"}",
                        "waits  Waiting for approval by radiology-leads",
                        "gets   Rejected by Ana: not this one",
                        "delete_study {\"study\":\"B\"}",
                        "gets   deleted B");
    }

    @Test
    void aPendingCallIsRepeatedUnchangedUntilItIsDecided() throws Exception {
        deletions.add(result("Pending; repeat the call later", true, "pending"));
        deletions.add(result("deleted A", false, ""));
        deletions.add(result("deleted B", false, ""));

        play();

        assertThat(received.stream()
                        .filter(message ->
                                message.at("/params/name").asString("").equals("delete_study"))
                        .map(message -> message.at("/params/arguments/study").asString()))
                .containsExactly("A", "A", "B");
    }

    @Test
    void aLostConnectionIsComeBackToWithANewSession() throws Exception {
        deletions.add("cut");
        deletions.add(result("deleted A", false, ""));
        deletions.add(result("deleted B", false, ""));

        play();

        assertThat(out.toString()).containsSubsequence("the connection is lost", "gets   deleted A");
        assertThat(received.stream()
                        .filter(message -> message.path("method").asString("").equals("initialize")))
                .hasSize(2);
    }

    @Test
    void aWrongTokenEndsIt() {
        token = "wrong";

        assertThatThrownBy(this::play).isInstanceOf(RefusedByGateway.class).hasMessageContaining("HTTP 401");
    }

    @Test
    void itPlaysAgainstTheDemosOwnServerToo() throws Exception {
        try (var server = DemoServer.start()) {
            agent(server.url()).play();

            assertThat(server.executions("delete_study")).isEqualTo(2);
        }
    }

    private void play() throws IOException, InterruptedException {
        agent(URI.create("http://127.0.0.1:%d/mcp/imaging"
                        .formatted(gateway.getAddress().getPort())))
                .play();
    }

    private DemoAgent agent(URI url) {
        return new DemoAgent(new DemoState.Announced(url, token), new PrintWriter(out, true), Duration.ofMillis(1));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var message = json.readTree(exchange.getRequestBody().readAllBytes());
            received.add(message);
            if (!"Bearer right".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
            } else if (!message.has("id")) {
                exchange.sendResponseHeaders(202, -1);
            } else {
                answer(exchange, message);
            }
        }
    }

    private void answer(HttpExchange exchange, JsonNode message) throws IOException {
        var id = message.get("id").asInt();
        exchange.getResponseHeaders().set("Mcp-Session-Id", "s");
        switch (message.at("/params/name").asString("initialize")) {
            case "initialize" -> send(exchange, "application/json", response(id, "{}"));
            case "list_studies" -> send(exchange, "application/json", response(id, result("A one\\nB two", false, "")));
            case "start_dicom_export_job" -> {
                exports++;
                var limited = exports > 10;
                var text = limited ? "slow down" : "started";
                send(exchange, "application/json", response(id, result(text, limited, limited ? "limit" : "")));
            }
            default -> delete(exchange, id);
        }
    }

    /** A held call as it is answered: a comment, progress, then the result, in one stream. */
    private void delete(HttpExchange exchange, int id) throws IOException {
        var events = new StringBuilder(": held\n\n");
        var next = deletions.remove();
        if (next.startsWith("progress ")) {
            events.append(event("{\"method\":\"notifications/progress\",\"params\":{\"message\":\"%s\"}}"
                    .formatted(next.substring("progress ".length()))));
            next = deletions.remove();
        }
        if (!next.equals("cut")) {
            events.append(event(response(id, next)));
        }
        send(exchange, "text/event-stream", events.toString());
    }

    private static String event(String data) {
        return "event: message\ndata: " + data.replace("\n", "\ndata: ") + "\n\n";
    }

    private static String response(int id, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":%s}".formatted(id, result);
    }

    private static String result(String text, boolean isError, String decision) {
        return TEXT.formatted(text, isError, decision);
    }

    private static void send(HttpExchange exchange, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
