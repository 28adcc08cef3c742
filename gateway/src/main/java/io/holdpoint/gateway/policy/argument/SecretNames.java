package io.holdpoint.gateway.policy.argument;

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

    private static final String HOLDER = "(?:token|pwd|passcode|cookie|jwt)";

    /** At the end: {@code access_token}, {@code sessioncookie}. */
    private static final Pattern END = Pattern.compile(HOLDER + "$");

    /** As a word of its own anywhere: {@code access_tokens}, {@code token1}, {@code token_value}, {@code auth_header}. */
    private static final Pattern WORD = Pattern.compile(HOLDER + "s?[0-9]*|auth");

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

    /**
     * Several of them, or one of several, at the end: {@code authtokens}, {@code apitoken2}. Not {@code maxtokens}. The
     * words before are counted, as the pattern goes one deeper into the stack with each.
     */
    private static final Pattern ENDS =
            Pattern.compile("(?!(?:" + String.join("|", ABOUT) + "){1,4}" + HOLDER + ").*" + HOLDER + "s?[0-9]*");

    private static final Set<String> WHOLE = Set.of("pass", "pin", "otp", "pat", "cvv", "cvc");

    /** Between words: anything that is no letter or digit, and where a capital one begins a word after small ones or an acronym. */
    private static final Pattern BETWEEN =
            Pattern.compile("[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    private SecretNames() {}

    static boolean contains(String name) {
        var words = words(name);
        var plain = String.join("", words);
        return WHOLE.contains(plain)
                || PARTS.stream().anyMatch(plain::contains)
                || END.matcher(plain).find()
                || holds(plain, words) && words.stream().noneMatch(ABOUT::contains);
    }

    private static boolean holds(String plain, List<String> words) {
        return ENDS.matcher(plain).matches()
                || words.stream().anyMatch(word -> WORD.matcher(word).matches());
    }

    private static List<String> words(String name) {
        return Arrays.stream(BETWEEN.split(name))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }
}
