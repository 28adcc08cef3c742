package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.mcp.ApprovalAwait;
import io.holdpoint.gateway.mcp.EventTooLarge;
import io.holdpoint.gateway.mcp.ServerSentEvent;
import io.holdpoint.gateway.mcp.ServerSentEventDecoder;
import io.holdpoint.gateway.mcp.SessionSeal;
import io.holdpoint.gateway.mcp.ToolListing;
import io.holdpoint.gateway.mcp.UnreadableAnswer;
import io.holdpoint.gateway.policy.Policy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A {@code tools/list} answer on its way back: tools the grant may not see are taken out and the gateway's own put in
 * (spec 04, Support). Every other byte stays.
 */
final class ToolListRelay extends Relay {

    private static final int LARGEST = 16 << 20;

    private static final long LONGEST_TTL_MS = 60_000;

    private final Catalog catalog;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final ServerSentEventDecoder events = new ServerSentEventDecoder(LARGEST, this::pass);
    private boolean isStream;
    private int status;
    private HttpHeaders headers = io.netty.handler.codec.http.EmptyHttpHeaders.INSTANCE;

    ToolListRelay(AgentRequest request, SessionSeal sessions, Catalog catalog) {
        super(request, sessions);
        this.catalog = catalog;
    }

    @Override
    public void head(int status, HttpHeaders headers) {
        this.status = status;
        isStream = ServerMessages.areEvents(headers);
        if (status != 200) {
            super.head(status, headers);
            return;
        }
        // The edited list has another length than the server's.
        headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        if (isStream) {
            super.head(status, headers);
        } else {
            this.headers = answerHeaders(headers);
        }
    }

    @Override
    public void body(ByteBuf piece) {
        if (status != 200) {
            super.body(piece);
            return;
        }
        var bytes = new byte[piece.readableBytes()];
        piece.getBytes(piece.readerIndex(), bytes);
        if (isStream) {
            feed(bytes);
        } else if (collected.size() + bytes.length > LARGEST) {
            abortServer();
            fail("the server's list of tools is larger than %d bytes".formatted(LARGEST));
        } else {
            collected.writeBytes(bytes);
        }
    }

    @Override
    public void end() {
        if (isStream || status != 200) {
            super.end();
        } else if (!exchange().isOver()) {
            respond();
        }
    }

    private void respond() {
        try {
            exchange().respond(status, headers, edited(collected.toByteArray()));
        } catch (UnreadableAnswer e) {
            fail("the server's list of tools cannot be read: " + e.getMessage());
        }
    }

    private void feed(byte[] bytes) {
        try {
            events.feed(bytes);
        } catch (EventTooLarge | UnreadableAnswer e) {
            abortServer();
            fail("the server's list of tools cannot be read: " + e.getMessage());
        }
    }

    /** Requests and notifications of the server pass; only the answer to this request is a list. */
    private void pass(ServerSentEvent event) {
        var list = event.data()
                .filter(data -> ServerMessages.read(data)
                        .filter(message -> message.answers(request().id()))
                        .isPresent());
        var changed = list.map(data -> event.withData(edited(data))).orElse(event);
        exchange().write(Unpooled.wrappedBuffer(changed.encoded()), true);
    }

    private byte[] edited(byte[] message) {
        var policy = request().access().policy();
        var server = request().access().server();
        return ToolListing.read(message)
                .edited(
                        tool -> policy.isPresent()
                                && policy.get()
                                        .lists(
                                                tool,
                                                catalog.remembered(server, tool).risk()),
                        policy.filter(Policy::canHold).isPresent() ? List.of(ApprovalAwait.definition()) : List.of(),
                        LONGEST_TTL_MS);
    }
}
