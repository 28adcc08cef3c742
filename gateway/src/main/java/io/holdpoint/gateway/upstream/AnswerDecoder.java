package io.holdpoint.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.List;

/**
 * Decodes the answers on one connection, and only while one is waited for: what a server says unasked, even half a
 * status line, would otherwise become the beginning of the answer to somebody's next request.
 */
final class AnswerDecoder extends HttpResponseDecoder {

    private static final int MAX_STATUS_LINE = 4 * 1024;
    private static final int MAX_HEADERS = 64 * 1024;
    private static final int MAX_PIECE = 64 * 1024;

    private final Connection connection;

    AnswerDecoder(Connection connection) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_STATUS_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxChunkSize(MAX_PIECE));
        this.connection = connection;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (connection.isWaiting()) {
            super.decode(context, in, out);
        } else {
            in.skipBytes(in.readableBytes());
            connection.close();
        }
    }
}
