package io.holdpoint.gateway.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An MCP client as most are today: 2025-11-25, a session, and progress while a call is held. Used by one thread.
 */
final class AgentSession {

    private static final String VERSION = "2025-11-25";
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final JsonMapper json = new JsonMapper();
    private final HttpClient http;
    private final URI gateway;
    private final String token;
    private String session = "";
    private int lastId;

    AgentSession(URI gateway, String token) {
        this.gateway = gateway;
        this.token = token;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .build();
    }

    /** Begins a session. */
    void open() throws IOException, InterruptedException {
        session = "";
        var params = json.createObjectNode().put("protocolVersion", VERSION);
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", DemoState.AGENT_NAME).put("version", "1.0.0");
        var response = send(request("initialize", params));
        try (var lines = response.body()) {
            answer(response, lines, progress -> {});
        }
        session = response.headers().firstValue(LegacyProtocol.SESSION).orElse("");
        var notification = json.createObjectNode().put("jsonrpc", "2.0").put("method", "notifications/initialized");
        send(notification).body().close();
    }

    /**
     * Calls a tool and waits for its result, however long people take.
     *
     * @param onProgress gets each progress message
     * @return the {@code CallToolResult}
     * @throws RefusedByGateway if coming back with the same call cannot help
     * @throws IOException if the connection is lost, or the session with it
     */
    JsonNode call(String tool, ObjectNode arguments, Consumer<String> onProgress)
            throws IOException, InterruptedException {
        var params = json.createObjectNode().put("name", tool);
        params.set("arguments", arguments);
        params.putObject("_meta").put("progressToken", lastId + 1);
        var response = send(request("tools/call", params));
        try (var lines = response.body()) {
            return answer(response, lines, onProgress);
        }
    }

    private ObjectNode request(String method, ObjectNode params) {
        lastId++;
        return json.createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", lastId)
                .put("method", method)
                .set("params", params);
    }

    private HttpResponse<Stream<String>> send(ObjectNode message) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gateway)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(json.writeValueAsString(message)));
        if (!session.isEmpty()) {
            request.header(LegacyProtocol.SESSION, session).header("MCP-Protocol-Version", VERSION);
        }
        return http.send(request.build(), BodyHandlers.ofLines());
    }

    private JsonNode answer(HttpResponse<Stream<String>> response, Stream<String> lines, Consumer<String> onProgress)
            throws IOException {
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            throw new RefusedByGateway("HTTP %d; is it the demo of this directory?".formatted(response.statusCode()));
        }
        if (response.statusCode() != 200) {
            throw new IOException("the gateway answered HTTP " + response.statusCode());
        }
        var type = response.headers().firstValue("Content-Type").orElse("");
        try {
            return type.startsWith("text/event-stream")
                    ? fromEvents(lines.iterator(), onProgress)
                    : outcome(json.readTree(String.join("\n", (Iterable<String>) lines::iterator)));
        } catch (UncheckedIOException | JacksonException e) {
            throw new IOException("the connection was lost in the middle of an answer", e);
        }
    }

    /** MCP 2025-11-25, Streamable HTTP: progress first, the answer last; comments and empty events keep it open. */
    private JsonNode fromEvents(Iterator<String> lines, Consumer<String> onProgress) throws IOException {
        var data = new StringBuilder();
        while (lines.hasNext()) {
            var line = lines.next();
            if (line.startsWith("data:")) {
                data.append(line.substring("data:".length()).strip());
            } else if (line.isEmpty() && !data.isEmpty()) {
                var message = json.readTree(data.toString());
                data.setLength(0);
                if (message.path("id").asInt(0) == lastId && !message.has("method")) {
                    return outcome(message);
                }
                tell(message, onProgress);
            }
        }
        throw new IOException("the connection was lost before the answer");
    }

    private static void tell(JsonNode message, Consumer<String> onProgress) {
        if (message.path("method").asString("").equals("notifications/progress")) {
            onProgress.accept(message.at("/params/message").asString("still waiting"));
        }
    }

    private static JsonNode outcome(JsonNode message) throws IOException {
        if (message.has("error")) {
            throw new RefusedByGateway(message.at("/error/message").asString("an error without a message"));
        }
        return message.path("result");
    }
}
