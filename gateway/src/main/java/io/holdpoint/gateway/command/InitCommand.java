package io.holdpoint.gateway.command;

import io.holdpoint.gateway.demo.FirstConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdpoint init}: writes a first configuration, never over one that is there. */
@Command(
        name = "init",
        description = "Writes a first holdpoint.yaml and policy into the working directory.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

    private final Path directory;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private CommandSpec spec;

    InitCommand(Path directory) {
        this.directory = directory;
    }

    @Override
    public Integer call() throws IOException {
        var first = new FirstConfiguration(directory);
        var inTheWay = first.inTheWay();
        if (!inTheWay.isEmpty()) {
            var names = inTheWay.stream().map(Path::toString).collect(Collectors.joining(" and "));
            throw CannotRun.notInOrder(
                    "nothing written, because of %s; move that away, or run this in another directory"
                            .formatted(names));
        }
        var tokens = first.write();
        var out = spec.commandLine().getOut();
        out.println("Wrote holdpoint.yaml and policies/imaging.json. The tokens, shown only now:");
        tokens.forEach((holder, token) -> out.println("  %-16s %s".formatted(holder, token)));
        out.println("Next: point servers.imaging at your MCP server, name your people, then run `holdpoint serve`.");
        out.println("People sign in by password: `holdpoint password` makes the line to add to each.");
        return 0;
    }
}
