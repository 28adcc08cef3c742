package io.holdpoint.workflow.approval;

/** A call could not be put before anybody, so it is refused. The message may be told to the agent. */
public final class NotOpened extends RuntimeException {

    public NotOpened(String message) {
        super(message);
    }
}
