package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.workflow.approval.ApprovalTerms;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.people.Role;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds rules that nobody can approve (spec 03, Faults): each call under one would wait for its expiry. */
final class ApproverCheck {

    /** Flows in which each name in {@code approvers} has to sign, not just anybody of them. */
    private static final Set<String> EACH_NAME_SIGNS = Set.of("all-groups-approval", "staged-approval");

    private final People people;
    private final Set<String> names;
    private final Set<PersonId> withSecret;
    private final Faults faults;
    private final Optional<PersonId> firstAdmin;

    /** @param withSecret who has a token or a password */
    ApproverCheck(People people, Set<PersonId> withSecret, Faults faults) {
        this.people = people;
        this.names = people.names();
        this.withSecret = withSecret;
        this.faults = faults;
        this.firstAdmin = people.first(Role.ADMIN).map(Person::id);
    }

    /**
     * Checks every rule of a policy for each grant under it.
     *
     * @param file the policy's name, for messages
     */
    void check(Collection<Grant> grants, String file, Policy policy) {
        var under = grants.stream()
                .filter(grant -> grant.servers().values().stream()
                        .anyMatch(access -> access.policy()
                                        .filter(policy::equals)
                                        .isPresent()
                                || access.shadow().filter(policy::equals).isPresent()))
                .toList();
        if (!under.isEmpty()) {
            check(under, file, policy.holdRules());
        }
    }

    /**
     * Checks rules of a policy.
     *
     * @param grants who would be under them; none checks what is the same for all. Of those that one person owns the first
     *     is named
     */
    void check(Collection<Grant> grants, String file, List<Policy.HoldRule> rules) {
        var owners = new LinkedHashMap<PersonId, Grant>();
        grants.forEach(grant -> owners.putIfAbsent(grant.owner(), grant));
        rules.forEach(rule -> check(owners.values(), file, rule));
    }

    private void check(Collection<Grant> owners, String file, Policy.HoldRule rule) {
        if (!names.containsAll(rule.terms().approvers())) {
            return; // that is a fault of its own
        }
        complaints(owners, rule.terms())
                .distinct()
                .map(complaint -> "lets nobody approve %s: %s".formatted(rule.tool(), complaint))
                .forEach(message -> faults.add(new Fault(file, rule.line(), rule.path(), message)));
    }

    /** What is the same for all grants is told once, and not looked for again in each. */
    private Stream<String> complaints(Collection<Grant> owners, ApprovalTerms terms) {
        if (terms.approvers().isEmpty()) {
            return Stream.of("it has no approvers; add approvers to the rule, or approvals.approvers");
        }
        if (terms.minAssurance() == Assurance.LOGIN_FRESH) {
            return Stream.of("min_assurance login+fresh cannot be reached in this version; use login");
        }
        var parts = parts(terms);
        var forAll = first(parts, Optional.empty(), terms);
        if (forAll.isPresent() || terms.allowOwner()) {
            return forAll.stream();
        }
        // An owner is one person: where more are sure than are needed, it does not matter which.
        var narrow = parts.stream().filter(part -> part.sure() <= part.needed()).toList();
        return owners.stream().flatMap(grant -> first(narrow, Optional.of(grant), terms).stream());
    }

    /**
     * Names of whom some have to sign.
     *
     * @param set who that is
     * @param sure how many of them can be known surely enough
     */
    private record Part(List<String> names, Set<PersonId> set, int sure, int needed) {}

    private List<Part> parts(ApprovalTerms terms) {
        return EACH_NAME_SIGNS.contains(terms.flow())
                ? terms.approvers().stream()
                        .map(name -> part(List.of(name), terms, 1))
                        .toList()
                : List.of(part(terms.approvers(), terms, needed(terms)));
    }

    private Part part(List<String> names, ApprovalTerms terms, int needed) {
        var set = people.resolve(names);
        var sure = set.stream()
                .filter(person -> reaches(person, terms.minAssurance()))
                .count();
        return new Part(names, set, (int) sure, needed);
    }

    private Optional<String> first(List<Part> parts, Optional<Grant> grant, ApprovalTerms terms) {
        return parts.stream()
                .filter(part ->
                        grant.isEmpty() || part.set().contains(grant.get().owner()))
                .flatMap(part -> complaint(part, grant, terms).stream())
                .findFirst();
    }

    private Optional<String> complaint(Part part, Optional<Grant> grant, ApprovalTerms terms) {
        var who = String.join(" and ", part.names());
        var set = part.set();
        int needed = part.needed();
        if (set.isEmpty()) {
            return Optional.of(who + " has no reviewer; add a person with the role reviewer");
        }
        var owner = grant.map(Grant::owner);
        var asked = without(set, person -> owner.equals(Optional.of(person)));
        if (asked.size() < needed) {
            return Optional.of(
                    asked.size() == set.size()
                            ? tooFew(who, set, terms, needed)
                            : ownsIt(who, set, grant.orElseThrow(), terms, needed));
        }
        var unsure = without(asked, person -> reaches(person, terms.minAssurance()));
        return asked.size() - unsure.size() < needed
                ? Optional.of(tooUnsure(who, unsure, terms, needed))
                : Optional.empty();
    }

    /**
     * Whether somebody can ever be known that surely: by a token, a password or the link that {@code serve} prints for
     * the first admin as a login, by a link that an admin makes as no more than a link (spec 05, Reviewers).
     */
    private boolean reaches(PersonId person, Assurance least) {
        if (withSecret.contains(person) || firstAdmin.equals(Optional.of(person))) {
            return Assurance.LOGIN.reaches(least);
        }
        return firstAdmin.isPresent() && Assurance.LINK.reaches(least);
    }

    private static Set<PersonId> without(Set<PersonId> people, Predicate<PersonId> who) {
        return people.stream().filter(who.negate()).collect(Collectors.toSet());
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

    private static String tooUnsure(String who, Set<PersonId> unsure, ApprovalTerms terms, int needed) {
        var least = terms.minAssurance();
        return "it needs %s%s, and of %s %s %s neither token nor password-hash; add one, or %s"
                .formatted(
                        least.label(),
                        needed == 1 ? "" : " of %d people".formatted(needed),
                        who,
                        listed(unsure),
                        unsure.size() == 1 ? "has" : "have",
                        least == Assurance.LINK ? "an admin who makes sign-in links" : "lower min_assurance");
    }

    private static int needed(ApprovalTerms terms) {
        return terms.flow().equals("two-person") ? 2 : terms.approvalsNeeded();
    }

    private static String listed(Collection<PersonId> people) {
        return people.stream().map(PersonId::value).sorted().collect(Collectors.joining(" and "));
    }
}
