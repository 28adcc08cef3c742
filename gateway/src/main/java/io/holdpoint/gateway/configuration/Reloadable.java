package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.console.access.Passwords;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.policy.PolicyContext;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.people.People;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What may change while the program runs, all from one reading, so that its parts fit together (spec 09,
 * Configuration).
 *
 * @param policies each policy file by its name, in the order of the names, which is the same on every node
 * @param context what rules leave to the installation
 * @param warnings what should be better but is no fault
 */
public record Reloadable(
        Map<String, Server> servers,
        Grants grants,
        People people,
        Passwords passwords,
        Map<String, PolicyFile> policies,
        PolicyContext context,
        List<String> warnings) {

    public Reloadable {
        servers = Map.copyOf(servers);
        Objects.requireNonNull(grants);
        Objects.requireNonNull(people);
        Objects.requireNonNull(passwords);
        policies = Collections.unmodifiableMap(new TreeMap<>(policies));
        Objects.requireNonNull(context);
        warnings = List.copyOf(warnings);
    }

    /** Each policy file's SHA-256 by its name. */
    public Map<String, String> policyHashes() {
        var hashes = new TreeMap<String, String>();
        policies.forEach((name, file) -> hashes.put(name, file.policy().sha256()));
        return hashes;
    }

    /** Leaves secrets out. */
    @Override
    public String toString() {
        return "Reloadable[servers=%s, policies=%s]".formatted(servers.keySet(), policyHashes());
    }
}
