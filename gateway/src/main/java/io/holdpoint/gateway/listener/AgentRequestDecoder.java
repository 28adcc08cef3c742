package io.holdpoint.gateway.listener;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Decodes requests and refuses what two parsers could read differently (RFC 9112, section 6.3). */
final class AgentRequestDecoder extends HttpRequestDecoder {

    private static final int LINE_BYTES = 4096;
    private static final int HEADER_BYTES = 16 << 10;
    private static final int PIECE_BYTES = 64 << 10;

    AgentRequestDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(LINE_BYTES)
                .setMaxHeaderSize(HEADER_BYTES)
                .setMaxChunkSize(PIECE_BYTES)
                .setAllowDuplicateContentLengths(false)
                .setValidateHeaders(true));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("a request has both Content-Length and Transfer-Encoding; send one");
    }
}
