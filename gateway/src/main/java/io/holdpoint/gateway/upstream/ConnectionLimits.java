package io.holdpoint.gateway.upstream;

import java.time.Duration;
import java.util.Objects;

/**
 * How many connections one event loop opens to one server, and for how long.
 *
 * @param opening longest time from the name's resolution to the finished TLS handshake, and longest time in the queue
 * @param idle after which an unused connection is closed, unless the server announces a shorter time
 * @param pooled most connections that are kept and used again
 * @param waiting most requests that wait for one of those
 * @param fresh most connections of a single request, long-lived streams included
 */
record ConnectionLimits(Duration opening, Duration idle, int pooled, int waiting, int fresh) {

    /** Below the 5 s after which common servers close a connection without having said so: a call on it would be lost. */
    private static final Duration IDLE = Duration.ofSeconds(4);

    ConnectionLimits {
        Objects.requireNonNull(opening);
        Objects.requireNonNull(idle);
    }

    static ConnectionLimits defaults() {
        return new ConnectionLimits(Duration.ofSeconds(5), IDLE, 1_000, 1_000, 10_000);
    }
}
