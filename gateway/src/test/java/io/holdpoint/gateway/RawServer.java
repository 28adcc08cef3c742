package io.holdpoint.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An MCP server on a bare socket: remembers every byte it was sent, and answers whatever a test wants. */
final class RawServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TOOL = """
            {"name":"%s","description":"Does %s","inputSchema":{"type":"object"}}""";

    private final String name;
    private final List<String> tools;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final int port;
    private volatile ServerSocket listener;
    private volatile String answerHeaders = "";

    /** What to do with a request; a connection is closed after {@code false}. */
    interface Behaviour {
        boolean answer(Request request, OutputStream out) throws IOException;
    }

    /**
     * A request as it arrived.
     *
     * @param connection the number of its connection, from 1 on
     */
    record Request(int connection, String head, String body) {

        JsonNode message() {
            return JSON.readTree(body);
        }

        String method() {
            return body.startsWith("{") ? message().path("method").asString("") : "";
        }
    }

    private RawServer(String name, List<String> tools) throws IOException {
        this.name = name;
        this.tools = tools;
        listener = listen(0);
        port = listener.getLocalPort();
    }

    /** @param name what it says of itself in every result */
    static RawServer offering(String name, String... tools) {
        try {
            return new RawServer(name, List.of(tools));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerSocket listen(int where) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), where), 1000);
        var thread = new Thread(() -> accept(socket), "raw-server");
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                var accepted = socket.accept();
                accepted.setTcpNoDelay(true);
                open.add(accepted);
                var thread = new Thread(() -> serve(accepted), "raw-server-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    /** Refuses connections from now on. */
    void goAway() {
        try {
            listener.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes connections again, at the same place. */
    void comeBack() {
        try {
            listener = listen(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:%d/mcp".formatted(port));
    }

    /** Everything that arrived but the gateway's own questions about tools. */
    List<Request> received() {
        return requests.stream()
                .filter(request -> !Set.of("initialize", "notifications/initialized", "tools/list", "server/discover")
                        .contains(request.method()))
                .filter(request -> !request.head().startsWith("DELETE"))
                .toList();
    }

    /** Requests with this text in their body. */
    List<Request> receivedWith(String text) {
        return requests.stream()
                .filter(request -> request.body().contains(text))
                .toList();
    }

    /** How many connections were ever opened. */
    int connections() {
        return connections.get();
    }

    /** The number of the connection that the only request with this text in its body came on. */
    int connectionOf(String text) {
        var with = receivedWith(text);
        if (with.size() != 1) {
            throw new AssertionError("%d requests have the text %s".formatted(with.size(), text));
        }
        return with.get(0).connection();
    }

    /** Everything that ever arrived, heads included. */
    String allBytes() {
        return requests.stream()
                .flatMap(request -> Stream.of(request.head(), request.body()))
                .collect(Collectors.joining("\n"));
    }

    /** What to do with tool calls that have this text in their body. */
    void whenGiven(String text, Behaviour behaviour) {
        behaviours.put(text, behaviour);
    }

    /** More header lines for every answer, each with its line end. */
    void alwaysSending(String lines) {
        answerHeaders = lines;
    }

    private void serve(Socket socket) {
        var connection = connections.incrementAndGet();
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            var out = socket.getOutputStream();
            while (true) {
                var request = read(connection, in);
                if (request == null || !answer(request, out)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The other side or the test closed it.
        } finally {
            open.remove(socket);
        }
    }

    private static Request read(int connection, InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            var c = in.read();
            if (c < 0) {
                return null;
            }
            head.append((char) c);
        }
        var length = head.toString()
                .lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
        return new Request(connection, head.toString(), new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private boolean answer(Request request, OutputStream out) throws IOException {
        requests.add(request);
        if (!request.head().startsWith("POST")) {
            out.write("HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return true;
        }
        return switch (request.method()) {
            case "initialize" ->
                write(
                        out,
                        ok("application/json", result(request, """
                    {"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"raw","version":"1"}}"""))
                                .replaceFirst(
                                        "\r\n",
                                        "\r\nMcp-Session-Id: s" + requests.size() + "\r\n" + "Set-Cookie: a=b\r\n"));
            case "tools/list" ->
                write(out, ok("application/json", result(request, "{\"tools\":[" + definitions() + "]}")));
            case "tools/call" -> call(request, out);
            default -> write(out, "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
        };
    }

    private String definitions() {
        return tools.stream().map(tool -> TOOL.formatted(tool, tool)).collect(Collectors.joining(","));
    }

    private boolean call(Request request, OutputStream out) throws IOException {
        for (var behaviour : behaviours.entrySet()) {
            if (request.body().contains(behaviour.getKey())) {
                return behaviour.getValue().answer(request, out);
            }
        }
        return write(out, ok("application/json", did(request)));
    }

    /** The normal answer to a call: says who did it and repeats its arguments. */
    String did(Request request) {
        var arguments = request.message().path("params").path("arguments");
        return result(
                request,
                "{\"content\":[{\"type\":\"text\",\"text\":%s}],\"isError\":false}"
                        .formatted(JSON.writeValueAsString(name + " did " + arguments)));
    }

    static String result(Request request, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}"
                .formatted(request.message().get("id"), result);
    }

    String ok(String type, String body) {
        return http("200 OK", type, body);
    }

    String http(String status, String type, String body) {
        return "HTTP/1.1 %s\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(status, type, answerHeaders, body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    static boolean write(OutputStream out, String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write(bytes.toByteArray());
        out.flush();
        return true;
    }

    @Override
    public void close() {
        goAway();
    }
}
