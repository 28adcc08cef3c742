package io.holdpoint.gateway.limit;

import io.holdpoint.gateway.policy.Charge;
import io.holdpoint.gateway.policy.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Whose call it is, as far as limits count calls together. Counters belong to the policy of one grant on one server,
 * so equal names on two servers do not meet; only {@code server} and {@code global} reach over grants.
 *
 * @param session the MCP session; the grant where the revision has none
 */
public record Scopes(String grant, String server, String session) {

    private static final int LONGEST_SESSION = 100;

    public Scopes {
        Objects.requireNonNull(grant);
        Objects.requireNonNull(server);
        Objects.requireNonNull(session);
    }

    CounterKey key(Charge charge, Instant now) {
        var window = charge.window();
        return new CounterKey(
                whose(charge.scope()) + "|" + charge.counter() + "|" + window.label(),
                window.startOf(now).toEpochMilli(),
                window.endOf(now).toEpochMilli());
    }

    /** A server may give session ids of any length; a counter's name has a place of its own size. */
    private static String shortened(String session) {
        return session.length() <= LONGEST_SESSION
                ? session
                : UUID.nameUUIDFromBytes(session.getBytes(StandardCharsets.UTF_8))
                        .toString();
    }

    private String whose(Scope scope) {
        return switch (scope) {
            case SESSION -> "session|" + grant + "|" + server + "|" + shortened(session);
            case GRANT -> "grant|" + grant + "|" + server;
            case SERVER -> "server|" + server;
            case GLOBAL -> "global";
        };
    }
}
