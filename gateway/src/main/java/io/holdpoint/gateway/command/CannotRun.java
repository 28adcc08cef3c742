package io.holdpoint.gateway.command;

import java.util.List;

/**
 * A command cannot do what it was asked to; the message says why and what to do. It is one line and may quote anybody:
 * {@link Complaint} shows what would control a terminal.
 */
final class CannotRun extends RuntimeException {

    private final int exitCode;
    private final transient List<String> details;

    private CannotRun(int exitCode, String message, List<String> details) {
        super(message);
        this.exitCode = exitCode;
        this.details = List.copyOf(details);
    }

    /** The command was used wrongly. */
    static CannotRun wrongUse(String message) {
        return wrongUse(message, List.of());
    }

    /** @param details said after the message, each a line of its own */
    static CannotRun wrongUse(String message, List<String> details) {
        return new CannotRun(2, message, details);
    }

    /** The command was used rightly, but what it found is not in order. */
    static CannotRun notInOrder(String message) {
        return new CannotRun(1, message, List.of());
    }

    List<String> details() {
        return details;
    }

    int exitCode() {
        return exitCode;
    }
}
