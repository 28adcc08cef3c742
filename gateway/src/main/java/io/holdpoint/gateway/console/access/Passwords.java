package io.holdpoint.gateway.console.access;

import io.holdpoint.workflow.Sha256;
import io.holdpoint.workflow.people.PersonId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Who signs in by password. Immutable and safe for any thread. */
public final class Passwords {

    private final Map<PersonId, PasswordHash> hashes;
    private final int dearest;

    public Passwords(Map<PersonId, PasswordHash> hashes) {
        this.hashes = Map.copyOf(hashes);
        this.dearest =
                hashes.values().stream().mapToInt(PasswordHash::cost).max().orElse(PasswordHash.LOWEST_COST);
    }

    public boolean has(PersonId person) {
        return hashes.containsKey(person);
    }

    public boolean isEmpty() {
        return hashes.isEmpty();
    }

    Optional<PasswordHash> of(PersonId person) {
        return Optional.ofNullable(hashes.get(person));
    }

    /**
     * Whether this is the person's password. Takes the same time for everybody, and for nobody: a quicker answer would
     * tell who there is.
     */
    boolean match(Optional<PersonId> person, String password) {
        var work = work(person);
        var matches = work.get(0).matches(password) && person.flatMap(this::of).isPresent();
        work.stream().skip(1).forEach(hash -> hash.matches(password));
        return matches;
    }

    /**
     * What is tried, the person's own hash first. Each cost takes twice the time of the one before, so one of every
     * cost from the person's own on makes up for the dearest.
     */
    List<PasswordHash> work(Optional<PersonId> person) {
        var first = person.flatMap(this::of).orElseGet(() -> PasswordHash.ofNobody(dearest));
        var rest = IntStream.range(first.cost(), dearest).mapToObj(PasswordHash::ofNobody);
        return Stream.concat(Stream.of(first), rest).toList();
    }

    /** Another text after a password changed, and only then; tells nothing about the password. */
    public String fingerprint(PersonId person) {
        return of(person).map(hash -> Sha256.hex(hash.text())).orElse("");
    }

    @Override
    public String toString() {
        return "Passwords[%s]".formatted(hashes.keySet());
    }
}
