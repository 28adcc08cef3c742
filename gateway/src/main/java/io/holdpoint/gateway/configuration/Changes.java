package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.workflow.people.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What differs between two readings, in words for the log: names only, never a secret. */
final class Changes {

    private Changes() {}

    /** Such as {@code grant radiology-agent changed}; empty if both say the same. */
    static List<String> between(Reloadable was, Reloadable is) {
        var changes = new ArrayList<String>();
        compare("server", was.servers(), is.servers(), changes);
        compare("policy", was.policyHashes(), is.policyHashes(), changes);
        compare("grant", grants(was), grants(is), changes);
        compare("person", people(was), people(is), changes);
        if (!was.context().defaults().equals(is.context().defaults())) {
            changes.add("approvals' defaults for rules changed");
        }
        return changes;
    }

    private static void compare(String what, Map<String, ?> was, Map<String, ?> is, List<String> changes) {
        var names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        for (var name : names) {
            if (!was.containsKey(name)) {
                changes.add("%s %s added".formatted(what, name));
            } else if (!is.containsKey(name)) {
                changes.add("%s %s removed".formatted(what, name));
            } else if (!was.get(name).equals(is.get(name))) {
                changes.add("%s %s changed".formatted(what, name));
            }
        }
    }

    private static Map<String, List<Object>> grants(Reloadable reading) {
        var grants = new HashMap<String, List<Object>>();
        for (var grant : reading.grants().all()) {
            var facts = List.<Object>of(
                    grant.owner(),
                    grant.tokenSha256(),
                    policies(grant),
                    grant.expires(),
                    grant.holdFor(),
                    grant.maxPending());
            grants.put(grant.id(), facts);
        }
        return grants;
    }

    /** By file name only: that a file's text changed is a change of the policy, not of the grant. */
    private static Map<String, List<Optional<String>>> policies(Grant grant) {
        var policies = new TreeMap<String, List<Optional<String>>>();
        grant.servers().forEach((server, access) -> policies.put(server, files(access)));
        return policies;
    }

    private static List<Optional<String>> files(Grant.Access access) {
        return List.of(access.policy().map(Policy::file), access.shadow().map(Policy::file));
    }

    private static Map<String, List<Object>> people(Reloadable reading) {
        var people = new HashMap<String, List<Object>>();
        for (Person person : reading.people().all()) {
            people.put(person.id().value(), List.of(person, reading.passwords().fingerprint(person.id())));
        }
        return people;
    }
}
