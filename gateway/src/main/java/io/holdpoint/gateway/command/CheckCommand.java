package io.holdpoint.gateway.command;

import io.holdpoint.gateway.authoring.CheckedPolicy;
import io.holdpoint.gateway.authoring.NeutralContext;
import io.holdpoint.gateway.authoring.ServerCheck;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.upstream.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdpoint policy check}: all that is wrong with policies. Starts and writes nothing. */
@Command(name = "check", description = "Finds everything that is wrong with policies.", mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    private final Path directory;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The policies.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private List<String> files;

    @Option(
            names = "--server",
            paramLabel = "SERVER",
            description = "Also compares them with this server's tools: its name in the configuration, or its URL.")
    private @Nullable String server;

    @Option(names = "--strict", description = "Warnings fail, too.")
    private boolean strict;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; holdpoint.yaml in the working directory if it is there.")
    private @Nullable Path config;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private CommandSpec spec;

    CheckCommand(Path directory) {
        this.directory = directory;
    }

    @Override
    public Integer call() {
        var output = new PolicyOutput(spec.commandLine(), json);
        try {
            var inputs = PolicyInputs.of(directory, config);
            var documents = new LinkedHashMap<String, byte[]>();
            files.forEach(file -> documents.put(file, inputs.bytes(file)));
            var offer = Optional.ofNullable(server).map(inputs::server).map(asked -> Offer.of(asked, inputs));
            return output.checked(check(inputs, documents, offer), strict);
        } catch (FaultyDocument e) {
            return output.faulty(e.faults());
        }
    }

    private List<CheckedPolicy> check(PolicyInputs inputs, Map<String, byte[]> documents, Optional<Offer> offer) {
        var checked = new ArrayList<CheckedPolicy>();
        documents.forEach((file, bytes) -> checked.add(check(inputs, file, bytes, offer)));
        return checked;
    }

    private CheckedPolicy check(PolicyInputs inputs, String file, byte[] bytes, Optional<Offer> offer) {
        try {
            var policy = Policy.read(file, bytes, inputs.context(file, bytes));
            var notes = new ArrayList<String>();
            note(inputs, file).ifPresent(notes::add);
            var fit = offer.map(all -> ServerCheck.of(policy, all.server(), all.tools()));
            fit.ifPresent(result -> notes.addAll(result.notes()));
            return CheckedPolicy.of(
                    policy,
                    unapprovable(inputs, file),
                    fit.map(ServerCheck.Result::warnings).orElse(List.of()),
                    notes);
        } catch (FaultyDocument e) {
            return CheckedPolicy.faulty(file, e.faults());
        }
    }

    /** What a server offers. */
    private record Offer(String server, List<Definition> tools) {

        static Offer of(Server asked, PolicyInputs inputs) {
            return new Offer(asked.name(), inputs.tools(asked));
        }
    }

    /** Rules that nobody can approve, for the grants under the file; they name the file as the configuration does. */
    private static List<Fault> unapprovable(PolicyInputs inputs, String file) {
        return inputs
                .ground()
                .flatMap(ground -> ground.nameOf(inputs.path(file)).map(ground.policyFaults()::get))
                .orElse(List.of())
                .stream()
                .map(fault -> new Fault(file, fault.line(), fault.path(), fault.message()))
                .toList();
    }

    /** What was not looked at. */
    private static Optional<String> note(PolicyInputs inputs, String file) {
        if (inputs.ground().isEmpty()) {
            return Optional.of(NeutralContext.NOTE);
        }
        return inputs.ground().get().nameOf(inputs.path(file)).isPresent()
                ? Optional.empty()
                : Optional.of("no grant is under it: whether its rules can be approved was not checked");
    }
}
