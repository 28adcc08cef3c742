package io.holdpoint.gateway.document;

import org.jspecify.annotations.Nullable;

/**
 * Where a value stands: its file, its line and its path. It keeps only the last step of the path and where its parent stands: as
 * a text in each value the paths of one megabyte would take gigabytes. Immutable.
 */
public final class Where {

    /** So that a fault for each of a hundred thousand values takes no gigabytes either. */
    private static final int LONGEST_PATH = 500;

    private static final int LONGEST_KEY = 100;

    private final String file;
    private final int line;
    private final @Nullable Where parent;
    private final @Nullable String key;
    private final int index;

    private Where(String file, int line, @Nullable Where parent, @Nullable String key, int index) {
        this.file = file;
        this.line = line;
        this.parent = parent;
        this.key = key;
        this.index = index;
    }

    static Where document(String file, int line) {
        return new Where(file, line, null, null, 0);
    }

    Where member(String name, int atLine) {
        return new Where(file, atLine, this, name, 0);
    }

    Where element(int number, int atLine) {
        return new Where(file, atLine, this, null, number);
    }

    /** The same path on another line: a value may begin below its key. */
    Where on(int otherLine) {
        return new Where(file, otherLine, parent, key, index);
    }

    /** The file's name as the user knows it. */
    public String file() {
        return file;
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }

    /** As messages write it: {@code tools.echo.limits[0]}, {@code tools["a.b"]}; cut where it is very long. */
    public String path() {
        var path = new StringBuilder();
        appendTo(path);
        return Letters.clip(path.toString(), LONGEST_PATH);
    }

    private void appendTo(StringBuilder path) {
        if (parent == null) {
            return;
        }
        parent.appendTo(path);
        if (key == null) {
            path.append('[').append(index).append(']');
        } else if (isPlain(key)) {
            path.append(path.isEmpty() ? "" : ".").append(key);
        } else {
            path.append('[').append(quoted(key)).append(']');
        }
    }

    private static boolean isPlain(String key) {
        return !key.isEmpty() && key.length() <= LONGEST_KEY && key.chars().allMatch(Where::isPlain);
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '$';
    }

    /** In double quotes, on one line and not too long. */
    static String quoted(String text) {
        var shown = new StringBuilder("\"");
        Letters.clip(text, LONGEST_KEY).codePoints().forEach(letter -> append(shown, letter));
        return shown.append('"').toString();
    }

    private static void append(StringBuilder shown, int letter) {
        if (letter == '"' || letter == '\\') {
            shown.append('\\');
        }
        Visible.append(shown, letter);
    }
}
