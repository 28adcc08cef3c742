package io.holdpoint.gateway;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A gateway in a process of its own, as an operator runs it, so that it can be killed. */
final class GatewayProcess implements AutoCloseable {

    /** The least there may be, so that tests need not wait long until a killed one counts as dead. */
    private static final String SHORT_LEASE = "cluster: { lease: 3s }";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final int agents = freePort();
    private final int console = freePort();
    private Process process;

    /** @param setup its configuration; ports are chosen here */
    GatewayProcess(GatewayUnderTest.Setup setup) {
        this.directory = setup.directory();
        try {
            var file = setup.write();
            var yaml = Files.readString(file)
                    .replace("agents: { port: 0 }", "agents: { port: %d }\n  %s".formatted(agents, SHORT_LEASE))
                    .replace("console: { port: 0 }", "console: { port: %d }".formatted(console));
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = start();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-Xmx400m",
                // Ready sooner, on the few cores it shares with its tests.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Holdpoint.class.getName(),
                "serve",
                "--config",
                directory.resolve("holdpoint.yaml").toString());
        try {
            return new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private File log() {
        return directory.resolve("gateway.log").toFile();
    }

    /** Waits until it answers; a process that ended instead is told with what it wrote. */
    void ready() {
        GatewayUnderTest.eventually(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("the gateway ended with " + process.exitValue() + ":\n" + output());
            }
            return isServing() ? Optional.of(true) : Optional.empty();
        });
    }

    private boolean isServing() {
        try {
            var request = HttpRequest.newBuilder(agentUrl())
                    .timeout(Duration.ofSeconds(2))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            http.send(request, HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    String output() {
        try {
            return Files.readString(log().toPath());
        } catch (IOException e) {
            return "(nothing)";
        }
    }

    URI agentUrl() {
        return URI.create("http://127.0.0.1:%d/mcp/imaging".formatted(agents));
    }

    TestAgent agent() {
        return new TestAgent(agentUrl(), GatewayUnderTest.TOKEN);
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    void restart() {
        process = start();
        ready();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(GatewayUnderTest.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the gateway does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ApiClient ana() {
        return new ApiClient(URI.create("http://127.0.0.1:%d/".formatted(console)), "ana-token");
    }

    /** Waits until an approval is in a state, and returns it. */
    JsonNode approvalIn(String state) {
        return GatewayUnderTest.eventually(() -> {
            var items = ana().get("/api/approvals?state=" + state).path("items");
            return items.isEmpty() ? Optional.empty() : Optional.of(items.get(0));
        });
    }

    void approve(JsonNode approval) {
        var path = "/api/approvals/%s/reviews".formatted(approval.path("id").asString());
        ana().post(path, "{\"verdict\":\"approve\"}");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
