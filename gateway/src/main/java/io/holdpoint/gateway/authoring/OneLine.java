package io.holdpoint.gateway.authoring;

import java.util.Set;

/** Text somebody else chose, made fit for one line of a comment: no line breaks, and nothing that does not show. */
final class OneLine {

    /** Letters and marks by category that no font shows. */
    private static final Set<Integer> BLANK =
            Set.of(0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d, 0x180f, 0x2800, 0x3164, 0xffa0);

    private OneLine() {}

    /** All of it; whatever does not show becomes a blank, and several blanks become one. */
    static String of(String text) {
        var line = new StringBuilder();
        text.codePoints().map(letter -> isVisible(letter) ? letter : ' ').forEach(letter -> {
            if (letter != ' ' || !line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.appendCodePoint(letter);
            }
        });
        return line.toString().stripTrailing();
    }

    /** The beginning of it, in quotes, so that it cannot pass for what we say ourselves. */
    static String quoted(String text, int longest) {
        var line = of(text.length() > 10 * longest ? text.substring(0, 10 * longest) : text)
                .replace('"', '\'');
        var clipped = line.codePointCount(0, line.length()) > longest
                ? line.substring(0, line.offsetByCodePoints(0, longest - 1)).stripTrailing() + "…"
                : line;
        return "\"" + clipped + "\"";
    }

    static boolean isVisible(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> letter == ' ';
            default -> !BLANK.contains(letter) && !isVariationSelector(letter);
        };
    }

    private static boolean isVariationSelector(int letter) {
        return letter >= 0xfe00 && letter <= 0xfe0f || letter >= 0xe0100 && letter <= 0xe01ef;
    }
}
