package io.holdpoint.gateway.grant;

import io.holdpoint.workflow.Sha256;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** All grants. Immutable and safe for any thread. */
public final class Grants {

    private final Map<String, Grant> byToken = new HashMap<>();
    private final Map<String, Grant> byId = new HashMap<>();

    public Grants(Collection<Grant> grants) {
        for (var grant : grants) {
            byToken.put(grant.tokenSha256(), grant);
            byId.put(grant.id(), grant);
        }
    }

    /** All of them, in no order. */
    public Collection<Grant> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    public Optional<Grant> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** When the next grant is over that is not yet; empty if none will be. */
    public Optional<Instant> nextExpiry(Instant now) {
        return byId.values().stream()
                .flatMap(grant -> grant.expires().stream())
                .filter(now::isBefore)
                .min(Comparator.naturalOrder());
    }

    /**
     * The grant of that name, if it still is what it was.
     *
     * @param server one of its servers, by name
     * @param state what {@link Grant#state} was for that server
     * @return empty if it is gone, over, another one under the same name, or not for that server any more
     */
    public Optional<Grant> standing(String id, String server, String state, Instant now) {
        return valid(id, server, now).filter(grant -> grant.state(server).equals(state));
    }

    /**
     * The grant a caller has in hand as it is now, if it still is what it was; cheap enough for an event loop.
     *
     * @param server one of its servers, by name
     * @return empty where {@link #standing(String, String, String, Instant)} is
     */
    public Optional<Grant> standing(Grant then, String server, Instant now) {
        return valid(then.id(), server, now).filter(grant -> grant.isAs(then, server));
    }

    private Optional<Grant> valid(String id, String server, Instant now) {
        return find(id).filter(grant -> grant.isValidAt(now))
                .filter(grant -> grant.servers().containsKey(server));
    }

    /**
     * Finds the grant a token belongs to. The look-up is by hash, so its time tells nothing about a stored token.
     *
     * @param token as presented, in clear
     */
    public Optional<Grant> byToken(String token) {
        return Optional.ofNullable(byToken.get(Sha256.hex(token)));
    }
}
