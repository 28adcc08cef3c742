package io.holdpoint.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small MCP server that remembers every call it got, byte for byte, and misbehaves on request. */
final class RecordingServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TOOL = """
            {"name":"%s","description":"%s","inputSchema":%s}""";
    private static final String SCHEMA = """
            {"type":"object","properties":{"id":{"type":"string"}}}""";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Map<String, String> descriptions = new ConcurrentHashMap<>();
    private final List<String> tools;
    private volatile String schema = SCHEMA;
    private volatile boolean listsInAStream;
    private volatile String besideTools = "";

    /** What a tool does with a call. */
    interface Behaviour {
        void answer(HttpExchange exchange, JsonNode message) throws IOException;
    }

    /** A call as it arrived. */
    record Received(String tool, String body, Map<String, List<String>> headers) {}

    private RecordingServer(List<String> tools) throws IOException {
        this.tools = tools;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/mcp", this::handle);
        http.start();
    }

    static RecordingServer offering(String... tools) {
        try {
            return new RecordingServer(List.of(tools));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:%d/mcp".formatted(http.getAddress().getPort()));
    }

    List<Received> calls(String tool) {
        return calls.stream().filter(call -> call.tool().equals(tool)).toList();
    }

    /** Calls with this text in their body. */
    List<Received> callsWith(String text) {
        return calls.stream().filter(call -> call.body().contains(text)).toList();
    }

    /** What to do with calls that have this text in their body. */
    void whenGiven(String text, Behaviour behaviour) {
        behaviours.put(text, behaviour);
    }

    void when(String tool, Behaviour behaviour) {
        behaviours.put(tool, behaviour);
    }

    /** The tool's definition is another one from now on. */
    void redefine(String tool, String description) {
        descriptions.put(tool, description);
    }

    /** All its tools have this input schema. */
    RecordingServer withSchema(String json) {
        schema = json;
        return this;
    }

    /** Lists its tools in a stream of one event from now on, and with a Content-Length. */
    void listInAStream() {
        listsInAStream = true;
    }

    /** Its list of tools has a next page, an empty one, and these members. */
    void listBeside(String members) {
        besideTools = ",\"nextCursor\":\"2\"," + members;
    }

    /** Receives the call and never answers, until closed; the latch says that it was received. */
    CountDownLatch hangOn(String tool) {
        var received = new CountDownLatch(1);
        when(tool, (exchange, message) -> {
            received.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return received;
    }

    /** Receives calls with this text in their body, and answers them once the latch is open. */
    CountDownLatch holdBack(String text) {
        var open = new CountDownLatch(1);
        whenGiven(text, (exchange, message) -> {
            try {
                open.await();
                did(exchange, message);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return open;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("DELETE") ? 200 : 405, -1);
            exchange.close();
            return;
        }
        var message = JSON.readTree(body);
        switch (message.path("method").asString("")) {
            case "initialize" -> {
                exchange.getResponseHeaders()
                        .set("Mcp-Session-Id", UUID.randomUUID().toString());
                result(exchange, message, """
                        {"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"recording","version":"1"}}""");
            }
            case "tools/list" -> list(exchange, message);
            case "tools/call" -> call(exchange, message, body);
            default -> {
                exchange.sendResponseHeaders(202, -1);
                exchange.close();
            }
        }
    }

    private void list(HttpExchange exchange, JsonNode message) throws IOException {
        var isFirstPage = !message.path("params").has("cursor");
        var tools = isFirstPage ? "{\"tools\":[" + definitions() + "]" + besideTools + "}" : "{\"tools\":[]}";
        if (listsInAStream) {
            var answer = "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(message.get("id"), tools);
            send(exchange, 200, "text/event-stream", "event: message\ndata: " + answer + "\n\n");
        } else {
            result(exchange, message, tools);
        }
    }

    private String definitions() {
        return String.join(
                ",",
                tools.stream()
                        .map(tool -> TOOL.formatted(tool, descriptions.getOrDefault(tool, "Does " + tool), schema))
                        .toList());
    }

    private void call(HttpExchange exchange, JsonNode message, String body) throws IOException {
        var tool = message.path("params").path("name").asString();
        calls.add(new Received(tool, body, Map.copyOf(exchange.getRequestHeaders())));
        var behaviour = behaviours.keySet().stream().filter(body::contains).findFirst();
        if (behaviour.isPresent()) {
            behaviours.get(behaviour.get()).answer(exchange, message);
        } else {
            did(exchange, message);
        }
    }

    private static void did(HttpExchange exchange, JsonNode message) throws IOException {
        var tool = message.path("params").path("name").asString();
        result(
                exchange,
                message,
                "{\"content\":[{\"type\":\"text\",\"text\":\"did %s\"}],\"isError\":false}".formatted(tool));
    }

    static void result(HttpExchange exchange, JsonNode message, String result) throws IOException {
        send(
                exchange,
                200,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(message.get("id"), result));
    }

    static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
