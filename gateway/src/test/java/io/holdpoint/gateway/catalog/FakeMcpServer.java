package io.holdpoint.gateway.catalog;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdpoint.gateway.upstream.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An MCP server on a real socket that answers as a test tells it and remembers what it was asked. */
public final class FakeMcpServer implements AutoCloseable {

    private final HttpServer http;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Function<Asked, Reply> script;

    private FakeMcpServer(HttpServer http, Function<Asked, Reply> script) {
        this.http = http;
        this.script = script;
    }

    public static FakeMcpServer start(Function<Asked, Reply> script) {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            var server = new FakeMcpServer(http, script);
            http.createContext("/mcp", server::handle);
            http.setExecutor(Executors.newCachedThreadPool(work -> {
                var thread = new Thread(work, "fake-mcp-server");
                thread.setDaemon(true);
                return thread;
            }));
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var request = new Asked(exchange.getRequestMethod(), exchange.getRequestHeaders(), body);
        asked.add(request);
        var reply = script.apply(request);
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), reply.open() ? 0 : bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
        if (!reply.open()) {
            exchange.close();
        }
    }

    public Server server() {
        return server(false);
    }

    Server server(boolean trusted) {
        var url = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/mcp");
        var headers = Map.of("Authorization", "Bearer gateway");
        return new Server("imaging", url, headers, Set.of(), Duration.ofSeconds(10), trusted);
    }

    public List<Asked> asked() {
        return asked;
    }

    /** How often the list of tools was asked for. */
    long lists() {
        return asked.stream().filter(request -> request.is("tools/list")).count();
    }

    @Override
    public void close() {
        http.stop(0);
    }

    public record Asked(String method, Headers headers, String body) {

        boolean is(String rpc) {
            return body.contains("\"method\":\"" + rpc + "\"");
        }

        public String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** @param open whether the answer is left open after the body, as a stream is */
    public record Reply(int status, String type, String body, Map<String, String> headers, boolean open) {

        static Reply json(String body) {
            return json(200, body);
        }

        public static Reply json(int status, String body) {
            return new Reply(status, "application/json", body, Map.of(), false);
        }

        public static Reply tools(String tools) {
            return json("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[" + tools + "]}}");
        }

        static Reply events(String body) {
            return new Reply(200, "text/event-stream; charset=utf-8", body, Map.of(), true);
        }

        Reply with(String header, String value) {
            return new Reply(status, type, body, Map.of(header, value), open);
        }
    }
}
