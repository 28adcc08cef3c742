package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.mcp.ArgumentTree;
import io.holdpoint.gateway.mcp.Message;
import io.holdpoint.gateway.mcp.MessageReader;
import io.holdpoint.gateway.mcp.Unacceptable;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Reads a call's arguments as strictly as the gateway reads them from an agent: what it refuses is refused here. */
public final class CallArguments {

    /** The longest arguments in bytes, as an agent may send them unless {@code agents.max-body} says otherwise. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 64; // agents.max-depth, unless configured
    private static final String BEFORE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"t\",\"arguments\":";
    private static final String AFTER = "}}";
    private static final Pattern OFFSET = Pattern.compile("(character|byte) ([0-9]{1,9})");

    private CallArguments() {}

    /** They are no arguments any call can have; the message says why and shows none of them. */
    public static final class NotArguments extends RuntimeException {
        NotArguments(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Reads an object.
     *
     * @param json UTF-8, no member twice, not too deep, numbers within bounds
     * @throws NotArguments if the gateway would refuse a call with it
     */
    public static ObjectNode read(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new NotArguments("are larger than " + MAX_BYTES + " bytes; no agent may send so much");
        }
        // One byte stands for one character here, so lengths are those of the bytes.
        var text = new String(json, StandardCharsets.ISO_8859_1).strip();
        if (!text.startsWith("{")) {
            throw new NotArguments("are no JSON object; write them as {\"name\": value}");
        }
        var body = (BEFORE + text + AFTER).getBytes(StandardCharsets.ISO_8859_1);
        return read(body, text.length());
    }

    private static ObjectNode read(byte[] body, int length) {
        try {
            var message = new MessageReader(MAX_DEPTH).read(body);
            requireWhole(message, length);
            return ArgumentTree.of(message);
        } catch (Unacceptable refused) {
            throw new NotArguments("cannot be read: " + retold(String.valueOf(refused.getMessage())));
        }
    }

    /** What closes the object early and goes on would be something else than arguments. */
    private static void requireWhole(Message message, int length) {
        if (message.arguments().of(message.body()).length != length) {
            throw new NotArguments("are more than one JSON object; write one");
        }
    }

    /** The reader speaks of a message, and counts from its beginning. */
    private static String retold(String message) {
        return OFFSET.matcher(message)
                .replaceAll(
                        found -> found.group(1) + " " + Math.max(0, Integer.parseInt(found.group(2)) - BEFORE.length()))
                .replace("the message is not JSON", "they are not JSON")
                .replace("the message is nested", "they are nested")
                .replace("params.arguments", "them");
    }
}
