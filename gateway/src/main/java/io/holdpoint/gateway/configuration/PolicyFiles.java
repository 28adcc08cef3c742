package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.DocumentReader;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.PolicyContext;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads each policy file once, however many grants are under it. Not thread-safe. */
final class PolicyFiles {

    private final Reading reading;
    private final Path directory;
    private final PolicyContext context;
    private final Map<String, Optional<PolicyFile>> files = new HashMap<>();

    /** @param directory what relative names are relative to */
    PolicyFiles(Reading reading, Path directory, PolicyContext context) {
        this.reading = reading;
        this.directory = directory;
        this.context = context;
    }

    /**
     * The policy a value names, after faults as far as it could be read: more may be wrong with it. A configuration with
     * faults comes into force nowhere.
     */
    Optional<Policy> read(Node.Text name) {
        var known = files.get(name.value());
        if (known == null) {
            known = readOnce(name);
            files.put(name.value(), known);
        }
        return known.map(PolicyFile::policy);
    }

    /** Each policy that could be read, by file name. */
    Map<String, PolicyFile> all() {
        var all = new TreeMap<String, PolicyFile>();
        files.forEach((name, file) -> file.ifPresent(f -> all.put(name, f)));
        return all;
    }

    /** The names of all that were asked for, those with faults included. */
    Set<String> names() {
        return Set.copyOf(files.keySet());
    }

    private Optional<PolicyFile> readOnce(Node.Text name) {
        try {
            var path = directory.resolve(name.value());
            reading.files().add(path);
            var bytes = DocumentReader.bytes(path);
            return Policy.read(name.value(), bytes, context, reading.faults())
                    .map(policy -> new PolicyFile(name.value(), bytes, policy));
        } catch (FaultyDocument e) {
            reading.faults().addAll(e.faults());
        } catch (IOException | InvalidPathException e) {
            reading.faults().wrongValue(name, "no such file can be read; paths are relative to this one");
        }
        return Optional.empty();
    }
}
