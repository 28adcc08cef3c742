package io.holdpoint.gateway.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events in an event stream, in whatever pieces its bytes come (WHATWG HTML, Server-sent events, Interpreting
 * an event stream). Unlike a browser it also hands on comments, and blocks without data, so that all may be passed on.
 * For one stream; not thread-safe.
 */
public final class ServerSentEventDecoder {

    private static final int MOST_RETRY_DIGITS = 18;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int largestEvent;
    private final Consumer<ServerSentEvent> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private boolean isFirstLine = true;
    private boolean skipsLineFeed;
    private int size;

    private @Nullable String id;
    private @Nullable String type;
    private @Nullable ByteArrayOutputStream data;
    private OptionalLong retry = OptionalLong.empty();

    /**
     * @param largestEvent in bytes, all its lines together
     * @param events called for each event, in order, by whoever feeds
     */
    public ServerSentEventDecoder(int largestEvent, Consumer<ServerSentEvent> events) {
        this.largestEvent = largestEvent;
        this.events = events;
    }

    /** Takes the next bytes of the stream. */
    public void feed(byte[] bytes) {
        feed(bytes, 0, bytes.length);
    }

    /**
     * Takes the next bytes of the stream.
     *
     * @throws EventTooLarge once an event is larger than accepted; nothing may be fed afterwards
     */
    void feed(byte[] bytes, int from, int length) {
        var end = from + length;
        var start = from;
        if (skipsLineFeed && start < end) {
            start += bytes[start] == '\n' ? 1 : 0;
            skipsLineFeed = false;
        }
        for (var i = start; i < end; i++) {
            if (bytes[i] != '\n' && bytes[i] != '\r') {
                continue;
            }
            append(bytes, start, i);
            endLine();
            if (bytes[i] == '\r') {
                skipsLineFeed = i + 1 == end;
                i += i + 1 < end && bytes[i + 1] == '\n' ? 1 : 0;
            }
            start = i + 1;
        }
        append(bytes, start, end);
    }

    /** Whether the stream has begun an event that has not ended: at the end of the stream, one that is lost. */
    boolean isInsideEvent() {
        return line.size() > 0 || hasFields();
    }

    private void append(byte[] bytes, int from, int to) {
        size += to - from;
        if (size > largestEvent) {
            throw new EventTooLarge(largestEvent);
        }
        line.write(bytes, from, to - from);
    }

    private void endLine() {
        var bytes = line.toByteArray();
        line.reset();
        var from = isFirstLine && startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        isFirstLine = false;
        if (from == bytes.length) {
            dispatch();
        } else if (bytes[from] == ':') {
            comment(bytes, from + 1);
        } else {
            field(bytes, from);
        }
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= 3
                && bytes[0] == BYTE_ORDER_MARK[0]
                && bytes[1] == BYTE_ORDER_MARK[1]
                && bytes[2] == BYTE_ORDER_MARK[2];
    }

    private boolean hasFields() {
        return id != null || type != null || data != null || retry.isPresent();
    }

    private void dispatch() {
        size = 0;
        if (!hasFields()) {
            return;
        }
        var event = new ServerSentEvent(
                Optional.ofNullable(id),
                Optional.ofNullable(type),
                Optional.ofNullable(data).map(ByteArrayOutputStream::toByteArray),
                retry,
                Optional.empty());
        id = null;
        type = null;
        data = null;
        retry = OptionalLong.empty();
        events.accept(event);
    }

    private void comment(byte[] bytes, int from) {
        size -= bytes.length; // keep-alives inside an event do not count
        var at = from < bytes.length && bytes[from] == ' ' ? from + 1 : from;
        events.accept(ServerSentEvent.comment(text(bytes, at)));
    }

    private void field(byte[] bytes, int from) {
        var colon = from;
        while (colon < bytes.length && bytes[colon] != ':') {
            colon++;
        }
        var at = Math.min(colon + 1, bytes.length);
        var value = at < bytes.length && bytes[at] == ' ' ? at + 1 : at;
        switch (new String(bytes, from, colon - from, StandardCharsets.UTF_8)) {
            case "data" -> addData(bytes, value);
            case "event" -> type = text(bytes, value);
            case "id" -> id(text(bytes, value));
            case "retry" -> retry(text(bytes, value));
            default -> {} // Unknown fields are ignored.
        }
    }

    private void addData(byte[] bytes, int from) {
        var lines = data;
        if (lines == null) {
            lines = new ByteArrayOutputStream(bytes.length - from);
            data = lines;
        } else {
            lines.write('\n');
        }
        lines.write(bytes, from, bytes.length - from);
    }

    private void id(String value) {
        if (value.indexOf('\0') < 0) {
            id = value;
        }
    }

    private void retry(String value) {
        var isNumber = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (isNumber && value.length() <= MOST_RETRY_DIGITS) {
            retry = OptionalLong.of(Long.parseLong(value));
        }
    }

    private static String text(byte[] bytes, int from) {
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }
}
