package io.holdpoint.gateway.catalog;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds one message in a stream of server-sent events, byte by byte and no further than that message.
 * Only {@code data} matters here; comments, names and ids of events are passed over.
 */
final class SseAnswer {

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final Predicate<byte[]> wanted;
    private boolean hasData;
    private boolean afterReturn;

    SseAnswer(Predicate<byte[]> wanted) {
        this.wanted = wanted;
    }

    /** The wanted message, once the event that carries it is complete. */
    Optional<byte[]> add(byte[] bytes) {
        for (var b : bytes) {
            var found = add(b);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> add(byte b) {
        var secondHalf = b == '\n' && afterReturn;
        afterReturn = b == '\r';
        if (secondHalf) {
            return Optional.empty();
        }
        if (b == '\n' || b == '\r') {
            return endLine();
        }
        line.write(b);
        return Optional.empty();
    }

    private Optional<byte[]> endLine() {
        var text = line.toByteArray();
        line.reset();
        if (text.length == 0) {
            return endEvent();
        }
        if (isData(text)) {
            addData(text);
        }
        return Optional.empty();
    }

    private static boolean isData(byte[] line) {
        return line.length >= 4
                && line[0] == 'd'
                && line[1] == 'a'
                && line[2] == 't'
                && line[3] == 'a'
                && (line.length == 4 || line[4] == ':');
    }

    private void addData(byte[] text) {
        if (hasData) {
            data.write('\n');
        }
        hasData = true;
        var from = text.length > 5 && text[5] == ' ' ? 6 : Math.min(5, text.length);
        data.write(text, from, text.length - from);
    }

    private Optional<byte[]> endEvent() {
        var message = data.toByteArray();
        data.reset();
        hasData = false;
        return message.length > 0 && wanted.test(message) ? Optional.of(message) : Optional.empty();
    }
}
