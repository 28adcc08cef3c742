package io.holdpoint.gateway.catalog;

/** The server does not speak this era of the protocol; the message says by what one sees it. */
final class NotSpoken extends RuntimeException {

    NotSpoken(String message) {
        super(message, null, false, false);
    }
}
