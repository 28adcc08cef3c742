package io.holdpoint.gateway.enforcement;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what equal calls have in common (HMAC-SHA-256). Safe for any thread. */
final class SamenessKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    SamenessKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    byte[] sign(String sameness) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(sameness.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
