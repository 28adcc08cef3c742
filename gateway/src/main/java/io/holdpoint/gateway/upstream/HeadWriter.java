package io.holdpoint.gateway.upstream;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes request heads into one buffer that is used again and again, and refuses what would end a header early.
 * Belongs to one thread.
 */
final class HeadWriter {

    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (var c = 0; c < TOKEN.length; c++) {
            // RFC 9110, 5.6.2.
            TOKEN[c] = Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }
    }

    private final String server;
    private byte[] bytes = new byte[1024];
    private int length;

    HeadWriter(String server) {
        this.server = server;
    }

    void start(byte[] method, byte[] lines) {
        length = 0;
        raw(method);
        raw(lines);
    }

    /** Adds all headers but the refused ones and those that {@code Connection} names (RFC 9110, 7.6.1). */
    void headers(HttpHeaders headers, HttpHeaders refused) {
        var connection = headers.get(HttpHeaderNames.CONNECTION, "");
        for (var all = headers.iteratorCharSequence(); all.hasNext(); ) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            if (!refused.contains(header.getKey()) && !named(connection, header.getKey())) {
                header(header.getKey(), header.getValue());
            }
        }
    }

    private static boolean named(String connection, CharSequence name) {
        return !connection.isEmpty()
                && Arrays.stream(connection.split(",", -1))
                        .anyMatch(token -> AsciiString.contentEqualsIgnoreCase(token.trim(), name));
    }

    void header(CharSequence name, CharSequence value) {
        room(name.length() + value.length() + 4);
        // Strings from here on: one type keeps the loops below fast.
        name(name.toString());
        bytes[length++] = ':';
        bytes[length++] = ' ';
        value(name, value.toString());
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    private void name(String name) {
        if (name.isEmpty()) {
            throw new NotSendable("a header for server " + server + " has no name; not sent");
        }
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            if (c >= TOKEN.length || !TOKEN[c]) {
                throw new NotSendable(
                        "a header name for server " + server + " has character " + (int) c + " at " + i + "; not sent");
            }
            bytes[length++] = (byte) c;
        }
    }

    private void value(CharSequence name, String value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 127 || c > 255) {
                throw new NotSendable("header " + name + " for server " + server + " has character " + (int) c + " at "
                        + i + ", which ends or garbles a header; not sent");
            }
            bytes[length++] = (byte) c;
        }
    }

    /** Adds text that is known to be safe. */
    void text(String text) {
        room(text.length());
        for (var i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    byte[] end() {
        text("\r\n");
        return bytes();
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
