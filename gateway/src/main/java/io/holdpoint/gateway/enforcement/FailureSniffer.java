package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.mcp.EventTooLarge;
import io.holdpoint.gateway.mcp.ServerSentEventDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Watches an answer pass and notices when it says that the server did nothing: HTTP 4xx, or a JSON-RPC error in place
 * of the result (spec 03, Order). After HTTP 5xx nothing in the body counts. It keeps one message at a time, and of one
 * that is long without a sign of an error only the beginning.
 */
final class FailureSniffer {

    private static final int LARGEST = 1 << 20;
    /** An error has its name before its data. */
    private static final int BEGINNING = 16 << 10;

    private static final String ERROR = "\"error\"";

    private final byte[] requestId;
    private final Runnable didNothing;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream(256);
    private @Nullable ServerSentEventDecoder events;
    private boolean looks;
    private boolean told;

    /**
     * @param requestId as JSON; only the answer to this request counts
     * @param didNothing called once at most
     */
    FailureSniffer(byte[] requestId, Runnable didNothing) {
        this.requestId = requestId;
        this.didNothing = didNothing;
    }

    void head(int status, HttpHeaders headers) {
        if (status >= 400 && status < 500) {
            tell();
        }
        looks = status == 200;
        if (looks && ServerMessages.areEvents(headers)) {
            events = new ServerSentEventDecoder(LARGEST, event -> event.data().ifPresent(this::message));
        }
    }

    void piece(ByteBuf piece) {
        if (!looks) {
            return;
        }
        var bytes = new byte[piece.readableBytes()];
        piece.getBytes(piece.readerIndex(), bytes);
        if (events != null) {
            feed(events, bytes);
        } else {
            collect(bytes);
        }
    }

    private void feed(ServerSentEventDecoder decoder, byte[] bytes) {
        try {
            decoder.feed(bytes);
        } catch (EventTooLarge e) {
            giveUp();
        }
    }

    private void collect(byte[] bytes) {
        var isBeginning = seen.size() < BEGINNING;
        seen.writeBytes(bytes);
        var passed = isBeginning && seen.size() >= BEGINNING;
        if (seen.size() > LARGEST || passed && !mayBeError(seen.toByteArray())) {
            giveUp();
        }
    }

    private void giveUp() {
        looks = false;
        events = null;
        seen.reset();
    }

    void end() {
        if (looks && events == null) {
            message(seen.toByteArray());
        }
    }

    void nothingSent() {
        tell();
    }

    private void message(byte[] message) {
        if (mayBeError(message)
                && ServerMessages.read(message)
                        .filter(answer -> answer.error().isPresent() && answer.answers(requestId))
                        .isPresent()) {
            tell();
        }
    }

    private static boolean mayBeError(byte[] message) {
        return new String(message, StandardCharsets.ISO_8859_1).contains(ERROR);
    }

    private void tell() {
        if (!told) {
            told = true;
            didNothing.run();
        }
    }
}
