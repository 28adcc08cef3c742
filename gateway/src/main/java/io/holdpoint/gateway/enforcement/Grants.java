package io.holdpoint.gateway.enforcement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
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

    public Collection<Grant> all() {
        return byId.values();
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
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Optional.ofNullable(byToken.get(HexFormat.of().formatHex(digest)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
