package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.PolicyContext;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.PersonId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of a configuration policies have to do with, for commands that look at policies.
 *
 * @param context what rules leave to the installation
 * @param policyFaults what is wrong with each policy that grants name, by the name the configuration has for it; no
 *     faults where it is good
 * @param people who may approve
 * @param withSecret who of them has a token or a password
 * @param unset environment variables that are not set; what names them has a stand-in
 */
public record PolicyGround(
        Path directory,
        Map<String, Server> servers,
        List<Grant> grants,
        PolicyContext context,
        Map<String, List<Fault>> policyFaults,
        People people,
        Set<PersonId> withSecret,
        Set<String> unset) {

    public PolicyGround {
        Objects.requireNonNull(directory);
        servers = Map.copyOf(servers);
        grants = List.copyOf(grants);
        Objects.requireNonNull(context);
        policyFaults = Map.copyOf(policyFaults);
        Objects.requireNonNull(people);
        withSecret = Set.copyOf(withSecret);
        unset = Set.copyOf(unset);
    }

    /** The name under which grants know a policy file; empty where no grant is under it. */
    public Optional<String> nameOf(Path file) {
        return policyFaults.keySet().stream()
                .filter(name -> isSame(directory.resolve(name), file))
                .findFirst();
    }

    public Optional<Grant> grant(String id) {
        return grants.stream().filter(grant -> grant.id().equals(id)).findFirst();
    }

    /**
     * Rules of a policy that nobody can approve: for the grant, or else for the grants under the file, or where there is
     * none, for whoever came under it.
     *
     * @param file where the policy was read from; its faults have the policy's own name for it
     */
    public List<Fault> unapprovable(Path file, Policy policy, Optional<Grant> grant) {
        var known = nameOf(file).map(policyFaults::get).filter(any -> grant.isEmpty());
        if (known.isPresent()) {
            return known.get().stream()
                    .map(fault -> new Fault(policy.file(), fault.line(), fault.path(), fault.message()))
                    .toList();
        }
        var faults = new Faults();
        new ApproverCheck(people, withSecret, faults).check(grant.stream().toList(), policy.file(), policy.holdRules());
        return faults.all();
    }

    /**
     * The same for rules of a policy as the tools of one server meet them.
     *
     * @param policy the policy's name, for messages
     * @param server only grants for it count; all do where the configuration has no such server
     */
    public List<Fault> unapprovable(
            Path file, String policy, String server, List<Policy.HoldRule> rules, Optional<Grant> grant) {
        var under = grant.map(List::of)
                .orElseGet(() -> nameOf(file).map(name -> under(name, server)).orElse(List.of()));
        var faults = new Faults();
        new ApproverCheck(people, withSecret, faults).check(under, policy, rules);
        return faults.all();
    }

    private List<Grant> under(String policy, String server) {
        return grants.stream()
                .filter(grant -> grant.servers().entrySet().stream()
                        .filter(entry ->
                                !servers.containsKey(server) || entry.getKey().equals(server))
                        .flatMap(entry -> Stream.of(
                                entry.getValue().policy(), entry.getValue().shadow()))
                        .anyMatch(any -> any.map(Policy::file).equals(Optional.of(policy))))
                .toList();
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false; // one of them is gone, so they are not the same
        }
    }
}
