package io.holdpoint.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An agent without an SDK: plain requests, so that a test sees what is on the wire. */
final class TestAgent {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final AtomicInteger ids = new AtomicInteger();
    private final URI url;
    private final String token;

    TestAgent(URI url, String token) {
        this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), url, token);
    }

    /** An agent that shares its connections with others, where there are many. */
    TestAgent(HttpClient http, URI url, String token) {
        this.http = http;
        this.url = url;
        this.token = token;
    }

    HttpRequest.Builder request() {
        return HttpRequest.newBuilder(url)
                .timeout(GatewayUnderTest.PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-11-25");
    }

    HttpResponse<String> post(String body) {
        return send(request().POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Calls a tool and waits for the answer. */
    Answer call(String tool, String arguments) {
        return Answer.of(post(message(tool, arguments)));
    }

    /** Calls a tool; the answer comes when it comes. */
    CompletableFuture<Answer> calling(String tool, String arguments) {
        return calling(message(tool, arguments));
    }

    CompletableFuture<Answer> calling(String message) {
        var request =
                request().POST(HttpRequest.BodyPublishers.ofString(message)).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Answer::of);
    }

    /** @param requestId as JSON */
    void cancel(String requestId, String reason) {
        post(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":%s,\"reason\":\"%s\"}}"
                        .formatted(requestId, reason));
    }

    String message(String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
                .formatted(ids.incrementAndGet(), tool, arguments);
    }

    /** A tool's result, whichever way it came. */
    record Answer(int status, String raw, JsonNode message) {

        static Answer of(HttpResponse<String> response) {
            var body = response.body();
            var isStream =
                    response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
            return new Answer(response.statusCode(), body, JSON.readTree(isStream ? lastData(body) : body));
        }

        private static String lastData(String events) {
            return events.lines()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()).strip())
                    .reduce((earlier, later) -> later)
                    .orElse("{}");
        }

        boolean isError() {
            return message.path("result").path("isError").asBoolean(false);
        }

        String text() {
            return message.path("result").path("content").path(0).path("text").asString("");
        }

        JsonNode decision() {
            return message.path("result").path("_meta").path("io.holdpoint/decision");
        }

        String decided() {
            return decision().path("decision").asString("");
        }
    }
}
