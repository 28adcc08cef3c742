package io.holdpoint.gateway.console;

/**
 * Lays JSON text out, a member a line. Only blanks between tokens change: numbers, escapes and members that stand
 * twice are shown as they are, since what is shown has to be what runs. Text that is no JSON comes out readable too.
 */
final class JsonLines {

    private static final String INDENT = "  ";

    private final String text;
    private final StringBuilder lines = new StringBuilder();
    private int depth;
    private int at;

    private JsonLines(String text) {
        this.text = text;
    }

    static String of(String json) {
        return new JsonLines(json).layOut();
    }

    private String layOut() {
        while (at < text.length()) {
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
        return lines.toString();
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
