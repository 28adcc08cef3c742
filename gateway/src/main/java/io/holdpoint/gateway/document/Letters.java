package io.holdpoint.gateway.document;

import java.util.Set;

/**
 * Which letters of somebody else's text show as what they are. The others show as nothing, or turn what stands around
 * them: controls, bidirectional marks, zero-width letters, look-alike blanks.
 */
public final class Letters {

    /** Letters and marks by category that no font shows. */
    private static final Set<Integer> BLANK =
            Set.of(0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d, 0x180f, 0x2800, 0x3164, 0xffa0);

    private Letters() {}

    /** @param letter a code point */
    public static boolean show(int letter) {
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

    /**
     * A text, or its beginning and an ellipsis.
     *
     * @param longest how many UTF-16 units are left of a longer one, as {@link String#length} counts
     */
    public static String clip(String text, int longest) {
        return text.length() <= longest ? text : beginning(text, longest) + "…";
    }

    /**
     * The beginning of a text, in which no letter is cut in two.
     *
     * @param longest in UTF-16 units, as {@link String#length} counts
     */
    public static String beginning(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest > 0 && Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end);
    }

    private static boolean isVariationSelector(int letter) {
        return letter >= 0xfe00 && letter <= 0xfe0f || letter >= 0xe0100 && letter <= 0xe01ef;
    }
}
