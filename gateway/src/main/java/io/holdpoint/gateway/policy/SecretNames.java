package io.holdpoint.gateway.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

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

    /** At the end: {@code access_token}, {@code sessioncookie}. */
    private static final Set<String> ENDS = Set.of("token", "pwd", "passcode", "cookie", "jwt");

    /** As a word of its own anywhere: {@code access_tokens}, {@code token_value}, {@code auth_header}. */
    private static final Set<String> WORDS =
            Set.of("token", "tokens", "pwd", "passcode", "cookie", "cookies", "jwt", "auth");

    /** Words that make such a name speak of a secret and not hold one: {@code max_tokens}, {@code token_type}. */
    private static final Set<String> ABOUT = Set.of(
            "max",
            "min",
            "num",
            "number",
            "total",
            "count",
            "limit",
            "budget",
            "usage",
            "used",
            "size",
            "length",
            "prompt",
            "completion",
            "input",
            "output",
            "per",
            "type",
            "kind",
            "mode",
            "method",
            "scheme",
            "url",
            "uri",
            "endpoint",
            "expires",
            "expiry",
            "ttl",
            "policy",
            "required",
            "enabled");

    private static final Set<String> WHOLE = Set.of("pass", "pin", "otp", "pat", "cvv", "cvc");

    /** Between words: anything that is no letter or digit, and where a small letter meets a capital one. */
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})");

    private SecretNames() {}

    static boolean contains(String name) {
        var words = words(name);
        var plain = String.join("", words);
        return WHOLE.contains(plain)
                || PARTS.stream().anyMatch(plain::contains)
                || ENDS.stream().anyMatch(plain::endsWith)
                || words.stream().anyMatch(WORDS::contains) && words.stream().noneMatch(ABOUT::contains);
    }

    private static List<String> words(String name) {
        return Arrays.stream(BETWEEN.split(name))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }
}
