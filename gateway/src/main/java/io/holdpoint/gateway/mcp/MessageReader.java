package io.holdpoint.gateway.mcp;

import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/** Reads what agents send: strictly, once, and nothing ambiguous (spec 04, Reading a message). Safe for any thread. */
public final class MessageReader {

    private final int maxDepth;
    private final JsonFactory factory;

    /** @param maxDepth deepest nesting that is accepted */
    public MessageReader(int maxDepth) {
        this.maxDepth = maxDepth;
        this.factory = StrictJson.factory(maxDepth);
    }

    /**
     * Reads one message.
     *
     * @param body kept, not copied; nobody may change it afterwards
     * @throws Unacceptable if it is not exactly one well-formed JSON-RPC message that everybody reads the same way
     */
    public Message read(byte[] body) {
        StrictJson.faultOfText(body).ifPresent(fault -> {
            throw refused(fault);
        });
        try (var scan = new MessageScan(factory, body)) {
            return scan.read();
        } catch (JacksonException malformed) {
            throw refused(StrictJson.fault("the message", malformed, maxDepth));
        }
    }

    private static Unacceptable refused(String what) {
        return MessageScan.refused(MessageScan.PARSE_ERROR, what, MessageScan.NO_ID);
    }
}
