package io.holdpoint.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.gateway.catalog.Catalog.ServerUnreadable;
import io.holdpoint.gateway.upstream.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that answer as no library would let them. */
class ServerLineTests {

    private static final int PATIENCE_MILLIS = 10_000;

    private ServerSocket socket;

    @BeforeEach
    void listen() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    @Test
    void aFarewellWhoseAnswerNeverEndsIsBrokenOff() throws IOException {
        line(Duration.ofMillis(200)).hangUp(Map.of());
        try (var connection = accepted()) {
            write(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
            assertThat(connection.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whatTheClientQuotesOfAServerIsShownWithoutControlCharacters() {
        var answered = CompletableFuture.runAsync(() -> {
            try (var connection = accepted()) {
                write(connection, "HTTP/1.1 2\u001b[31m OK\r\n\r\n");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(() -> line(Duration.ofSeconds(10)).ask("{}", Map.of(), 1000))
                .isInstanceOf(ServerUnreadable.class)
                .hasMessageContaining("2\\u001b[31m");
        answered.join();
    }

    private ServerLine line(Duration patience) {
        var url = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/mcp");
        var server = new Server("imaging", url, Map.of(), Set.of(), Duration.ofSeconds(10), false);
        return new ServerLine(CatalogConfiguration.http(), server, patience, Duration.ofSeconds(20));
    }

    /** A connection whose request's head was read. */
    private Socket accepted() throws IOException {
        var connection = socket.accept();
        connection.setSoTimeout(PATIENCE_MILLIS);
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) connection.getInputStream().read());
        }
        return connection;
    }

    private static void write(Socket connection, String answer) throws IOException {
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }
}
