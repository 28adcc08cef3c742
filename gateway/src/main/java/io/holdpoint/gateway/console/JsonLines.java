package io.holdpoint.gateway.console;

import io.holdpoint.gateway.document.Letters;

/**
 * Lays JSON text out, a member a line. Only blanks between tokens change: numbers, escapes and members that stand
 * twice are shown as they are, since what is shown has to be what runs. Text that is no JSON comes out readable too.
 * Depth costs blanks on every line, and who sends the text chooses its depth: the layout stops at a bound.
 */
final class JsonLines {

    private static final String INDENT = "  ";

    /** Below it any text is laid out, however deep. */
    private static final int ROOM = 200_000;

    /** Above it the layout may make a text this many times longer. */
    private static final int TIMES = 4;

    private final String text;
    private final int longest;
    private final StringBuilder lines = new StringBuilder();
    private int depth;
    private int at;

    private JsonLines(String text, int longest) {
        this.text = text;
        this.longest = longest;
    }

    /** All of a text: laid out, or as it is where the layout would make it much longer. */
    static String of(String json) {
        var layout = new JsonLines(json, (int)
                Math.min(Integer.MAX_VALUE / 4, Math.max(ROOM, (long) TIMES * json.length())));
        layout.layOut();
        return layout.isWhole() ? layout.lines.toString() : json;
    }

    /** A text laid out, or the beginning of that and how long the text is. */
    static String beginning(String json, int longest) {
        var layout = new JsonLines(json, longest);
        layout.layOut();
        if (layout.isWhole()) {
            return layout.lines.toString();
        }
        return "%s… (%d characters)".formatted(Letters.beginning(layout.lines.toString(), longest), json.length());
    }

    private boolean isWhole() {
        return lines.length() <= longest;
    }

    /** Goes past the bound by no more than one token with its line. */
    private void layOut() {
        while (at < text.length() && lines.length() <= longest) {
            var letter = text.charAt(at);
            switch (letter) {
                case '"' -> copyString();
                case '{', '[' -> open(letter);
                case '}', ']' -> close(letter);
                case ',' -> {
                    take(",");
                    newLine();
                }
                case ':' -> take(": ");
                case ' ', '\t', '\n', '\r' -> at++;
                default -> take(String.valueOf(letter));
            }
        }
    }

    private void take(String shown) {
        lines.append(shown);
        at++;
    }

    private void copyString() {
        var from = at++;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, text.length());
        lines.append(text, from, at);
    }

    private void open(char bracket) {
        take(String.valueOf(bracket));
        if (nextIsClosing()) {
            return;
        }
        depth++;
        newLine();
    }

    private void close(char bracket) {
        var last = lines.isEmpty() ? ' ' : lines.charAt(lines.length() - 1);
        if (last != '{' && last != '[') {
            depth = Math.max(0, depth - 1);
            newLine();
        }
        take(String.valueOf(bracket));
    }

    private boolean nextIsClosing() {
        var next = at;
        while (next < text.length() && " \t\n\r".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        return next < text.length() && "}]".indexOf(text.charAt(next)) >= 0;
    }

    private void newLine() {
        lines.append('\n').append(INDENT.repeat(depth));
    }
}
