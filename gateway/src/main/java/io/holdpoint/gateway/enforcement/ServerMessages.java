package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.mcp.Answer;
import io.holdpoint.gateway.mcp.AnswerReader;
import io.holdpoint.gateway.mcp.UnreadableAnswer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

/** Reads what servers say without being put out by what they should not say. */
final class ServerMessages {

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
}
