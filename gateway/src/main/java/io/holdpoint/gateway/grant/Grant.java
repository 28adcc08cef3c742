package io.holdpoint.gateway.grant;

import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.Sha256;
import io.holdpoint.workflow.people.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an agent presents ({@code grants.N}): a token for one or more servers, a policy for each, with an owner.
 *
 * @param tokenSha256 lower-case hex SHA-256 of the token's UTF-8 bytes
 * @param expires from when on it is refused
 * @param holdFor how long a connection is held at most, instead of the installation's
 * @param maxPending how many approvals may be pending, instead of the installation's
 */
public record Grant(
        String id,
        PersonId owner,
        String tokenSha256,
        Map<String, Access> servers,
        Optional<Instant> expires,
        Optional<Duration> holdFor,
        OptionalInt maxPending) {

    /**
     * A server of a grant and what it may do there.
     *
     * @param policy empty denies everything
     * @param shadow says beside each decision what it would have said, and decides nothing
     */
    public record Access(Server server, Optional<Policy> policy, Optional<Policy> shadow) {

        public Access(Server server, Optional<Policy> policy) {
            this(server, policy, Optional.empty());
        }

        public Access {
            Objects.requireNonNull(server);
            Objects.requireNonNull(policy);
            Objects.requireNonNull(shadow);
        }

        /** The same with a shadow policy. */
        public Access shadowedBy(Policy other) {
            return new Access(server, policy, Optional.of(other));
        }
    }

    public Grant {
        Objects.requireNonNull(id);
        Objects.requireNonNull(owner);
        Objects.requireNonNull(tokenSha256);
        servers = Map.copyOf(servers);
        Objects.requireNonNull(expires);
        Objects.requireNonNull(holdFor);
        Objects.requireNonNull(maxPending);
    }

    /**
     * What the grant is for one of its servers: equal as long as it has the same owner and token, and the server the same
     * address. What was asked for under another state was asked for by somebody else (spec 05, VOIDED).
     *
     * @param server the server's name
     */
    public String state(String server) {
        return Sha256.hex(whole(server));
    }

    /** Whether its {@link #state} for a server is another's, found out without a hash. */
    boolean isAs(Grant other, String server) {
        return this == other || whole(server).equals(other.whole(server));
    }

    private String whole(String server) {
        var access = servers.get(server);
        var address = access == null ? "" : access.server().url().toString();
        return owner.value() + "\n" + tokenSha256 + "\n" + address;
    }

    /** Whether the grant may still be presented. */
    public boolean isValidAt(Instant now) {
        return expires.map(now::isBefore).orElse(true);
    }
}
