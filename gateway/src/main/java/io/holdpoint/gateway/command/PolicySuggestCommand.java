package io.holdpoint.gateway.command;

import io.holdpoint.gateway.authoring.draft.Suggestion;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final ConfigOption config = new ConfigOption();

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
        var inputs = PolicyInputs.isUrl(server)
                ? PolicyInputs.withoutConfiguration(directory)
                : PolicyInputs.of(directory, config);
        var asked = inputs.server(server, headers);
        var draft = Suggestion.of(asked, inputs.tools(asked), clock.instant());
        destination.write(
                json ? draft.toJson() : draft.toYaml(), spec.commandLine().getOut());
        return 0;
    }
}
