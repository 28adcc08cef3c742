package io.holdpoint.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process whose output a test follows. A script of {@code src/test/mcp} tells what happens to it, one JSON object a
 * line ({@code told.mjs}).
 */
final class TellingProcess implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String END = "(it ended)";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuffer seen = new StringBuffer();

    private TellingProcess(Process process) {
        this.process = process;
        var reader = new Thread(this::read, "output of a process");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param environment added to this process's own */
    static TellingProcess start(Path directory, Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new TellingProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(its output broke off: %s)".formatted(e.getMessage()));
        }
        lines.add(END);
    }

    /** Waits for the next line with these words in it, and returns it. */
    String awaitLine(String words) {
        return await(line -> line.contains(words), words);
    }

    /** Waits until it ends by itself, and returns its exit code. */
    int awaitEnd() {
        awaitLine(END);
        return process.onExit().join().exitValue();
    }

    /** What it wrote so far, as far as it was waited for. */
    String output() {
        return seen.toString();
    }

    /** Waits until the script tells this. */
    JsonNode told(String what) {
        return JSON.readTree(await(line -> line.startsWith("{\"told\":\"%s\"".formatted(what)), what));
    }

    /** Waits until the script is done, and returns what it found. */
    JsonNode done() {
        return told("done");
    }

    /** Everything of this kind the script has told so far, as far as it was waited for. */
    List<JsonNode> all(String what) {
        return seen.toString()
                .lines()
                .filter(line -> line.startsWith("{\"told\":\"%s\"".formatted(what)))
                .map(JSON::readTree)
                .toList();
    }

    private String await(Predicate<String> wanted, String name) {
        var deadline = System.nanoTime() + GatewayUnderTest.PATIENCE.toNanos();
        while (true) {
            var line = next(deadline - System.nanoTime(), name);
            seen.append(line).append('\n');
            if (wanted.test(line)) {
                return line;
            }
            if (line.equals(END)) {
                throw new AssertionError("the process ended without \"%s\":%n%s".formatted(name, seen));
            }
        }
    }

    private String next(long nanos, String name) {
        try {
            var line = lines.poll(nanos, TimeUnit.NANOSECONDS);
            if (line != null) {
                return line;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(
                "the process did not tell \"%s\" within %s:%n%s".formatted(name, GatewayUnderTest.PATIENCE, seen));
    }

    /** {@code kill -9}, and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
