package io.holdpoint.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program of one person's at the console's API. */
final class ApiClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI console;
    private final String token;

    ApiClient(URI console, String token) {
        this.console = console;
        this.token = token;
    }

    /** An answer of the API's. */
    record Answer(int status, String text) {
        JsonNode body() {
            return JSON.readTree(text);
        }
    }

    /** What is there; that there is nothing, or nothing for this person, fails the test. */
    JsonNode get(String path) {
        var answer = ask(path);
        if (answer.status() != 200) {
            throw new AssertionError("HTTP %d at %s: %s".formatted(answer.status(), path, answer.text()));
        }
        return answer.body();
    }

    /** The answer to a GET, whatever its status. */
    Answer ask(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    /** All items of a list, page by page. */
    List<JsonNode> all(String path) {
        var items = new ArrayList<JsonNode>();
        var page = get(path);
        page.path("items").forEach(items::add);
        while (page.path("nextCursor").isString()) {
            page = get(path + "&cursor=" + page.path("nextCursor").asString());
            page.path("items").forEach(items::add);
        }
        return items;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(console.resolve(path))
                .timeout(GatewayUnderTest.PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
