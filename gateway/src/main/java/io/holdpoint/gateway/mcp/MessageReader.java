package io.holdpoint.gateway.mcp;

/** Reads what agents send: strictly, once, and nothing ambiguous (spec 04, Reading a message). Safe for any thread. */
public final class MessageReader {

    private final int maxDepth;

    /** @param maxDepth deepest nesting that is accepted */
    public MessageReader(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /**
     * Reads one message.
     *
     * @throws Unacceptable if it is not exactly one well-formed JSON-RPC message that everybody reads the same way
     */
    public Message read(byte[] body) {
        throw new UnsupportedOperationException("written by the mcp room, depth " + maxDepth);
    }
}
