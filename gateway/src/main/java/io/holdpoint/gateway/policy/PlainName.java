package io.holdpoint.gateway.policy;

import java.text.Normalizer;
import java.util.Locale;

/** A tool's name as a careless server might read it: NFKC, without invisible characters, trimmed, in lower case. */
final class PlainName {

    private PlainName() {}

    static String of(String name) {
        if (isPlain(name)) {
            return name;
        }
        var visible = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT && !Character.isISOControl(c))
                .forEach(visible::appendCodePoint);
        return visible.toString().strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isPlain(String name) {
        return name.chars().allMatch(c -> c > ' ' && c < 0x7F && (c < 'A' || c > 'Z'));
    }
}
