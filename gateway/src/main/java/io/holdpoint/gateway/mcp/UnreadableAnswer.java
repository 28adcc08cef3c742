package io.holdpoint.gateway.mcp;

/** What a server sent is not one well-formed JSON-RPC message; nobody can say what it means. */
public final class UnreadableAnswer extends RuntimeException {

    /** @param message what is wrong, without the server's text */
    public UnreadableAnswer(String message) {
        super(message, null, false, false);
    }
}
