package io.holdpoint.gateway.mcp;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
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
        requireText(body);
        try (var scan = new MessageScan(factory, body)) {
            return scan.read();
        } catch (JacksonException malformed) {
            throw refused(what(malformed));
        }
    }

    private static void requireText(byte[] body) {
        var fault = Utf8.firstFault(body);
        if (fault != Utf8.NONE) {
            throw refused("byte %d is not UTF-8 without a byte order mark".formatted(fault));
        }
        var surrogate = Utf8.firstLoneSurrogate(body);
        if (surrogate != Utf8.NONE) {
            throw refused("the escape at byte %d is half a surrogate pair".formatted(surrogate));
        }
    }

    /** Jackson's own message is not repeated: it may quote the arguments. */
    private String what(JacksonException malformed) {
        if (malformed instanceof StreamConstraintsException) {
            return ("the message is nested deeper than %d, or has a number longer than %d"
                            + " or a name longer than %d characters")
                    .formatted(maxDepth, StrictJson.LONGEST_NUMBER, StrictJson.LONGEST_NAME);
        }
        var location = malformed.getLocation();
        var where = location == null ? "" : " near character " + location.getCharOffset();
        var said = malformed.getOriginalMessage();
        return said != null && said.startsWith("Duplicate Object property")
                ? "an object has a member twice" + where
                : "the message is not JSON (RFC 8259)" + where;
    }

    private static Unacceptable refused(String what) {
        return MessageScan.refused(MessageScan.PARSE_ERROR, what, MessageScan.NO_ID);
    }
}
