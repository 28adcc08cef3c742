package io.holdpoint.gateway.command;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running console, as commands on data talk to it: with a person's token, from {@code HOLDPOINT_TOKEN}. */
final class ConsoleClient {

    /** The variable the token is in. */
    static final String TOKEN = "HOLDPOINT_TOKEN";

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration ANSWERING = Duration.ofMinutes(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECTING).build();
    private final URI console;
    private final String token;

    /** @param console what the console's addresses begin with */
    ConsoleClient(URI console, String token) {
        this.console = console;
        this.token = token;
    }

    /**
     * Posts JSON and waits for the answer.
     *
     * @param path without a slash at its beginning
     * @param each called every second of waiting
     * @return the answer; empty if nothing listens there
     * @throws CannotRun if the console refuses, with what it says
     */
    Optional<String> post(String path, String json, Runnable each) throws InterruptedException {
        var answer = http.sendAsync(request(path, json), BodyHandlers.ofString());
        while (true) {
            try {
                return Optional.of(accepted(answer.get(1, TimeUnit.SECONDS)));
            } catch (TimeoutException e) {
                each.run();
            } catch (ExecutionException e) {
                return unreachable(e);
            }
        }
    }

    private HttpRequest request(String path, String json) {
        var base = console.toString();
        try {
            return HttpRequest.newBuilder(URI.create(base.endsWith("/") ? base + path : base + "/" + path))
                    .timeout(ANSWERING)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .POST(BodyPublishers.ofString(json))
                    .build();
        } catch (IllegalArgumentException e) {
            // Not the exception's own words: the token may stand in them.
            throw CannotRun.wrongUse(
                    "the console cannot be asked; use --url http://host:port, and a token without blanks in %s"
                            .formatted(TOKEN));
        }
    }

    private Optional<String> unreachable(ExecutionException e) {
        var cause = e.getCause();
        if (cause instanceof ConnectException) {
            return Optional.empty();
        }
        if (cause instanceof IOException) {
            throw CannotRun.notInOrder("the console at %s does not answer: %s".formatted(console, cause.getMessage()));
        }
        throw new IllegalStateException(e);
    }

    private String accepted(HttpResponse<String> response) {
        if (response.statusCode() == 200) {
            return response.body();
        }
        throw refusal(response);
    }

    private CannotRun refusal(HttpResponse<String> response) {
        var problem = problem(response.body());
        if (problem.path("type").asString("").equals("urn:holdpoint:problem:faulty-policy")) {
            var faults = new ArrayList<String>();
            problem.path("errors")
                    .forEach(error -> faults.add(error.path("detail").asString("")));
            return CannotRun.notInOrder("the policy is faulty", faults);
        }
        if (response.statusCode() == 404) {
            return CannotRun.notInOrder(
                    "the console at %s has nothing there for this token; use an auditor's, an operator's or an admin's"
                            .formatted(console));
        }
        return CannotRun.notInOrder("the console at %s refused with HTTP %d: %s %s"
                .formatted(
                        console,
                        response.statusCode(),
                        problem.path("detail").asString(""),
                        problem.path("next").asString("")));
    }

    private static JsonNode problem(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }
}
