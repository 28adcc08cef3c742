package io.holdpoint.gateway.mcp;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a call's arguments alone, as strictly as {@link MessageReader} reads them within a message: what one refuses,
 * the other does. Safe for any thread.
 */
public final class ArgumentsReader {

    /** The message and its params. */
    private static final int AROUND = 2;

    private final int maxDepth;
    private final JsonFactory factory;

    /** @param maxDepth deepest nesting that is accepted of the message they would be in; at least 3 */
    public ArgumentsReader(int maxDepth) {
        this.maxDepth = maxDepth - AROUND;
        this.factory = StrictJson.factory(this.maxDepth);
    }

    /**
     * Reads an object; numbers keep all their digits.
     *
     * @throws Unacceptable if no call can have it as its arguments; the message says why and shows none of them
     */
    public ObjectNode read(byte[] json) {
        StrictJson.faultOfText(json).ifPresent(fault -> {
            throw refused(fault);
        });
        requireOneObject(json);
        return ArgumentTree.stored(json)
                .orElseThrow(() -> refused("a number in the arguments has an exponent out of range"));
    }

    private void requireOneObject(byte[] json) {
        try (var cursor = new Cursor(factory, json)) {
            if (cursor.next() != JsonToken.START_OBJECT) {
                throw refused("the arguments are no JSON object; write them as {\"name\": value}");
            }
            cursor.skip();
            if (cursor.next() != JsonToken.NOT_AVAILABLE) {
                throw refused("there is more after the object's end; write one object");
            }
        } catch (JacksonException malformed) {
            throw refused(StrictJson.fault("the object", malformed, maxDepth));
        }
    }

    private static Unacceptable refused(String what) {
        return MessageScan.refused(MessageScan.INVALID_PARAMS, what, MessageScan.NO_ID);
    }
}
