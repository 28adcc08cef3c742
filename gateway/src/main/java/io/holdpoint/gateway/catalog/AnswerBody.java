package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.mcp.ServerSentEvent;
import io.holdpoint.gateway.mcp.ServerSentEventDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The body of a server's answer as the JDK's client hands it over: a JSON document, or the wanted message of an event
 * stream, which is not read any further than that. Never more than the allowed number of bytes.
 */
final class AnswerBody implements BodySubscriber<byte[]> {

    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final Optional<ServerSentEventDecoder> events;
    private final Predicate<byte[]> wanted;
    private final int limit;
    private int count;
    private Flow.@Nullable Subscription subscription;

    private AnswerBody(boolean isStream, Predicate<byte[]> wanted, int limit) {
        this.events = isStream ? Optional.of(new ServerSentEventDecoder(limit, this::take)) : Optional.empty();
        this.wanted = wanted;
        this.limit = limit;
    }

    static BodyHandler<byte[]> handler(Predicate<byte[]> wanted, int limit) {
        return info -> new AnswerBody(isEvents(info), wanted, limit);
    }

    private static boolean isEvents(ResponseInfo info) {
        return info.headers()
                .firstValue("content-type")
                .filter(type -> type.regionMatches(true, 0, "text/event-stream", 0, 17))
                .isPresent();
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            add(bytes);
        }
    }

    private void add(byte[] bytes) {
        count += bytes.length;
        if (body.isDone()) {
            return;
        }
        if (count > limit) {
            stop();
            body.completeExceptionally(new IOException("more than " + limit + " bytes"));
        } else if (events.isEmpty()) {
            read.writeBytes(bytes);
        } else {
            events.get().feed(bytes);
        }
    }

    private void take(ServerSentEvent event) {
        event.data()
                .filter(data -> data.length > 0 && !body.isDone() && wanted.test(data))
                .ifPresent(message -> {
                    stop();
                    body.complete(message);
                });
    }

    private void stop() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable fault) {
        body.completeExceptionally(fault);
    }

    @Override
    public void onComplete() {
        if (events.isPresent()) {
            body.completeExceptionally(new IOException("the event stream ended without the answer"));
        } else {
            body.complete(read.toByteArray());
        }
    }
}
