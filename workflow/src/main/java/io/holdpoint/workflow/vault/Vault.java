package io.holdpoint.workflow.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals values with AES-256-GCM (NIST SP 800-38D): 12 random bytes, then the ciphertext with its 16-byte tag.
 * Safe for any thread.
 */
public final class Vault {

    /** The data key's length in bytes. */
    public static final int KEY_BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final byte[] dataKey;
    private final SecretKeySpec sealing;

    /**
     * @param dataKey {@value #KEY_BYTES} secret bytes, the same on every node of an installation
     * @throws IllegalArgumentException if it has another length
     */
    public Vault(byte[] dataKey) {
        if (dataKey.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the data key has %d bytes; it needs %d".formatted(dataKey.length, KEY_BYTES));
        }
        this.dataKey = dataKey.clone();
        sealing = new SecretKeySpec(derive("holdpoint/seal"), "AES");
    }

    /**
     * Encrypts a value.
     *
     * @param purpose what the value is and whose, such as {@code arguments apr_…}; needed again to open it
     */
    public byte[] seal(String purpose, byte[] value) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, purpose);
            var sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(value.length));
            cipher.doFinal(value, 0, value.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal " + purpose, e);
        }
    }

    /**
     * Decrypts a value.
     *
     * @throws NotOpenable if it was sealed with another key or for another purpose, or was changed since
     */
    public byte[] open(String purpose, byte[] sealed) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / 8) { // JDK 17 throws a ProviderException for these
            throw new NotOpenable(purpose, null);
        }
        try {
            var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce, purpose)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new NotOpenable(purpose, e);
        }
    }

    /**
     * Makes a key of its own for another use, by HMAC-SHA-256 over the use's name.
     *
     * @param use a fixed name, never a value from outside
     */
    public byte[] derive(String use) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(dataKey, "HmacSHA256"));
            return mac.doFinal(use.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
