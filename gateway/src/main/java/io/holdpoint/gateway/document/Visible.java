package io.holdpoint.gateway.document;

/** Text of documents and servers on a terminal: what would move the cursor or turn letters around is escaped. */
public final class Visible {

    private Visible() {}

    /** The text on one line, with characters nobody can see written as backslash, u and four digits. */
    public static String of(String text) {
        var shown = new StringBuilder();
        text.codePoints().forEach(letter -> append(shown, letter));
        return shown.toString();
    }

    /**
     * Adds one letter to a text, as {@link #of} would show it.
     *
     * @param letter a code point
     */
    public static void append(StringBuilder shown, int letter) {
        if (Letters.show(letter)) {
            shown.appendCodePoint(letter);
            return;
        }
        for (char unit : Character.toChars(letter)) {
            shown.append(String.format("\\u%04x", (int) unit));
        }
    }
}
