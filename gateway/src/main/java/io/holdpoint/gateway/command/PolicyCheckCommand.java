package io.holdpoint.gateway.command;

import io.holdpoint.gateway.authoring.CheckedPolicy;
import io.holdpoint.gateway.authoring.NeutralContext;
import io.holdpoint.gateway.authoring.ServerCheck;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.document.DocumentReader;
import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.upstream.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdpoint policy check}: all that is wrong with policies. Starts and writes nothing. */
@Command(name = "check", description = "Finds everything that is wrong with policies.", mixinStandardHelpOptions = true)
final class PolicyCheckCommand implements Callable<Integer> {

    private final Path directory;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The policies.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private List<String> files;

    @Option(
            names = "--server",
            paramLabel = "SERVER",
            description = "Also compares them with this server's tools: its name in the configuration, or its URL.")
    private @Nullable String server;

    @Option(
            names = "--grant",
            paramLabel = "GRANT",
            description = "Also checks them as if this grant were under them: its owner may not approve its calls.")
    private @Nullable String grant;

    @Option(names = "--strict", description = "Warnings fail, too.")
    private boolean strict;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private CommandSpec spec;

    PolicyCheckCommand(Path directory) {
        this.directory = directory;
    }

    @Override
    public Integer call() {
        var output = new PolicyOutput(spec.commandLine(), json);
        try {
            var inputs = PolicyInputs.of(directory, config);
            var named = Optional.ofNullable(grant).map(inputs::grant);
            return check(output, inputs, named, Optional.ofNullable(server), List.of());
        } catch (FaultyDocument e) {
            return checkWithout(output, e.faults());
        }
    }

    /** Documents can be looked at without the configuration; what of it was asked for cannot. */
    private int checkWithout(PolicyOutput output, List<Fault> configuration) {
        var faulty = CheckedPolicy.faulty(configuration.get(0).file(), configuration);
        var url = Optional.ofNullable(server).filter(PolicyInputs::isUrl);
        return check(output, PolicyInputs.withoutConfiguration(directory), Optional.empty(), url, List.of(faulty));
    }

    /** @param before what was found already */
    private int check(
            PolicyOutput output,
            PolicyInputs inputs,
            Optional<Grant> named,
            Optional<String> beside,
            List<CheckedPolicy> before) {
        var offer = beside.map(inputs::server).map(asked -> Offer.of(asked, inputs));
        var checked = new ArrayList<CheckedPolicy>(before);
        boolean allRead = true;
        for (var file : new LinkedHashSet<>(files)) {
            try {
                checked.add(check(inputs, file, inputs.read(file, DocumentReader.MAX_BYTES), named, offer));
            } catch (PolicyInputs.Unreadable e) {
                allRead = false;
                checked.add(CheckedPolicy.faulty(file, List.of(new Fault(file, 1, "", e.reason()))));
            }
        }
        int code = output.checked(checked, strict);
        return allRead ? code : ExitCode.USAGE;
    }

    private static CheckedPolicy check(
            PolicyInputs inputs, String file, byte[] bytes, Optional<Grant> named, Optional<Offer> offer) {
        try {
            var policy = Policy.read(file, bytes, inputs.context());
            var notes = new ArrayList<String>();
            note(inputs, file, named).ifPresent(notes::add);
            var faults = unapprovable(inputs, policy, named);
            var warnings = new ArrayList<Fault>();
            if (offer.isPresent()) {
                var fit =
                        ServerCheck.of(policy, offer.get().server(), offer.get().tools());
                notes.addAll(fit.notes());
                warnings.addAll(fit.warnings());
                warnings.addAll(unapprovable(inputs, policy, named, offer.get(), faults));
            }
            return CheckedPolicy.of(policy, faults, warnings, notes);
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

    /** Rules that nobody can approve, for the grants under the file and the one that may come under it. */
    private static List<Fault> unapprovable(PolicyInputs inputs, Policy policy, Optional<Grant> named) {
        if (inputs.ground().isEmpty()) {
            return List.of();
        }
        var ground = inputs.ground().get();
        var path = inputs.path(policy.file());
        var faults = new LinkedHashSet<>(ground.unapprovable(path, policy, named));
        if (ground.nameOf(path).isPresent()) {
            faults.addAll(ground.unapprovable(path, policy, Optional.empty()));
        }
        return List.copyOf(faults);
    }

    /** What is no fault, as the catalogue may change, and still nobody can approve with the classes that tools have now. */
    private static List<Fault> unapprovable(
            PolicyInputs inputs, Policy policy, Optional<Grant> named, Offer offer, List<Fault> known) {
        if (inputs.ground().isEmpty()) {
            return List.of();
        }
        var held = ServerCheck.held(policy, offer.tools());
        var path = inputs.path(policy.file());
        return inputs.ground().get().unapprovable(path, policy.file(), offer.server(), held, named).stream()
                .filter(fault -> known.stream().noneMatch(any -> any.path().equals(fault.path())))
                .toList();
    }

    /** What was not looked at. */
    private static Optional<String> note(PolicyInputs inputs, String file, Optional<Grant> named) {
        if (inputs.ground().isEmpty()) {
            return Optional.of(NeutralContext.NOTE);
        }
        return named.isPresent()
                        || inputs.ground().get().nameOf(inputs.path(file)).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "no grant is under it: whether its rules can be approved when the owner of one may not was"
                                + " not checked; give --grant GRANT");
    }
}
