package io.holdpoint.gateway.limit;

import io.holdpoint.gateway.policy.Charge;
import io.holdpoint.gateway.policy.Scope;
import io.holdpoint.workflow.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Whose call it is, as far as limits count calls together. Counters belong to the policy of one grant on one server,
 * so equal names on two servers do not meet; only {@code server} and {@code global} reach over grants.
 *
 * @param session the MCP session; the grant where the revision has none
 * @param isShadow whether a shadow policy counts, which touches no counter of a policy's
 */
public record Scopes(String grant, String server, String session, boolean isShadow) {

    private static final int LONGEST_SESSION = 100;
    private static final int LONGEST_NAME = 600;

    public Scopes(String grant, String server, String session) {
        this(grant, server, session, false);
    }

    public Scopes {
        Objects.requireNonNull(grant);
        Objects.requireNonNull(server);
        Objects.requireNonNull(session);
    }

    /** The same call, as a shadow policy counts it. */
    public Scopes ofShadow() {
        return new Scopes(grant, server, session, true);
    }

    /** The name of what a charge is counted in, the same in every window of it. */
    public String counter(Charge charge) {
        return whose(charge.scope()) + "|" + charge.counter() + "|"
                + charge.window().label();
    }

    CounterKey key(Charge charge, Instant now) {
        var window = charge.window();
        var name = counter(charge);
        return new CounterKey(
                isShadow ? shadowed(name) : storable(name),
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

    /** Names of grants, servers, tools and counters may be of any length together; a database refuses some. */
    private static String storable(String name) {
        var fits = name.length() <= LONGEST_NAME && name.indexOf('\0') < 0;
        return fits ? name : "hashed|" + Sha256.hex(name);
    }

    /**
     * The name hashed, so that no database refuses it: a shadow never changes a decision. It sorts after all others,
     * so a transaction may lock it after them.
     */
    private static String shadowed(String name) {
        return "shadow|" + Sha256.hex(name);
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
