package io.holdpoint.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * MCP software we did not write, from npm, and small scripts of ours that use it ({@code src/test/mcp}). Installed once
 * into {@code target/mcp}. Where Node is missing, tests are skipped with one line; where the environment says
 * {@code HOLDPOINT_PEERS=required}, as in CI, they fail instead.
 */
final class McpPeers {

    private static final Path SCRIPTS = Path.of("src", "test", "mcp");
    private static final Path INSTALLED = Path.of("target", "mcp");
    private static final List<String> PACKAGES = List.of("package.json", "package-lock.json", ".npmrc");
    private static final int OLDEST_NODE = 20;
    private static final long INSTALLING_SECONDS = 180;
    private static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

    private McpPeers() {}

    /** Why there are none, found out once for all tests of this JVM; empty if they are installed. */
    private static final class Installation {
        static final Optional<String> FAULT = install();

        static {
            FAULT.ifPresent(why -> System.out.println("Tests with real MCP software are skipped: " + why));
        }
    }

    /** Skips the test where the software is not there. */
    static void required() {
        var fault = Installation.FAULT;
        if (fault.isPresent() && "required".equals(System.getenv("HOLDPOINT_PEERS"))) {
            throw new AssertionError(fault.get());
        }
        Assumptions.assumeTrue(fault.isEmpty(), () -> fault.orElse(""));
    }

    private static Optional<String> install() {
        try {
            var node = run(Path.of("."), 20, "node", "--version");
            if (node.isEmpty() || major(node.get()) < OLDEST_NODE) {
                return Optional.of("there is no Node %d or newer on the path".formatted(OLDEST_NODE));
            }
            Files.createDirectories(INSTALLED);
            if (isInstalled()) {
                copyScripts();
                return Optional.empty();
            }
            return installPackages();
        } catch (IOException e) {
            return Optional.of("npm's packages cannot be installed: " + e.getMessage());
        }
    }

    private static Optional<String> installPackages() throws IOException {
        for (var file : PACKAGES) {
            Files.copy(SCRIPTS.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        var npm = WINDOWS ? "npm.cmd" : "npm";
        var done = run(INSTALLED, INSTALLING_SECONDS, npm, "ci", "--no-audit", "--no-fund", "--loglevel=error");
        if (done.isEmpty()) {
            return Optional.of("`npm ci` in gateway/target/mcp failed; see npm.log there");
        }
        Files.writeString(INSTALLED.resolve("installed"), Files.readString(SCRIPTS.resolve("package-lock.json")));
        copyScripts();
        return Optional.empty();
    }

    private static boolean isInstalled() throws IOException {
        var mark = INSTALLED.resolve("installed");
        return Files.exists(mark) && Files.mismatch(mark, SCRIPTS.resolve("package-lock.json")) == -1;
    }

    /** Node looks for packages beside the script that imports them. */
    private static void copyScripts() throws IOException {
        try (var files = Files.newDirectoryStream(SCRIPTS, "*.mjs")) {
            for (var file : files) {
                Files.copy(file, INSTALLED.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static int major(String version) {
        var digits = version.strip().replaceFirst("^v", "").split("\\.", 2)[0];
        return digits.chars().allMatch(Character::isDigit) && !digits.isEmpty() ? Integer.parseInt(digits) : 0;
    }

    /** What a command wrote; empty if there is no such command, or it failed, or took too long. */
    private static Optional<String> run(Path directory, long seconds, String... command) throws IOException {
        var log = Files.createDirectories(INSTALLED).resolve("npm.log");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException noSuchCommand) {
            return Optional.empty();
        }
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return Optional.of(Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
        return Optional.empty();
    }

    /** Starts one of our scripts as an agent of a gateway. */
    static TellingProcess agent(String script, URI url, String token, String... arguments) {
        return start(Map.of("MCP_URL", url.toString(), "MCP_TOKEN", token), script, arguments);
    }

    /** The MCP project's own server for trying out clients; it speaks 2025-11-25. */
    static Server everything() {
        return server("node_modules/@modelcontextprotocol/server-everything/dist/index.js", "streamableHttp");
    }

    /** A server of ours on the MCP project's SDK 2.x; it speaks 2026-07-28 only. */
    static Server modern() {
        return server("modern-server.mjs");
    }

    private static Server server(String script, String... arguments) {
        var port = freePort();
        var process = start(Map.of("PORT", String.valueOf(port)), script, arguments);
        process.awaitLine("listening on port");
        return new Server(process, URI.create("http://127.0.0.1:%d/mcp".formatted(port)));
    }

    private static TellingProcess start(Map<String, String> environment, String script, String... arguments) {
        required();
        var command = new ArrayList<>(List.of("node", script));
        command.addAll(Arrays.asList(arguments));
        return TellingProcess.start(INSTALLED, environment, command);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server in a process of its own. */
    record Server(TellingProcess process, URI url) implements AutoCloseable {
        @Override
        public void close() {
            process.close();
        }
    }
}
