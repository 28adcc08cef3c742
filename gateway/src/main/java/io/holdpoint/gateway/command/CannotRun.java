package io.holdpoint.gateway.command;

/** A command cannot do what it was asked to; the message says why and what to do. */
final class CannotRun extends RuntimeException {

    private final int exitCode;

    private CannotRun(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The command was used wrongly. */
    static CannotRun wrongUse(String message) {
        return new CannotRun(2, message);
    }

    /** The command was used rightly, but what it found is not in order. */
    static CannotRun notInOrder(String message) {
        return new CannotRun(1, message);
    }

    int exitCode() {
        return exitCode;
    }
}
