package io.holdpoint.gateway.demo;

import io.holdpoint.workflow.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A first {@code holdpoint.yaml} and policy of a user's own, made of the demo's. Never overwrites anything.
 *
 * @param directory where they go
 */
public record FirstConfiguration(Path directory) {

    private static final String ABOUT =
            "Your installation. Point servers: at your MCP servers, name your people, then run `holdpoint serve`.";

    /** The files that stand in the way; empty if it can be written. */
    public List<Path> inTheWay() {
        return Stream.of(configuration(), policy()).filter(Files::exists).toList();
    }

    /**
     * Writes both files.
     *
     * @return the tokens, to be shown once: the files have only their hashes
     */
    public Map<String, String> write() throws IOException {
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("radiology-agent", Secrets.newToken("hpg_"));
        tokens.put("ana", Secrets.newToken("hpp_"));
        tokens.put("bo", Secrets.newToken("hpp_"));
        Files.createDirectories(policy().getParent());
        Files.writeString(policy(), Templates.policy(), StandardOpenOption.CREATE_NEW);
        Files.writeString(configuration(), text(tokens), StandardOpenOption.CREATE_NEW);
        return tokens;
    }

    private static String text(Map<String, String> tokens) {
        return Templates.configuration(Map.ofEntries(
                Map.entry("about", ABOUT),
                Map.entry("agents-port", "8080"),
                Map.entry("console-port", "8081"),
                Map.entry("server-url", "http://127.0.0.1:9100/mcp"),
                Map.entry("policy", "policies/imaging.json"),
                Map.entry("agent-token-sha256", hash(tokens, "radiology-agent")),
                Map.entry("ana-token", ",\n           token-sha256: \"%s\"".formatted(hash(tokens, "ana"))),
                Map.entry("bo-token", ",\n           token-sha256: \"%s\"".formatted(hash(tokens, "bo"))),
                Map.entry("approvals", "")));
    }

    private static String hash(Map<String, String> tokens, String holder) {
        return Sha256.hex(tokens.getOrDefault(holder, ""));
    }

    private Path configuration() {
        return directory.resolve("holdpoint.yaml");
    }

    private Path policy() {
        return directory.resolve("policies").resolve("imaging.json");
    }
}
