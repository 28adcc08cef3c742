package io.holdpoint.gateway.document;

import java.util.Objects;

/**
 * One thing wrong with a document.
 *
 * @param file the file's name as the user knows it
 * @param line counted from 1
 * @param path where in the document, such as {@code tools.echo.limits[0].window}; empty for the document itself
 * @param message what was found, what is allowed and what to do; never a secret
 */
public record Fault(String file, int line, String path, String message) {

    public Fault {
        Objects.requireNonNull(file);
        Objects.requireNonNull(path);
        Objects.requireNonNull(message);
    }

    /** {@code imaging.json:7: tools.echo.limits[0].window is "minutes"; use second, minute, …}. */
    @Override
    public String toString() {
        var where = file + ":" + line + ": ";
        return path.isEmpty() ? where + message : where + path + " " + message;
    }
}
