package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.workflow.approval.ApprovalTerms;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.PersonId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds rules that nobody can approve (spec 03, Faults): each call under one would wait for its expiry. */
final class ApproverCheck {

    /** Flows in which each name in {@code approvers} has to sign, not just anybody of them. */
    private static final Set<String> EACH_NAME_SIGNS = Set.of("all-groups-approval", "staged-approval");

    private final People people;
    private final Faults faults;

    ApproverCheck(People people, Faults faults) {
        this.people = people;
        this.faults = faults;
    }

    /**
     * Checks every rule of a policy for each grant under it.
     *
     * @param file the policy's name, for messages
     */
    void check(Collection<Grant> grants, String file, Policy policy) {
        grants.stream()
                .filter(grant -> grant.servers().values().stream()
                        .anyMatch(access -> access.policy()
                                        .filter(policy::equals)
                                        .isPresent()
                                || access.shadow().filter(policy::equals).isPresent()))
                .forEach(grant -> check(Optional.of(grant), file, policy));
    }

    /**
     * Checks every rule of a policy.
     *
     * @param grant who would be under it; empty checks what is the same for all
     */
    void check(Optional<Grant> grant, String policyFile, Policy policy) {
        for (var rule : policy.holdRules()) {
            complaint(grant, rule.terms())
                    .map(complaint -> new Fault(policyFile, rule.line(), "", rule.tool() + ": " + complaint))
                    .filter(fault -> !faults.all().contains(fault))
                    .ifPresent(faults::add);
        }
    }

    private Optional<String> complaint(Optional<Grant> grant, ApprovalTerms terms) {
        if (!terms.approvers().stream().allMatch(people::knows)) {
            return Optional.empty(); // that is a fault of its own
        }
        if (terms.approvers().isEmpty()) {
            return Optional.of("has no approvers; add approvers to the rule, or approvals.approvers");
        }
        if (terms.minAssurance() == Assurance.LOGIN_FRESH) {
            return Optional.of("min_assurance login+fresh cannot be reached in this version; use login");
        }
        if (EACH_NAME_SIGNS.contains(terms.flow())) {
            return terms.approvers().stream()
                    .flatMap(name -> complaint(grant, terms, List.of(name), 1).stream())
                    .findFirst();
        }
        return complaint(grant, terms, terms.approvers(), needed(terms));
    }

    private Optional<String> complaint(Optional<Grant> grant, ApprovalTerms terms, List<String> names, int needed) {
        var set = people.resolve(names);
        var able = new LinkedHashSet<>(set);
        if (!terms.allowOwner()) {
            grant.map(Grant::owner).ifPresent(able::remove);
        }
        if (able.size() >= needed) {
            return Optional.empty();
        }
        var who = String.join(" and ", names);
        if (set.isEmpty()) {
            return Optional.of(who + " has no reviewer; add a person with the role reviewer");
        }
        return Optional.of(
                able.size() == set.size()
                        ? tooFew(who, set, terms, needed)
                        : ownsIt(who, set, grant.orElseThrow(), terms, needed));
    }

    private static String tooFew(String who, Set<PersonId> set, ApprovalTerms terms, int needed) {
        return "%s needs %d people and %s has only %s; add a person".formatted(terms.flow(), needed, who, listed(set));
    }

    private static String ownsIt(String who, Set<PersonId> set, Grant grant, ApprovalTerms terms, int needed) {
        if (set.size() == 1 && needed == 1) {
            return "%s has only %s, who owns %s; add a person or set allow_owner"
                    .formatted(who, grant.owner(), grant.id());
        }
        return "%s needs %d people besides %s, who owns %s, and %s has only %s; add a person or set allow_owner"
                .formatted(terms.flow(), needed, grant.owner(), grant.id(), who, listed(set));
    }

    private static int needed(ApprovalTerms terms) {
        return terms.flow().equals("two-person") ? 2 : terms.approvalsNeeded();
    }

    private static String listed(Collection<PersonId> people) {
        return people.stream().map(PersonId::value).sorted().collect(Collectors.joining(" and "));
    }
}
