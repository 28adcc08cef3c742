package io.holdpoint.gateway.upstream;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The {@link Upstream} of servers that speak Streamable HTTP, over HTTP/1.1. */
final class HttpUpstream implements Upstream, AutoCloseable {

    private final Map<EventLoop, LoopConnections> loops = new ConcurrentHashMap<>();
    private final HostAddresses hosts;
    private final Dialler dialler;
    private final ConnectionLimits limits;
    private final LongSupplier nanoTime;

    /**
     * @param tls asked once the first {@code https} server is connected to
     * @param nanoTime a monotonic clock, for time-outs
     */
    HttpUpstream(ConnectionLimits limits, Supplier<SslContext> tls, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.hosts = new HostAddresses(nanoTime);
        this.dialler = new Dialler(hosts, tls);
    }

    @Override
    public Sent send(EventLoop loop, Server server, ServerRequest request, Duration silence, ServerAnswer answer) {
        if (!loop.inEventLoop()) {
            throw new IllegalStateException(
                    "a request to server " + server.name() + " must be sent on its event loop, not on thread "
                            + Thread.currentThread().getName());
        }
        return connections(loop).send(server, request, silence, answer);
    }

    private LoopConnections connections(EventLoop loop) {
        var known = loops.get(loop);
        return known != null
                ? known
                : loops.computeIfAbsent(loop, added -> new LoopConnections(added, dialler, limits, nanoTime));
    }

    @Override
    public void close() {
        hosts.close();
    }
}
