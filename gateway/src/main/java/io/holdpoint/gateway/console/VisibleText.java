package io.holdpoint.gateway.console;

import io.holdpoint.gateway.document.Letters;
import java.util.ArrayList;
import java.util.List;

/**
 * Text somebody else chose, cut into what can be shown as it is and what would show as nothing or turn the rest
 * around: bidirectional controls, zero-width letters, look-alike blanks. Those are shown by their number.
 */
public final class VisibleText {

    private VisibleText() {}

    /** A run of text; {@code hidden} marks one that stands for something invisible. */
    public record Piece(String text, boolean hidden) {}

    /** Cuts a text that stands on one line. */
    public static List<Piece> of(String text) {
        return cut(text, false);
    }

    /** Cuts a text that may have several lines. */
    public static List<Piece> ofLines(String text) {
        return cut(text.replace("\r\n", "\n"), true);
    }

    private static List<Piece> cut(String text, boolean lines) {
        var pieces = new ArrayList<Piece>();
        var plain = new StringBuilder();
        text.codePoints().forEach(letter -> {
            if (Letters.show(letter) || lines && letter == '\n') {
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
}
