package io.holdpoint.gateway.mcp;

/** An event of a stream is larger than what is accepted; the stream cannot be read any further. */
public final class EventTooLarge extends RuntimeException {

    EventTooLarge(int largest) {
        super("an event is larger than %d bytes".formatted(largest), null, false, false);
    }
}
