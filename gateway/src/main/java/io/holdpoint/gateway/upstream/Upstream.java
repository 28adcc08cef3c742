package io.holdpoint.gateway.upstream;

import io.netty.channel.EventLoop;
import java.time.Duration;

/** Sends requests to servers. Safe for any event loop; each has connections of its own and answers come on the one that sent. */
public interface Upstream {

    /** Stands for the server's own {@code timeout}. */
    Duration SERVER_TIMEOUT = Duration.ZERO;

    /**
     * Sends a request once. Never sends it again by itself after its first byte may have gone out.
     *
     * @param loop the caller's event loop; must be called on it
     * @param silence how long the server may be silent, {@link #SERVER_TIMEOUT} for the server's own setting, a negative one for ever (GET streams)
     */
    Sent send(EventLoop loop, Server server, ServerRequest request, Duration silence, ServerAnswer answer);

    /** A request on its way. To be used on its event loop only. */
    interface Sent {

        /** Gives it up: closes the connection; nothing is called afterwards. */
        void abort();

        /** Stops or resumes reading the answer, while the agent is slower than the server. */
        void reading(boolean on);
    }
}
