package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.mcp.Answer;
import io.holdpoint.gateway.mcp.EventTooLarge;
import io.holdpoint.gateway.mcp.ServerSentEventDecoder;
import io.holdpoint.gateway.upstream.ServerAnswer;
import io.holdpoint.gateway.upstream.Upstream;
import io.holdpoint.workflow.approval.ApprovalState;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects a server's answer to an approved call and says how it ended (spec 04, Execution): a complete answer is
 * {@code SUCCEEDED}, with an error {@code FAILED}; anything that leaves it open whether the server acted is
 * {@code UNKNOWN}.
 */
final class ServerReply implements ServerAnswer {

    private static final int LARGEST = 16 << 20;
    private static final byte[] NOTHING = {};

    private final byte[] requestId;
    private final Consumer<byte[]> events;
    private final Consumer<Ending> whenOver;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final ServerSentEventDecoder decoder =
            new ServerSentEventDecoder(LARGEST, event -> event.data().ifPresent(this::message));
    private volatile @Nullable EventLoop loop;
    private Upstream.@Nullable Sent sent;
    private int status;
    private boolean isStream;
    private boolean over;

    /**
     * @param requestId the id the answer must carry, as JSON
     * @param events takes messages of the server that come before its answer
     * @param whenOver told once
     */
    ServerReply(byte[] requestId, Consumer<byte[]> events, Consumer<Ending> whenOver) {
        this.requestId = requestId;
        this.events = events;
        this.whenOver = whenOver;
    }

    /**
     * How it ended.
     *
     * @param answer the server's JSON-RPC answer; empty where there is none
     * @param error what went wrong; empty where nothing did
     * @param didNothing whether the server certainly did not act
     */
    record Ending(ApprovalState state, byte[] answer, String error, boolean nothingSent, boolean didNothing) {}

    /** @param on the loop everything happens on */
    void on(EventLoop on) {
        this.loop = on;
    }

    /** Whether it was given up before anything was sent; then nothing may be. */
    boolean isOver() {
        return over;
    }

    void sent(Upstream.Sent onItsWay) {
        this.sent = onItsWay;
    }

    @Override
    public void head(int status, HttpHeaders headers) {
        this.status = status;
        this.isStream = ServerMessages.areEvents(headers);
    }

    @Override
    public void body(ByteBuf piece) {
        var bytes = new byte[piece.readableBytes()];
        piece.getBytes(piece.readerIndex(), bytes);
        if (isStream && status == 200) {
            feed(bytes);
        } else if (body.size() + bytes.length > LARGEST) {
            unknown("its answer is larger than %d bytes".formatted(LARGEST));
        } else {
            body.writeBytes(bytes);
        }
    }

    private void feed(byte[] bytes) {
        if (over) {
            return;
        }
        try {
            decoder.feed(bytes);
        } catch (EventTooLarge e) {
            unknown("an event of its answer is larger than %d bytes".formatted(LARGEST));
        }
    }

    private void message(byte[] data) {
        if (over || data.length == 0) {
            return;
        }
        var answer = ServerMessages.read(data);
        if (answer.filter(message -> message.answers(requestId)).isPresent()) {
            complete(answer.get());
        } else if (answer.isPresent()) {
            events.accept(data);
        }
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        if (status >= 400 && status < 500) {
            var error = ServerMessages.read(body.toByteArray())
                    .filter(message -> message.error().isPresent())
                    .map(Answer::body)
                    .orElse(NOTHING);
            end(new Ending(ApprovalState.FAILED, error, "the server answered HTTP " + status, false, true));
        } else if (status != 200) {
            unknown("the server answered HTTP " + status);
        } else if (isStream) {
            unknown("the server's stream ended without an answer");
        } else {
            ServerMessages.read(body.toByteArray())
                    .filter(message -> message.answers(requestId))
                    .ifPresentOrElse(
                            this::complete, () -> unknown("the server's answer is no JSON-RPC answer to this call"));
        }
    }

    private void complete(Answer answer) {
        var failed = answer.error().isPresent() || answer.isError();
        end(new Ending(
                failed ? ApprovalState.FAILED : ApprovalState.SUCCEEDED,
                answer.body(),
                failed ? "the server answered with an error" : "",
                false,
                answer.error().isPresent()));
        if (sent != null) {
            sent.abort();
        }
    }

    @Override
    public void failed(boolean nothingSent, String what) {
        if (nothingSent) {
            end(new Ending(ApprovalState.UNKNOWN, NOTHING, what, true, true));
        } else {
            unknown(what);
        }
    }

    /** Something went wrong on this side while it was sent; called on the loop. */
    void broken(String why) {
        unknown(why);
    }

    /** Gives the call up from outside: unknown if it was sent, else it certainly did not run. */
    void abort(String why) {
        Objects.requireNonNull(loop).execute(() -> {
            if (sent == null) {
                failed(true, why);
            } else {
                unknown(why);
            }
        });
    }

    private void unknown(String why) {
        end(new Ending(ApprovalState.UNKNOWN, NOTHING, why, false, false));
        if (sent != null) {
            sent.abort();
        }
    }

    private void end(Ending ending) {
        if (!over) {
            over = true;
            whenOver.accept(ending);
        }
    }
}
