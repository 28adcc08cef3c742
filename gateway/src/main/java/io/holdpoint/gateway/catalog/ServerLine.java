package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.catalog.Catalog.ServerUnreadable;
import io.holdpoint.gateway.mcp.Answer;
import io.holdpoint.gateway.mcp.AnswerReader;
import io.holdpoint.gateway.mcp.Message;
import io.holdpoint.gateway.mcp.UnreadableAnswer;
import io.holdpoint.gateway.upstream.Server;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Asks one server and reads its answers, with the gateway's own credentials and within limits of time and size. */
final class ServerLine {

    private static final Set<Integer> OTHER_ERA = Set.of(400, 404, 405, 406, 415, 501);
    private static final int INTERNAL_ERROR = -32603;
    private static final int LONGEST_ERROR = 256 << 10;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\u0080-\\u009f]");

    private final HttpClient http;
    private final Server server;
    private final Duration patience;
    private final Duration whole;
    private final long begun = System.nanoTime();

    /**
     * @param patience how long one answer may take, its body included
     * @param whole how long all answers may take together, from now on
     */
    ServerLine(HttpClient http, Server server, Duration patience, Duration whole) {
        this.http = http;
        this.server = server;
        this.patience = patience;
        this.whole = whole;
    }

    /**
     * Asks and returns the answer.
     *
     * @throws NotSpoken if the server answers as one of another era would
     * @throws ServerUnreadable if there is no usable answer
     */
    Response ask(String message, Map<String, String> headers, int limit) {
        var response = exchange(post(message, headers), AnswerBody.handler(ServerLine::isResponse, limit));
        refuseStatus(response);
        var answer = read(response.body());
        if (answer.error().isPresent()) {
            throw refused(answer.error().of(answer.body()));
        }
        return new Response(answer, response.headers().firstValue("mcp-session-id"));
    }

    /** Says something that has no answer. */
    void say(String message, Map<String, String> headers) {
        exchange(post(message, headers), BodyHandlers.discarding());
    }

    /** Ends a session without waiting for it: a server that does not care must not hold anybody up. */
    void hangUp(Map<String, String> headers) {
        var gone = http.sendAsync(request(headers).DELETE().build(), BodyHandlers.discarding());
        // The request's own time-out ends with the head of the answer, and the body may never end.
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> gone.cancel(true));
    }

    ServerUnreadable unreadable(String what, @Nullable Throwable cause) {
        var url = server.url();
        return new ServerUnreadable(
                "the tools of server " + server.name() + " (" + url.getHost() + ":" + url.getPort()
                        + ") cannot be read: " + what,
                cause);
    }

    private HttpRequest post(String message, Map<String, String> headers) {
        return request(headers).POST(BodyPublishers.ofString(message)).build();
    }

    private HttpRequest.Builder request(Map<String, String> headers) {
        try {
            var request = HttpRequest.newBuilder(server.url())
                    .timeout(patience)
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream");
            headers.forEach(request::setHeader);
            server.headers().forEach(request::setHeader);
            return request;
        } catch (IllegalArgumentException e) {
            // Its message would show the value, which may be a secret.
            throw unreadable("its URL or a configured header cannot be sent; check servers." + server.name(), null);
        }
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> body) {
        var left = whole.toNanos() - (System.nanoTime() - begun);
        if (left <= 0) {
            throw tooSlow(null);
        }
        var answer = http.sendAsync(request, body);
        try {
            return answer.get(Math.min(left, patience.toNanos()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw unreadable(reason(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw left < patience.toNanos()
                    ? tooSlow(e)
                    : unreadable("no answer within " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unreadable("the reading was interrupted", e);
        }
    }

    private ServerUnreadable tooSlow(@Nullable Throwable cause) {
        return unreadable("its answers took more than " + whole.toMillis() + " ms together", cause);
    }

    private static String reason(@Nullable Throwable fault) {
        if (fault instanceof ConnectException) {
            return "it cannot be connected to";
        }
        var why =
                fault instanceof IOException && fault.getMessage() != null ? fault.getMessage() : String.valueOf(fault);
        return visible(why);
    }

    /** The client quotes what the server sent, which may be made to look like other lines of the log. */
    private static String visible(String text) {
        return CONTROL.matcher(text)
                .replaceAll(one -> "\\\\u%04x".formatted((int) one.group().charAt(0)));
    }

    private void refuseStatus(HttpResponse<byte[]> response) {
        var status = response.statusCode();
        if (status == 401 || status == 403) {
            throw unreadable(
                    "it refuses the gateway's credentials (HTTP " + status + "); check servers." + server.name()
                            + ".headers",
                    null);
        }
        if (OTHER_ERA.contains(status)) {
            throw new NotSpoken("HTTP " + status);
        }
        if (status != 200) {
            throw unreadable("it answered HTTP " + status, null);
        }
    }

    private RuntimeException refused(byte[] error) {
        if (error.length > LONGEST_ERROR) {
            return unreadable("it answered an error of " + error.length + " bytes", null);
        }
        var code = JsonMapper.shared().readTree(error).path("code").asLong(0);
        return code == INTERNAL_ERROR ? unreadable("it answered error " + code, null) : new NotSpoken("error " + code);
    }

    private Answer read(byte[] body) {
        try {
            var answer = AnswerReader.read(body);
            if (answer.kind() == Message.Kind.RESPONSE) {
                return answer;
            }
        } catch (UnreadableAnswer e) {
            throw unreadable(e);
        }
        throw unreadable("its answer has neither result nor error", null);
    }

    /** What a server sent that everybody should read the same way, and nobody can. */
    ServerUnreadable unreadable(UnreadableAnswer fault) {
        return unreadable("its answer is refused: " + fault.getMessage(), null);
    }

    /** Whether a message of an event stream ends the reading; what cannot be read does too, and is refused then. */
    private static boolean isResponse(byte[] message) {
        try {
            return AnswerReader.read(message).kind() == Message.Kind.RESPONSE;
        } catch (UnreadableAnswer e) {
            return true;
        }
    }

    /**
     * A result and what came with it.
     *
     * @param session the id of the session the server opened with it
     */
    record Response(Answer answer, Optional<String> session) {

        byte[] result() {
            return answer.result().of(answer.body());
        }
    }
}
