package io.holdpoint.gateway.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Text somebody else chose, cut into what can be shown as it is and what would show as nothing or turn the rest
 * around: bidirectional controls, zero-width letters, look-alike blanks. Those are shown by their number.
 */
final class VisibleText {

    /** Letters and marks by category that no font shows. */
    private static final Set<Integer> BLANK =
            Set.of(0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d, 0x180f, 0x2800, 0x3164, 0xffa0);

    private VisibleText() {}

    /** A run of text; {@code hidden} marks one that stands for something invisible. */
    record Piece(String text, boolean hidden) {}

    /** Cuts a text that stands on one line. */
    static List<Piece> of(String text) {
        return cut(text, false);
    }

    /** Cuts a text that may have several lines. */
    static List<Piece> ofLines(String text) {
        return cut(text.replace("\r\n", "\n"), true);
    }

    private static List<Piece> cut(String text, boolean lines) {
        var pieces = new ArrayList<Piece>();
        var plain = new StringBuilder();
        text.codePoints().forEach(letter -> {
            if (isVisible(letter) || lines && letter == '\n') {
                plain.appendCodePoint(letter);
            } else {
                flush(plain, pieces);
                pieces.add(new Piece("U+%04X".formatted(letter), true));
            }
        });
        flush(plain, pieces);
        return List.copyOf(pieces);
    }

    private static void flush(StringBuilder plain, List<Piece> pieces) {
        if (!plain.isEmpty()) {
            pieces.add(new Piece(plain.toString(), false));
            plain.setLength(0);
        }
    }

    private static boolean isVisible(int letter) {
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
