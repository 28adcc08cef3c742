package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.DocumentReader;
import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.workflow.Sha256;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads a {@link PolicyGround}. For one reading. */
final class PolicyGroundReader {

    private final Path file;
    private final Set<String> flows;
    private final Set<String> unset = new HashSet<>();
    private final Faults faults = new Faults();
    private final Placeholders placeholders;
    private final Reading reading;

    PolicyGroundReader(Function<String, Optional<String>> environment, Set<String> flows, Path file) {
        this.file = file;
        this.flows = flows;
        this.placeholders = new Placeholders(
                name -> environment
                        .apply(name)
                        .filter(value -> !value.isBlank())
                        .or(() -> standIn(name)),
                faults);
        this.reading = new Reading(faults, placeholders);
    }

    /** Looks like a token and like the hash of one, another for each variable. */
    private Optional<String> standIn(String name) {
        unset.add(name);
        return Optional.of(Sha256.hex(name));
    }

    PolicyGround read() {
        var root = placeholders.resolve(DocumentReader.read(file.toString(), ConfigurationReader.bytes(file)));
        var section = root instanceof Node.Obj object
                ? Optional.ofNullable(object.members().get("holdpoint"))
                : Optional.<Node>empty();
        if (section.isEmpty()) {
            throw ConfigurationReader.fatal(file, "has no holdpoint; add it");
        }
        return Fields.of(section.get(), faults).map(this::read).orElseThrow(() -> new FaultyDocument(faults.all()));
    }

    private PolicyGround read(Fields holdpoint) {
        var part = PolicyPart.read(reading, flows, file, holdpoint);
        var all = faults.all();
        var own = all.stream()
                .filter(fault -> fault.file().equals(file.toString()))
                .filter(fault -> !placeholders.filledFrom(unset, fault.path()))
                .map(placeholders::withoutValues)
                .toList();
        if (!own.isEmpty()) {
            throw new FaultyDocument(own);
        }
        return new PolicyGround(
                PolicyPart.directory(file),
                part.servers(),
                part.grants(),
                part.context(),
                part.policies().names().stream().collect(Collectors.toMap(name -> name, name -> faultsOf(name, all))),
                part.people(),
                part.withSecret(),
                unset);
    }

    private List<Fault> faultsOf(String policy, List<Fault> all) {
        return all.stream()
                .filter(fault -> fault.file().equals(policy))
                .map(placeholders::withoutValues)
                .distinct()
                .toList();
    }
}
