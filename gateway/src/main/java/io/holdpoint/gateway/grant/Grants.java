package io.holdpoint.gateway.grant;

import io.holdpoint.workflow.Sha256;
import java.util.Collection;
import java.util.Collections;
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

    /**
     * Finds the grant a token belongs to. The look-up is by hash, so its time tells nothing about a stored token.
     *
     * @param token as presented, in clear
     */
    public Optional<Grant> byToken(String token) {
        return Optional.ofNullable(byToken.get(Sha256.hex(token)));
    }
}
