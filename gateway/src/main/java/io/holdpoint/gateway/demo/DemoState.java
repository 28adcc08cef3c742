package io.holdpoint.gateway.demo;

import io.holdpoint.workflow.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the demo keeps in a data directory of its own: the agent's token, made once; the gateway's URL, for the agent in
 * the second terminal; and the configuration it runs with, written anew at each start.
 *
 * @param dataDirectory {@code ./data/demo}, where the database lives too
 */
public record DemoState(Path dataDirectory) {

    /** What the demo's agent calls itself: it may be held longer than others, as there is nobody to come back. */
    static final String AGENT_NAME = "holdpoint-demo-agent";

    private static final String HOLD_LONG = "\n    hold-for-clients: { %s: 30m }".formatted(AGENT_NAME);

    /** Makes the directory, for its owner only. */
    public void makeDirectory() throws IOException {
        PrivateFiles.makeDirectory(dataDirectory);
    }

    /** The token the demo's agent presents; made at the first call. */
    public String token() throws IOException {
        var file = tokenFile();
        if (!Files.exists(file)) {
            makeDirectory();
            PrivateFiles.write(file, Secrets.newToken("hpg_") + "\n");
        }
        return Files.readString(file).strip();
    }

    /**
     * Writes the configuration and its policy.
     *
     * @param server the imaging server's endpoint
     * @return the configuration file
     */
    public Path writeConfiguration(URI server, int agentsPort, int consolePort) throws IOException {
        var token = token();
        makeDirectory();
        PrivateFiles.write(dataDirectory.resolve("imaging.json"), Templates.policy());
        var file = dataDirectory.resolve("holdpoint.yaml");
        PrivateFiles.write(
                file,
                Templates.configuration(Map.ofEntries(
                        Map.entry(
                                "about",
                                "Written by `holdpoint demo` at each start. `holdpoint init` makes one to keep."),
                        Map.entry("agents-port", String.valueOf(agentsPort)),
                        Map.entry("console-port", String.valueOf(consolePort)),
                        Map.entry("server-url", server.toString()),
                        Map.entry("policy", "imaging.json"),
                        Map.entry("agent-token-sha256", Sha256.hex(token)),
                        Map.entry("ana-token", ""),
                        Map.entry("bo-token", ""),
                        Map.entry("approvals", HOLD_LONG))));
        return file;
    }

    /** Notes where the gateway answers, once it does. */
    public void announce(URI gateway) throws IOException {
        PrivateFiles.write(urlFile(), gateway + "\n");
    }

    /** Where a gateway answered last, and with what token; empty if no demo was ever started here. */
    public Optional<Announced> announced() throws IOException {
        if (!Files.exists(urlFile()) || !Files.exists(tokenFile())) {
            return Optional.empty();
        }
        return Optional.of(new Announced(URI.create(Files.readString(urlFile()).strip()), token()));
    }

    /** A gateway the demo's agent may call. */
    public record Announced(URI gateway, String token) {}

    private Path tokenFile() {
        return dataDirectory.resolve("token");
    }

    private Path urlFile() {
        return dataDirectory.resolve("url");
    }
}
