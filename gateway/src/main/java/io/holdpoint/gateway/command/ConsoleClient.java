package io.holdpoint.gateway.command;

import io.holdpoint.gateway.configuration.ConsoleAddress;
import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.FaultyDocument;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running console, as commands on data talk to it: with a person's token, from {@code HOLDPOINT_TOKEN}. */
final class ConsoleClient {

    /** The variable the token is in. */
    static final String TOKEN = "HOLDPOINT_TOKEN";

    private static final String PROBLEM = "urn:holdpoint:problem:";
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration ANSWERING = Duration.ofMinutes(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECTING).build();
    private final URI console;

    /** @param console what the console's addresses begin with */
    ConsoleClient(URI console) {
        this.console = console;
    }

    /** The console of a configuration, if it runs on this machine. */
    static ConsoleClient of(ConsoleAddress address) {
        var scheme = address.isEncrypted() ? "https" : "http";
        var settings = address.settings();
        return new ConsoleClient(
                URI.create("%s://%s:%d/".formatted(scheme, Gateway.reachable(settings.address()), settings.port())));
    }

    URI address() {
        return console;
    }

    /**
     * Whether a console answers there. No token is sent: another program may listen there.
     *
     * @throws CannotRun if that cannot be told
     */
    boolean runs() throws InterruptedException {
        try {
            var asked = request("api/policies").timeout(CONNECTING).GET().build();
            return isConsole(json(http.send(asked, BodyHandlers.ofString()).body()));
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw silent(e);
        }
    }

    /**
     * Posts JSON and waits for the answer.
     *
     * @param path without a slash at its beginning
     * @return the answer; empty if nothing listens there
     * @throws FaultyDocument if the console finds faults in the document that was sent
     * @throws CannotRun if the console refuses, with what it says
     */
    Optional<String> post(String path, String json, String token) throws InterruptedException {
        try {
            var asked = withToken(request(path), token)
                    .timeout(ANSWERING)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json))
                    .build();
            return Optional.of(accepted(http.send(asked, BodyHandlers.ofString())));
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw silent(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        var base = console.toString();
        try {
            return HttpRequest.newBuilder(URI.create(base.endsWith("/") ? base + path : base + "/" + path))
                    .header("Accept", "application/json");
        } catch (IllegalArgumentException e) {
            throw CannotRun.wrongUse(
                    "the console cannot be asked at %s; use --url http://host:port".formatted(console));
        }
    }

    private static HttpRequest.Builder withToken(HttpRequest.Builder request, String token) {
        try {
            return request.header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException e) {
            // Not the exception's own words: the token stands in them.
            throw CannotRun.wrongUse("%s is no token; it has letters in it that none has".formatted(TOKEN));
        }
    }

    private CannotRun silent(IOException e) {
        return CannotRun.notInOrder("the console at %s does not answer: %s".formatted(console, e.getMessage()));
    }

    private String accepted(HttpResponse<String> response) {
        if (response.statusCode() == 200) {
            return response.body();
        }
        throw refusal(response.statusCode(), json(response.body()));
    }

    private RuntimeException refusal(int status, JsonNode problem) {
        if (!isConsole(problem)) {
            return CannotRun.notInOrder(
                    "what answers at %s with HTTP %d is no console of Holdpoint's; is it the right URL?"
                            .formatted(console, status));
        }
        if (problem.path("type").stringValue("").equals(PROBLEM + "faulty-policy")) {
            return new FaultyDocument(problem.path("errors").values().stream()
                    .map(ConsoleClient::fault)
                    .toList());
        }
        if (status == 404) {
            return CannotRun.notInOrder(
                    "the console at %s has nothing there for this token; use an auditor's, an operator's or an admin's"
                            .formatted(console));
        }
        return CannotRun.notInOrder("the console at %s refused with HTTP %d: %s %s"
                .formatted(
                        console,
                        status,
                        problem.path("detail").asString(""),
                        problem.path("next").asString("")));
    }

    private static Fault fault(JsonNode error) {
        return new Fault(
                error.path("file").asString(""),
                error.path("line").asInt(1),
                error.path("path").asString(""),
                error.path("message").asString(""));
    }

    private static boolean isConsole(JsonNode problem) {
        return problem.path("type").asString("").startsWith(PROBLEM);
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }
}
