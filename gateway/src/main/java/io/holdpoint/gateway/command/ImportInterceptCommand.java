package io.holdpoint.gateway.command;

import io.holdpoint.gateway.authoring.intercept.InterceptImport;
import io.holdpoint.gateway.document.FaultyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdpoint policy import intercept}: carries a policy of the gateway Intercept over, or says why not. */
@Command(
        name = "intercept",
        description = "Carries a YAML policy of Intercept over exactly, or refuses with all reasons at once.",
        mixinStandardHelpOptions = true)
final class ImportInterceptCommand implements Callable<Integer> {

    private final Path directory;

    @Parameters(paramLabel = "FILE", description = "Intercept's policy.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private Path file;

    @Option(names = "--out", paramLabel = "FILE", description = "A new file to write to, instead of standard output.")
    private @Nullable Path out;

    @Option(
            names = "--json",
            description = "Writes JSON, which has no comments, instead of YAML; faults are JSON, too.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private CommandSpec spec;

    /** @param directory the working directory */
    ImportInterceptCommand(Path directory) {
        this.directory = directory;
    }

    @Override
    public Integer call() {
        var destination = new Destination(Optional.ofNullable(out).map(directory::resolve));
        destination.refuseIfThere();
        try {
            var draft = InterceptImport.of(name(), read());
            destination.write(
                    json ? draft.toJson() : draft.toYaml(), spec.commandLine().getOut());
            return 0;
        } catch (FaultyDocument e) {
            return new PolicyOutput(spec.commandLine(), json).faulty(e.faults(), "; nothing was written");
        }
    }

    private String name() {
        return Objects.requireNonNullElse(file.getFileName(), file).toString();
    }

    private byte[] read() {
        try {
            return Files.readAllBytes(directory.resolve(file));
        } catch (IOException e) {
            throw CannotRun.wrongUse("%s cannot be read; is it there, and may you read it?".formatted(file));
        }
    }
}
