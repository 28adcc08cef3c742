package io.holdpoint.gateway.document;

/** How messages write where a value stands: {@code tools.echo.limits[0]}, {@code tools["a.b"]}. */
final class Paths {

    private static final int LONGEST = 100;

    private Paths() {}

    static String member(String path, String key) {
        if (!isPlain(key)) {
            return path + "[" + quoted(key) + "]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    private static boolean isPlain(String key) {
        return !key.isEmpty() && key.length() <= LONGEST && key.chars().allMatch(Paths::isPlain);
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '$';
    }

    static String element(String path, int index) {
        return path + "[" + index + "]";
    }

    /** In double quotes, on one line and not too long. */
    static String quoted(String text) {
        var shown = new StringBuilder("\"");
        text.codePoints().limit(LONGEST).forEach(c -> append(shown, c));
        return shown.append(text.codePointCount(0, text.length()) > LONGEST ? "…\"" : "\"")
                .toString();
    }

    private static void append(StringBuilder shown, int c) {
        if (c == '"' || c == '\\') {
            shown.append('\\').append((char) c);
        } else if (Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || c == 0x2028
                || c == 0x2029) {
            shown.append(String.format("\\u%04x", c));
        } else {
            shown.appendCodePoint(c);
        }
    }
}
