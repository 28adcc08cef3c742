package io.holdpoint.gateway.demo;

import java.security.SecureRandom;
import java.util.Base64;

/** Fresh tokens of 256 random bits. */
final class Secrets {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** @param prefix says whose kind of token it is, so that a found one can be told */
    static String newToken(String prefix) {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
