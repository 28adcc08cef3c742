package io.holdpoint.gateway.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One block of an event stream (WHATWG HTML, Server-sent events). A comment is a block of its own.
 *
 * @param type the event's type; where empty, receivers take {@code message}
 * @param data the data lines, joined by line feeds; present but empty for an event that only primes a stream
 * @param retry milliseconds
 * @param comment the text behind the colon
 */
public record ServerSentEvent(
        Optional<String> id,
        Optional<String> type,
        Optional<byte[]> data,
        OptionalLong retry,
        Optional<String> comment) {

    public ServerSentEvent {
        Objects.requireNonNull(data);
        Objects.requireNonNull(retry);
        requireOneLine(id, "id");
        requireOneLine(type, "type");
        requireOneLine(comment, "comment");
    }

    private static void requireOneLine(Optional<String> text, String what) {
        if (text.filter(line -> line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0)
                .isPresent()) {
            throw new IllegalArgumentException("the %s of an event has a line break".formatted(what));
        }
    }

    /** An event with a JSON-RPC message, as MCP sends it. */
    public static ServerSentEvent message(byte[] data) {
        return new ServerSentEvent(
                Optional.empty(), Optional.of("message"), Optional.of(data), OptionalLong.empty(), Optional.empty());
    }

    /** A comment, which only keeps the connection alive. */
    static ServerSentEvent comment(String text) {
        return new ServerSentEvent(
                Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.of(text));
    }

    /** The same event under another id. */
    ServerSentEvent withId(String other) {
        return new ServerSentEvent(Optional.of(other), type, data, retry, comment);
    }

    /** The same event with other data, such as a rewritten message. */
    public ServerSentEvent withData(byte[] other) {
        return new ServerSentEvent(id, type, Optional.of(other), retry, comment);
    }

    /** The block with the blank line that ends it. Any line break in the data arrives as a line feed. */
    public byte[] encoded() {
        var out = new JsonBytes();
        comment.ifPresent(text -> out.raw(": ").raw(text).raw("\n"));
        id.ifPresent(value -> out.raw("id: ").raw(value).raw("\n"));
        type.ifPresent(value -> out.raw("event: ").raw(value).raw("\n"));
        retry.ifPresent(millis -> out.raw("retry: ").raw(millis).raw("\n"));
        data.ifPresent(bytes -> writeData(bytes, out));
        return out.raw("\n").toBytes();
    }

    private static void writeData(byte[] data, JsonBytes out) {
        var from = 0;
        for (var i = 0; i < data.length; i++) {
            if (data[i] != '\n' && data[i] != '\r') {
                continue;
            }
            out.raw("data: ").raw(data, from, i).raw("\n");
            if (data[i] == '\r' && i + 1 < data.length && data[i + 1] == '\n') {
                i++;
            }
            from = i + 1;
        }
        out.raw("data: ").raw(data, from, data.length).raw("\n");
    }

    @Override
    public String toString() {
        var text = data.map(bytes -> new String(bytes, StandardCharsets.UTF_8).length() + " characters");
        return "ServerSentEvent[id=%s, type=%s, data=%s, retry=%s, comment=%s]"
                .formatted(id, type, text, retry, comment);
    }
}
