package io.holdpoint.workflow.audit;

import io.holdpoint.workflow.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A value an entry vouches for without saying it: SHA-256(salt || value), spec 08, Entry. Whoever has salt and value can
 * check it; with both erased the hash tells nothing.
 *
 * @param name what the value is, such as {@code reason}
 * @param salt {@value #SALT_BYTES} random bytes
 * @param hash what the entry says
 */
record Commitment(String name, byte[] salt, byte[] value, byte[] hash) {

    static final int SALT_BYTES = 16;

    static Commitment to(String name, byte[] value, SecureRandom random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new Commitment(name, salt, value, sha256(salt, value));
    }

    /** What the value is sealed for: it opens for this commitment only. */
    String purpose() {
        return purpose(name, hash);
    }

    static String purpose(String name, byte[] hash) {
        return "audit " + name + " " + Base64.getEncoder().encodeToString(hash);
    }

    private static byte[] sha256(byte[] salt, byte[] value) {
        var sha256 = Sha256.digest();
        sha256.update(salt);
        return sha256.digest(value);
    }
}
