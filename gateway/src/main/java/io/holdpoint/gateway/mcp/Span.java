package io.holdpoint.gateway.mcp;

import java.util.Arrays;
import java.util.Objects;

/**
 * A range of bytes in a message.
 *
 * @param to exclusive; equal to {@code from} where the value is absent
 */
public record Span(int from, int to) {

    public static final Span ABSENT = new Span(0, 0);

    public Span {
        Objects.checkFromToIndex(from, to, Integer.MAX_VALUE);
    }

    public boolean isPresent() {
        return to > from;
    }

    public byte[] of(byte[] message) {
        return Arrays.copyOfRange(message, from, to);
    }
}
