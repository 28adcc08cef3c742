package io.holdpoint.gateway.command;

import io.holdpoint.gateway.authoring.draft.Draft;
import io.holdpoint.gateway.authoring.intercept.InterceptImport;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.document.Visible;
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
final class PolicyImportInterceptCommand implements Callable<Integer> {

    private final Path directory;

    @Parameters(paramLabel = "FILE", description = "Intercept's policy.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private String file;

    @Option(names = "--out", paramLabel = "FILE", description = "A new file to write to, instead of standard output.")
    private @Nullable Path out;

    @Option(
            names = "--json",
            description =
                    "Writes JSON instead of YAML; it has no comments, so they go to standard error. Faults are JSON, too.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private CommandSpec spec;

    /** @param directory the working directory */
    PolicyImportInterceptCommand(Path directory) {
        this.directory = directory;
    }

    @Override
    public Integer call() {
        var destination = new Destination(Optional.ofNullable(out).map(directory::resolve));
        destination.refuseIfThere();
        try {
            var bytes = PolicyInputs.withoutConfiguration(directory).bytes(file);
            write(InterceptImport.of(name(), bytes), destination);
            return 0;
        } catch (FaultyDocument e) {
            return new PolicyOutput(spec.commandLine(), json).faulty(e.faults(), "; nothing was written");
        }
    }

    /** What is written is a policy in either form, so what is said beside it has a way of its own. */
    private void write(Draft draft, Destination destination) {
        var out = spec.commandLine().getOut();
        if (!json) {
            destination.write(draft.toYaml(), out);
            return;
        }
        destination.write(draft.toJson(), out);
        var err = spec.commandLine().getErr();
        draft.remarks().forEach(line -> err.println(Visible.of("note: " + line)));
    }

    private String name() {
        var path = Path.of(file);
        return Objects.requireNonNullElse(path.getFileName(), path).toString();
    }
}
