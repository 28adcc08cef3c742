package io.holdpoint.gateway.upstream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A server of raw sockets that does what a test tells it, well-behaved or not: one script per connection. */
final class ScriptedServer implements AutoCloseable {

    /** What happens on a connection; when it returns the connection is closed. */
    interface Script {
        void run(Talk talk) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final String scheme;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private ScriptedServer(ServerSocket listener, String scheme) {
        this.listener = listener;
        this.scheme = scheme;
    }

    static ScriptedServer start(Script script) {
        return start(ServerSocketFactory.getDefault(), InetAddress.getLoopbackAddress(), "http", script);
    }

    static ScriptedServer start(ServerSocketFactory sockets, InetAddress address, String scheme, Script script) {
        try {
            var server = new ScriptedServer(sockets.createServerSocket(0, 50, address), scheme);
            daemon(() -> server.accept(script));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers every request with status 200 and its own body. */
    static ScriptedServer echo() {
        return start(talk -> {
            for (var body = talk.request(); body != null; body = talk.request()) {
                talk.answer(200, body);
            }
        });
    }

    private void accept(Script script) {
        try {
            while (true) {
                var socket = listener.accept();
                connections.add(socket);
                daemon(() -> serve(script, socket));
            }
        } catch (IOException e) {
            // The listener was closed: the test is over.
        }
    }

    private void serve(Script script, Socket socket) {
        try (socket) {
            script.run(new Talk(socket));
        } catch (IOException e) {
            // The client went away, which some tests want.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    Server server() {
        return server(Map.of());
    }

    Server server(Map<String, String> headers) {
        return server(headers, Duration.ofSeconds(20));
    }

    Server server(Map<String, String> headers, Duration timeout) {
        return new Server(
                "imaging",
                URI.create(scheme + "://localhost:" + port() + "/mcp?a=b"),
                headers,
                Set.of(),
                timeout,
                false);
    }

    /** Heads and bodies of the requests that arrived completely. */
    List<String> requests() {
        return requests;
    }

    /** How many connections were accepted. */
    int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var connection : connections) {
            connection.close();
        }
    }

    /** The server's end of one connection. */
    final class Talk {

        final Socket socket;
        private final InputStream in;

        private Talk(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /** The next request's body, or null when the client has closed the connection. */
        String request() throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                var c = read();
                if (c < 0) {
                    return null;
                }
                head.append((char) c);
            }
            var body = new String(in.readNBytes(length(head.toString())), StandardCharsets.UTF_8);
            requests.add(head + body);
            return body;
        }

        private int read() throws IOException {
            try {
                return in.read();
            } catch (SocketException e) {
                return -1;
            }
        }

        private static int length(String head) {
            for (var line : head.toLowerCase(Locale.ROOT).split("\r\n")) {
                if (line.startsWith("content-length: ")) {
                    return Integer.parseInt(line.substring(16));
                }
            }
            return 0;
        }

        /** Waits until the client closes the connection. */
        void awaitEnd() throws IOException {
            while (read() >= 0) {
                continue;
            }
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        /** Answers with that body, if there is a request to answer. */
        void answer(int status, String body) throws IOException {
            if (body == null) {
                return;
            }
            say("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        }
    }
}
