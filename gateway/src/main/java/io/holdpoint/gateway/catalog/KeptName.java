package io.holdpoint.gateway.catalog;

import io.holdpoint.workflow.Sha256;

/** A tool's name as the tables have it: a server chooses names, and keeping its tools must not fail on one. */
final class KeptName {

    /** So that it fits into an index of PostgreSQL in any letters. */
    private static final int LONGEST = 500;

    private static final int SHOWN = 200;
    private static final int HASH = 16;
    private static final int REPLACEMENT = 0xfffd;

    private KeptName() {}

    /** The name itself; one that is too long, or has what PostgreSQL does not store, is cut or cleaned and has a hash. */
    static String of(String tool) {
        if (tool.length() <= LONGEST && tool.codePoints().allMatch(KeptName::isStorable)) {
            return tool;
        }
        var end = tool.offsetByCodePoints(0, Math.min(SHOWN, tool.codePointCount(0, tool.length())));
        return storable(tool.substring(0, end)) + "… #" + Sha256.hex(tool).substring(0, HASH);
    }

    /** A text with a mark for each letter that PostgreSQL does not store. */
    static String storable(String text) {
        var clean = new StringBuilder();
        text.codePoints()
                .map(letter -> isStorable(letter) ? letter : REPLACEMENT)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isStorable(int letter) {
        return letter != 0 && (letter > 0xffff || !Character.isSurrogate((char) letter));
    }
}
