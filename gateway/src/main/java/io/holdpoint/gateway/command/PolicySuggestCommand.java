package io.holdpoint.gateway.command;

import io.holdpoint.gateway.authoring.draft.Suggestion;
import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.upstream.Server;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdpoint policy suggest}: drafts a policy from a server's own tools. */
@Command(
        name = "suggest",
        description = "Drafts a policy, with comments, from a server's own list of tools.",
        mixinStandardHelpOptions = true)
final class PolicySuggestCommand implements Callable<Integer> {

    private final Path directory;
    private final Clock clock;

    @Parameters(paramLabel = "SERVER", description = "A server's name in the configuration, or its http(s) URL.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private String server;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; holdpoint.yaml in the working directory if not given.")
    private @Nullable Path config;

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description = "Sent along to a URL. Others on this machine can see it: a secret is better in the"
                    + " configuration, as $${NAME} from the environment.")
    private Map<String, String> headers = Map.of();

    @Option(names = "--out", paramLabel = "FILE", description = "A new file to write to, instead of standard output.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Writes JSON, which has no comments, instead of YAML.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private CommandSpec spec;

    /** @param directory the working directory */
    PolicySuggestCommand(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var destination = new Destination(Optional.ofNullable(out).map(directory::resolve));
        destination.refuseIfThere();
        var asked = isUrl() ? ofUrl() : configured();
        try {
            var tools = Catalog.reading(clock).definitions(asked, Duration.ZERO);
            var draft = Suggestion.of(asked, tools, clock.instant());
            destination.write(
                    json ? draft.toJson() : draft.toYaml(), spec.commandLine().getOut());
            return 0;
        } catch (Catalog.ServerUnreadable e) {
            throw CannotRun.notInOrder(String.valueOf(e.getMessage()));
        }
    }

    private boolean isUrl() {
        return server.startsWith("http://") || server.startsWith("https://");
    }

    private Server ofUrl() {
        try {
            var url = new URI(server);
            if (url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null) {
                return new Server(url.getHost(), url, headers, Set.of(), Catalog.PATIENCE, false);
            }
        } catch (URISyntaxException e) {
            // Said below: its message would show the whole URL, which may hold a secret.
        }
        throw CannotRun.wrongUse(
                "SERVER is not a server's URL; use http://host:port/path or https, without user, password or #");
    }

    private Server configured() {
        if (!headers.isEmpty()) {
            throw CannotRun.wrongUse(
                    "--header is for a URL; the server %s has its headers in the configuration".formatted(server));
        }
        var file = Optional.ofNullable(config).orElse(directory.resolve("holdpoint.yaml"));
        if (!Files.isRegularFile(file)) {
            throw CannotRun.wrongUse(
                    "there is no configuration file %s; name one with --config, or give the server's URL"
                            .formatted(file));
        }
        var data = Optional.ofNullable(file.getParent()).orElse(Path.of("")).resolve("data");
        var servers = Configurations.reader().readAgain(file, data).servers();
        return Optional.ofNullable(servers.get(server))
                .orElseThrow(() -> CannotRun.wrongUse("%s has no server %s; it has %s"
                        .formatted(file, server, servers.isEmpty() ? "none" : new TreeSet<>(servers.keySet()))));
    }
}
