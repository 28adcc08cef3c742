package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.mcp.ArgumentsReader;
import io.holdpoint.gateway.mcp.Unacceptable;
import tools.jackson.databind.node.ObjectNode;

/** Reads a call's arguments as strictly as the gateway reads them from an agent: what it refuses is refused here. */
public final class CallArguments {

    /** The longest arguments in bytes, as an agent may send them unless {@code agents.max-body} says otherwise. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 64; // agents.max-depth, unless configured
    private static final ArgumentsReader READER = new ArgumentsReader(MAX_DEPTH);

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
        try {
            return READER.read(json);
        } catch (Unacceptable refused) {
            throw new NotArguments("cannot be read: " + refused.getMessage());
        }
    }
}
