package io.holdpoint.gateway.upstream;

/** A request that cannot be put on the wire unambiguously and is therefore not sent; the message is for people. */
final class NotSendable extends RuntimeException {

    NotSendable(String message) {
        super(message, null, false, false);
    }
}
