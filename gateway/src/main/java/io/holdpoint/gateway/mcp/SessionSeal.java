package io.holdpoint.gateway.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Binds a server's session id to the grant and server it was given for, so that an agent cannot use another one's. The
 * agent sees {@code <server's id>.<client's name>.<seal>}, the name in base64url. Nothing is stored: any node with the
 * same key opens it. Safe for any thread.
 */
public final class SessionSeal {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "io.holdpoint/session/1";
    private static final int SHORTEST_KEY = 32;
    private static final int LONGEST_NAME = 64;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;

    /** @param key at least 32 random bytes, the same on all nodes */
    public SessionSeal(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "the session key has %d bytes; it needs %d".formatted(key.length, SHORTEST_KEY));
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * What a seal held.
     *
     * @param serverSession the server's own session id
     * @param clientName what the client called itself, empty if nothing; never authority
     */
    public record Session(String serverSession, String clientName) {
        public Session {
            Objects.requireNonNull(serverSession);
            Objects.requireNonNull(clientName);
        }
    }

    /**
     * The session id the agent sees.
     *
     * @param serverSession visible ASCII (MCP 2025-11-25, Session Management)
     * @param clientName cut to 64 characters
     * @throws IllegalArgumentException if the server's id is empty or not visible ASCII
     */
    public String seal(String serverSession, String grant, String server, String clientName) {
        if (serverSession.isEmpty() || !isVisibleAscii(serverSession)) {
            throw new IllegalArgumentException("the server's session id is empty or not visible ASCII");
        }
        var name = BASE64.encodeToString(shortened(clientName).getBytes(StandardCharsets.UTF_8));
        return serverSession + "." + name + "." + mac(serverSession, name, grant, server);
    }

    /** Opens what an agent sent; empty if it was not sealed by this key for this grant and server. */
    public Optional<Session> open(String agentVisible, String grant, String server) {
        var behindName = agentVisible.lastIndexOf('.');
        var behindId = agentVisible.lastIndexOf('.', behindName - 1);
        if (behindId < 1 || !isVisibleAscii(agentVisible)) {
            return Optional.empty();
        }
        var id = agentVisible.substring(0, behindId);
        var name = agentVisible.substring(behindId + 1, behindName);
        if (!isEqual(agentVisible.substring(behindName + 1), mac(id, name, grant, server))) {
            return Optional.empty();
        }
        var client = new String(Base64.getUrlDecoder().decode(name), StandardCharsets.UTF_8);
        return Optional.of(new Session(id, client));
    }

    /** In a time that does not tell how much is right. */
    private static boolean isEqual(String presented, String expected) {
        return MessageDigest.isEqual(
                presented.getBytes(StandardCharsets.US_ASCII), expected.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isVisibleAscii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    private static String shortened(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        var splitsPair = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1));
        return name.substring(0, splitsPair ? LONGEST_NAME - 1 : LONGEST_NAME);
    }

    /** Each part goes in behind its length: no two lists of parts are the same bytes. */
    private String mac(String... parts) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(PURPOSE.getBytes(StandardCharsets.US_ASCII));
            for (var part : parts) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                mac.update(bytes);
            }
            return BASE64.encodeToString(mac.doFinal());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
