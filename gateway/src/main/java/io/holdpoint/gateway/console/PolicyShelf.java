package io.holdpoint.gateway.console;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.reload.PolicyVersions;
import io.holdpoint.gateway.reload.Reloads;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Policies as the console shows them: every version, which of them are in force and for whom. */
@Component
class PolicyShelf {

    private final Supplier<Grants> grants;
    private final PolicyVersions versions;
    private final Reloads reloads;

    PolicyShelf(Supplier<Grants> grants, PolicyVersions versions, Reloads reloads) {
        this.grants = grants;
        this.versions = versions;
        this.reloads = reloads;
    }

    /**
     * A version of a policy.
     *
     * @param since when it was first in force
     * @param grants those under it now, as {@code grant/server}, or {@code grant/server (shadow)}; empty where it is not in force
     */
    record Entry(String file, String sha256, Instant since, List<String> grants) {

        boolean isInForce() {
            return !grants.isEmpty();
        }
    }

    /**
     * What came of the last look at the files.
     *
     * @param inForceSince since when what they said is in force
     * @param lookedAt when they were last found changed
     * @param faults why what they say now is refused; empty if it is in force
     * @param afterRestart keys that changed and count only after a restart
     */
    record LastLook(Instant inForceSince, Instant lookedAt, List<String> faults, List<String> afterRestart) {}

    /** The newest 500, and whatever is in force; newest first. */
    List<Entry> entries() {
        var users = users();
        var listed = new LinkedHashSet<>(versions.newest());
        users.keySet().forEach(used -> versions.find(used.file(), used.sha256()).ifPresent(listed::add));
        return listed.stream()
                .map(version -> new Entry(
                        version.file(),
                        version.sha256(),
                        version.since(),
                        List.copyOf(users.getOrDefault(new Used(version.file(), version.sha256()), new TreeSet<>()))))
                .sorted(Comparator.comparing(Entry::since).reversed())
                .toList();
    }

    private record Used(String file, String sha256) {}

    LastLook lastLook() {
        var status = reloads.status();
        return new LastLook(
                status.inForceSince(),
                status.lookedAt(),
                status.faults().stream().map(Fault::toString).toList(),
                status.afterRestart());
    }

    Optional<String> text(String sha256) {
        return versions.text(sha256);
    }

    private Map<Used, TreeSet<String>> users() {
        var users = new HashMap<Used, TreeSet<String>>();
        for (var grant : grants.get().all()) {
            grant.servers().forEach((server, access) -> add(users, grant, server, access));
        }
        return users;
    }

    private static void add(Map<Used, TreeSet<String>> users, Grant grant, String server, Grant.Access access) {
        var who = grant.id() + "/" + server;
        access.policy().ifPresent(policy -> add(users, policy, who));
        access.shadow().ifPresent(policy -> add(users, policy, who + " (shadow)"));
    }

    private static void add(Map<Used, TreeSet<String>> users, Policy policy, String who) {
        users.computeIfAbsent(new Used(policy.file(), policy.sha256()), used -> new TreeSet<>())
                .add(who);
    }
}
