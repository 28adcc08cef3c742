package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.console.access.Passwords;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.policy.PolicyContext;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.PersonId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The part of a configuration that policies have to do with, and the policies it names. With faults it has only what
 * could be read.
 *
 * @param withSecret who has a token or a password
 * @param policies all that grants name
 */
record PolicyPart(
        Map<String, Server> servers,
        People people,
        Passwords passwords,
        Set<PersonId> withSecret,
        ApprovalsReader.Approvals approvals,
        PolicyFiles policies,
        List<Grant> grants) {

    /**
     * Reads it, and checks that every rule can be approved.
     *
     * @param reading takes the faults
     * @param flows the process ids of all flows
     * @param file the configuration's
     */
    static PolicyPart read(Reading reading, Set<String> flows, Path file, Fields holdpoint) {
        var tokens = new Tokens(reading);
        var servers = new ServersReader(reading).read(holdpoint);
        var peopleReader = new PeopleReader(reading, tokens);
        var people = new People(peopleReader.read(holdpoint));
        var approvals = new ApprovalsReader(reading, flows)
                .read(holdpoint.self(), holdpoint.object("approvals"), holdpoint.object("cluster"), people);
        var policies = new PolicyFiles(reading, directory(file), approvals.context());
        var grants = new GrantsReader(reading, tokens, servers, names(holdpoint, "servers"), people, policies)
                .read(holdpoint);
        var part = new PolicyPart(
                servers, people, peopleReader.passwords(), peopleReader.withSecret(), approvals, policies, grants);
        part.checkApprovers(reading);
        return part;
    }

    /** What paths in a configuration are relative to. */
    static Path directory(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file stands in a directory");
    }

    PolicyContext context() {
        return approvals.context();
    }

    private void checkApprovers(Reading reading) {
        var approvers = new ApproverCheck(people, withSecret, reading.faults());
        policies.all().forEach((name, policy) -> approvers.check(grants, name, policy.policy()));
    }

    private static Set<String> names(Fields holdpoint, String section) {
        return holdpoint
                .any(section)
                .filter(Node.Obj.class::isInstance)
                .map(node -> ((Node.Obj) node).members().keySet())
                .orElse(Set.of());
    }
}
