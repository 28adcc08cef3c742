package io.holdpoint.gateway.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/** JSON being written: what is JSON already goes in as it is, what is text goes in escaped. */
final class JsonBytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    JsonBytes raw(String json) {
        return raw(json.getBytes(StandardCharsets.UTF_8));
    }

    JsonBytes raw(byte[] json) {
        bytes.writeBytes(json);
        return this;
    }

    JsonBytes raw(byte[] json, int from, int to) {
        bytes.write(json, from, to - from);
        return this;
    }

    JsonBytes raw(long number) {
        return raw(Long.toString(number));
    }

    /** Writes a string with its quotes. Half a surrogate pair, which UTF-8 cannot carry, becomes a question mark. */
    JsonBytes text(String text) {
        bytes.write('"');
        bytes.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(wellFormed(text)));
        bytes.write('"');
        return this;
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
