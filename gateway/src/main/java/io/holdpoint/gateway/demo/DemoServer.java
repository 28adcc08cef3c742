package io.holdpoint.gateway.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The demo's imaging server: a complete small MCP server of both eras on a free loopback port (spec 09, Two commands).
 * Nothing in it knows of Holdpoint; what it receives is what any server behind the gateway receives.
 * Safe for any thread.
 */
public final class DemoServer implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int LARGEST_BODY = 1 << 20;

    private final JsonMapper json = new JsonMapper();
    private final ImagingTools tools = new ImagingTools(json);
    private final LegacyProtocol legacy = new LegacyProtocol(tools, new JsonRpc(json));
    private final ModernProtocol modern = new ModernProtocol(tools, new JsonRpc(json));
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, DemoServer::daemon);
    private final HttpServer http;

    private DemoServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/mcp", this::handle);
    }

    /**
     * Starts the server.
     *
     * @throws IOException if no loopback port can be had
     */
    public static DemoServer start() throws IOException {
        var server = new DemoServer();
        server.http.start();
        return server;
    }

    /** Its MCP endpoint. */
    public URI url() {
        return URI.create("http://127.0.0.1:%d/mcp".formatted(http.getAddress().getPort()));
    }

    /**
     * How often a tool really ran.
     *
     * @param tool one of the server's tools
     */
    int executions(String tool) {
        return tools.executions(tool);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers =
                    name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
            send(exchange, answer(exchange, headers));
        }
    }

    private Reply answer(HttpExchange exchange, Headers headers) throws IOException {
        if (headers.get("Origin").isPresent()) {
            return Reply.empty(403); // MCP 2025-11-25, Security Warning: a browser's page must not reach a local server
        }
        return switch (exchange.getRequestMethod()) {
            case "POST" -> post(exchange, headers);
            case "DELETE" -> legacy.end(headers);
            default -> Reply.empty(405);
        };
    }

    private Reply post(HttpExchange exchange, Headers headers) throws IOException {
        var body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            return Reply.empty(413);
        }
        try {
            if (json.readTree(body) instanceof ObjectNode message) {
                return ModernProtocol.speaks(message)
                        ? modern.answer(message, headers)
                        : legacy.answer(message, headers);
            }
        } catch (JacksonException e) {
            // Not JSON: refused like anything else that is not one message.
        }
        return Reply.empty(400);
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        if (reply.body().isEmpty()) {
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        var bytes = json.writeValueAsBytes(reply.body().get());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "demo-imaging");
        thread.setDaemon(true);
        return thread;
    }
}
