package io.holdpoint.gateway.enforcement;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Watches an answer pass and notices when it says that the server did nothing: HTTP 4xx, or a JSON-RPC error. Only
 * short answers are looked at; an error is never long.
 */
final class FailureSniffer {

    private static final int MOST = 16 << 10;

    private final Runnable didNothing;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream(256);
    private boolean tooLong;
    private boolean told;

    FailureSniffer(Runnable didNothing) {
        this.didNothing = didNothing;
    }

    void status(int status) {
        if (status >= 400 && status < 500) {
            tell();
        }
    }

    void piece(ByteBuf piece) {
        if (tooLong || seen.size() + piece.readableBytes() > MOST) {
            tooLong = true;
            return;
        }
        var bytes = new byte[piece.readableBytes()];
        piece.getBytes(piece.readerIndex(), bytes);
        seen.writeBytes(bytes);
    }

    void end() {
        if (!tooLong && mayBeError() && ServerMessages.isError(seen.toByteArray())) {
            tell();
        }
    }

    void nothingSent() {
        tell();
    }

    private boolean mayBeError() {
        return seen.toString(StandardCharsets.ISO_8859_1).contains("\"error\"");
    }

    private void tell() {
        if (!told) {
            told = true;
            didNothing.run();
        }
    }
}
