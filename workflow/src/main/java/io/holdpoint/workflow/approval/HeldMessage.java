package io.holdpoint.workflow.approval;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * The message of a held call exactly as the agent sent it: what is digested, stored sealed and forwarded.
 *
 * @param body the whole JSON-RPC request
 * @param argumentsFrom where the value of {@code arguments} begins in the body
 * @param argumentsTo where it ends, exclusive; equal to {@code argumentsFrom} where the call has none
 * @param meta the value of {@code params._meta} as it is forwarded, without progress token and trace; empty where absent
 * @param headers the request headers that travel on, lower-case names
 */
public record HeldMessage(byte[] body, int argumentsFrom, int argumentsTo, byte[] meta, Map<String, String> headers) {

    public HeldMessage {
        Objects.requireNonNull(body);
        Objects.checkFromToIndex(argumentsFrom, argumentsTo, body.length);
        Objects.requireNonNull(meta);
        headers = Map.copyOf(headers);
    }

    /** The value of {@code arguments}; empty where the call has none. */
    byte[] arguments() {
        return Arrays.copyOfRange(body, argumentsFrom, argumentsTo);
    }
}
