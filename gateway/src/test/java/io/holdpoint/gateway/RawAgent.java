package io.holdpoint.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One connection to a gateway, byte for byte. */
final class RawAgent implements Closeable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Socket socket;
    private final BufferedInputStream in;

    RawAgent(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) GatewayUnderTest.PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer; status 0 if the connection ended without one. */
    record Reply(int status, String head, String body) {

        static final Reply NONE = new Reply(0, "", "");

        private JsonNode message() {
            return JSON.readTree(body.startsWith("{") ? body : lastData());
        }

        private String lastData() {
            return body.lines()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()).strip())
                    .reduce((earlier, later) -> later)
                    .orElse("{}");
        }

        /** The JSON-RPC error's code; 0 for none. */
        int code() {
            return message().path("error").path("code").asInt(0);
        }

        String id() {
            return message().path("id").toString();
        }

        String text() {
            return message().path("result").path("content").path(0).path("text").asString("");
        }

        String decided() {
            return message()
                    .path("result")
                    .path("_meta")
                    .path("io.holdpoint/decision")
                    .path("decision")
                    .asString("");
        }
    }

    RawAgent send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each character is one byte. */
    RawAgent send(String latin1) {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads one answer as far as it goes. */
    Reply reply() {
        try {
            var head = head();
            if (head.isEmpty()) {
                return Reply.NONE;
            }
            var status = Integer.parseInt(head.substring(9, 12));
            return status == 100 ? reply() : new Reply(status, head, body(head.toLowerCase(Locale.ROOT)));
        } catch (IOException e) {
            return Reply.NONE;
        }
    }

    String head() throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            var c = in.read();
            if (c < 0) {
                return "";
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private String body(String head) throws IOException {
        if (head.contains("transfer-encoding: chunked")) {
            return chunks();
        }
        var at = head.indexOf("content-length:");
        if (at < 0) {
            return "";
        }
        var length = head.substring(at + "content-length:".length(), head.indexOf('\r', at));
        return new String(in.readNBytes(Integer.parseInt(length.strip())), StandardCharsets.UTF_8);
    }

    private String chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        while (true) {
            var line = line();
            if (line.isEmpty()) {
                return all.toString(StandardCharsets.UTF_8);
            }
            var size = Integer.parseInt(line, 16);
            all.writeBytes(in.readNBytes(size));
            line();
            if (size == 0) {
                return all.toString(StandardCharsets.UTF_8);
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Whether the gateway ends the connection. */
    boolean isCut() {
        try {
            while (in.read() >= 0) {
                // What is still there does not matter.
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
