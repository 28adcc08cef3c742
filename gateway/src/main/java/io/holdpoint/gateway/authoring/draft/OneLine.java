package io.holdpoint.gateway.authoring.draft;

import io.holdpoint.gateway.document.Letters;

/** Text somebody else chose, made fit for one line of a comment: no line breaks, and nothing that does not show. */
public final class OneLine {

    private OneLine() {}

    /** All of it; whatever does not show becomes a blank, and several blanks become one. */
    public static String of(String text) {
        var line = new StringBuilder();
        text.codePoints().map(letter -> Letters.show(letter) ? letter : ' ').forEach(letter -> {
            if (letter != ' ' || !line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.appendCodePoint(letter);
            }
        });
        return line.toString().stripTrailing();
    }

    /** The beginning of it, in quotes, so that it cannot pass for what we say ourselves. */
    public static String quoted(String text, int longest) {
        var line = of(Letters.beginning(text, 10 * longest)).replace('"', '\'');
        var clipped =
                line.length() > longest ? Letters.beginning(line, longest - 1).stripTrailing() + "…" : line;
        return "\"" + clipped + "\"";
    }
}
