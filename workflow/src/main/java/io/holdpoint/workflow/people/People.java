package io.holdpoint.workflow.people;

import io.holdpoint.workflow.Sha256;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everybody the configuration names. Immutable and safe for any thread. */
public final class People {

    private final Map<PersonId, Person> byId;
    private final Map<String, Person> byTokenSha256;

    public People(Collection<Person> people) {
        var ids = new LinkedHashMap<PersonId, Person>();
        var tokens = new LinkedHashMap<String, Person>();
        for (var person : people) {
            ids.put(person.id(), person);
            person.tokenSha256().ifPresent(hash -> tokens.put(hash, person));
        }
        byId = Collections.unmodifiableMap(ids);
        byTokenSha256 = Map.copyOf(tokens);
    }

    /** Everybody, in the order of the configuration. */
    public Collection<Person> all() {
        return byId.values();
    }

    public Optional<Person> find(PersonId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The first person with a role, in the order of the configuration. */
    public Optional<Person> first(Role role) {
        return byId.values().stream().filter(person -> person.has(role)).findFirst();
    }

    /**
     * Finds whose API token this is. The look-up is by hash, so its time tells nothing about a stored token.
     *
     * @param token as presented, in clear
     */
    public Optional<Person> byToken(String token) {
        return Optional.ofNullable(byTokenSha256.get(Sha256.hex(token)));
    }

    /** Whether anybody or any group is called that. */
    public boolean knows(String personOrGroup) {
        return byId.containsKey(new PersonId(personOrGroup))
                || byId.values().stream().anyMatch(person -> person.groups().contains(personOrGroup));
    }

    /** Everything that {@link #knows} knows: ids of people, then groups, in the order of the configuration. */
    public Set<String> names() {
        var names = new LinkedHashSet<String>();
        byId.keySet().forEach(id -> names.add(id.value()));
        byId.values().forEach(person -> person.groups().stream().sorted().forEach(names::add));
        return names;
    }

    /**
     * Resolves a rule's approvers to people: those named, and the members of groups named, who have the role
     * {@link Role#REVIEWER}. A name that is both is the person.
     *
     * @return the approver set, possibly empty, in the order of the names; of a group in that of the configuration
     */
    public Set<PersonId> resolve(Collection<String> peopleAndGroups) {
        var set = new LinkedHashSet<PersonId>();
        for (var name : peopleAndGroups) {
            var person = byId.get(new PersonId(name));
            if (person != null) {
                addIfReviewer(set, person);
            } else {
                byId.values().stream()
                        .filter(member -> member.groups().contains(name))
                        .forEach(member -> addIfReviewer(set, member));
            }
        }
        return set;
    }

    private static void addIfReviewer(Set<PersonId> set, Person person) {
        if (person.has(Role.REVIEWER)) {
            set.add(person.id());
        }
    }
}
