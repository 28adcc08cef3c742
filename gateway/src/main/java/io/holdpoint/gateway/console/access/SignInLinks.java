package io.holdpoint.gateway.console.access;

import io.holdpoint.workflow.Sha256;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.PersonId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * One-time links that sign a person in (spec 09, Safe by default). Kept as hashes and in memory only: a restart
 * forgets them, and nothing that is stored signs anybody in. Safe for any thread.
 */
@Component
public final class SignInLinks {

    static final Duration GOOD_FOR = Duration.ofHours(24);

    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Link> links = new ConcurrentHashMap<>();
    private final Clock clock;

    public SignInLinks(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes a link that signs this person in once, within 24 hours.
     *
     * @return the path of the link on the console, beginning with {@code /sign-in/}; it is a secret
     */
    public String issue(PersonId person) {
        return issue(person, Optional.empty(), GOOD_FOR);
    }

    /** The same, made by this admin and good for as long as this. */
    String issue(PersonId person, PersonId maker, Duration goodFor) {
        return issue(person, Optional.of(maker), goodFor);
    }

    private String issue(PersonId person, Optional<PersonId> maker, Duration goodFor) {
        forgetOld();
        var bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        links.put(
                hash(token),
                new Link(hash(token), person, maker, clock.instant().plus(goodFor)));
        return "/sign-in/" + token;
    }

    /** Whose link it is, without using it up. */
    Optional<PersonId> look(String token) {
        return Optional.ofNullable(links.get(hash(token))).filter(this::isGood).map(Link::person);
    }

    /** Uses a link up: of any number of callers, one gets it. */
    Optional<Link> take(String token) {
        return Optional.ofNullable(links.remove(hash(token))).filter(this::isGood);
    }

    /** Puts a taken link back, where signing in failed for a reason that is not the person's. */
    void giveBack(Link link) {
        links.put(link.hash(), link);
    }

    private boolean isGood(Link link) {
        return clock.instant().isBefore(link.until());
    }

    private void forgetOld() {
        links.values().removeIf(link -> !isGood(link));
    }

    private static String hash(String token) {
        return Sha256.hex(token);
    }

    /**
     * A link that was issued.
     *
     * @param maker the admin who made it for this person; empty if Holdpoint printed it
     */
    record Link(String hash, PersonId person, Optional<PersonId> maker, Instant until) {

        /** Whoever made a link could use it, too, so it says less than a login (spec 05, Reviewers). */
        Assurance assurance() {
            return maker.isPresent() ? Assurance.LINK : Assurance.LOGIN;
        }
    }
}
