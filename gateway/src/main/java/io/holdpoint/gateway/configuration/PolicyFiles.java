package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.PolicyContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads each policy file once, however many grants are under it. Not thread-safe. */
final class PolicyFiles {

    private final Reading reading;
    private final Path directory;
    private final PolicyContext context;
    private final Map<String, Optional<Policy>> policies = new HashMap<>();

    /** @param directory what relative names are relative to */
    PolicyFiles(Reading reading, Path directory, PolicyContext context) {
        this.reading = reading;
        this.directory = directory;
        this.context = context;
    }

    /** The policy a value names; empty after a fault, which is noted once for each file. */
    Optional<Policy> read(Node.Text name) {
        var known = policies.get(name.value());
        if (known != null) {
            return known;
        }
        var policy = readOnce(name);
        policies.put(name.value(), policy);
        return policy;
    }

    /** SHA-256 by file name. */
    Map<String, String> hashes() {
        var hashes = new TreeMap<String, String>();
        all().forEach((name, policy) -> hashes.put(name, policy.sha256()));
        return hashes;
    }

    /** Each policy that could be read, by file name. */
    Map<String, Policy> all() {
        var all = new TreeMap<String, Policy>();
        policies.forEach((name, policy) -> policy.ifPresent(p -> all.put(name, p)));
        return all;
    }

    private Optional<Policy> readOnce(Node.Text name) {
        try {
            var bytes = Files.readAllBytes(directory.resolve(name.value()));
            return Optional.of(Policy.read(name.value(), bytes, context));
        } catch (FaultyDocument e) {
            reading.faults().addAll(e.faults());
        } catch (IOException | InvalidPathException e) {
            reading.faults().wrongValue(name, "no such file can be read; paths are relative to this one");
        }
        return Optional.empty();
    }
}
