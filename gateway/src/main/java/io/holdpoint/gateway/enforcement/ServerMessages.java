package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.mcp.Answer;
import io.holdpoint.gateway.mcp.AnswerReader;
import io.holdpoint.gateway.mcp.ServerSentEventDecoder;
import io.holdpoint.gateway.mcp.UnreadableAnswer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads what servers say without being put out by what they should not say. */
final class ServerMessages {

    private static final int LARGEST = 1 << 20;

    private ServerMessages() {}

    /** The message, or empty if it is none. */
    static Optional<Answer> read(byte[] message) {
        try {
            return Optional.of(AnswerReader.read(message));
        } catch (UnreadableAnswer e) {
            return Optional.empty();
        }
    }

    /** Whether an answer is a stream of events. */
    static boolean areEvents(HttpHeaders headers) {
        return headers.get(HttpHeaderNames.CONTENT_TYPE, "")
                .toLowerCase(Locale.ROOT)
                .startsWith("text/event-stream");
    }

    /** Whether a whole body, JSON or events, has a JSON-RPC error for an answer. */
    static boolean isError(byte[] body) {
        var plain = read(body);
        if (plain.isPresent()) {
            return plain.get().error().isPresent();
        }
        var errors = new AtomicBoolean();
        new ServerSentEventDecoder(
                        LARGEST,
                        event -> event.data()
                                .flatMap(ServerMessages::read)
                                .filter(answer -> answer.error().isPresent())
                                .ifPresent(answer -> errors.set(true)))
                .feed(body);
        return errors.get();
    }
}
