package io.holdpoint.gateway.policy;

import java.util.Locale;
import java.util.Set;

/** Names under which people pass secrets. Case, {@code -}, {@code _}, dots and blanks make no difference. */
final class SecretNames {

    private static final Set<String> PARTS = Set.of(
            "password",
            "passwd",
            "passphrase",
            "secret",
            "apikey",
            "accesskey",
            "privatekey",
            "signingkey",
            "encryptionkey",
            "authorization",
            "credential",
            "bearer");

    /** Only at the end: {@code access_token} is a secret, {@code token_count} is not. */
    private static final Set<String> ENDS = Set.of("token", "pwd", "passcode", "cookie", "jwt");

    private static final Set<String> WHOLE = Set.of("pass", "tokens", "auth", "pin", "otp", "pat", "cvv", "cvc");

    private SecretNames() {}

    static boolean contains(String name) {
        var plain = plain(name);
        return WHOLE.contains(plain)
                || PARTS.stream().anyMatch(plain::contains)
                || ENDS.stream().anyMatch(plain::endsWith);
    }

    private static String plain(String name) {
        var plain = new StringBuilder();
        name.codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
        return plain.toString().toLowerCase(Locale.ROOT);
    }
}
