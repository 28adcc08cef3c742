package io.holdpoint.gateway.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One event loop's connections to all servers. Everything happens on that loop, so nothing is locked. */
final class LoopConnections {

    /** One look at all connections this often is cheaper than a timer for every request. */
    private static final long LOOK_MILLIS = 100;

    private final EventLoop loop;
    private final Class<? extends Channel> channel;
    private final Dialler dialler;
    private final ConnectionLimits limits;
    private final LongSupplier nanoTime;
    private final Map<String, ServerPool> pools = new HashMap<>();
    private final Set<Connection> connections = new HashSet<>();
    private boolean watching;

    /** @throws IllegalArgumentException if the loop is of a kind nothing can be connected on */
    LoopConnections(EventLoop loop, Dialler dialler, ConnectionLimits limits, LongSupplier nanoTime) {
        this.loop = loop;
        this.channel = Dialler.channelOf(loop);
        this.dialler = dialler;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    Upstream.Sent send(Server server, ServerRequest request, Duration silence, ServerAnswer answer) {
        try {
            var pool = pool(server);
            var exchange = new Exchange(loop, pool.head(request), request, allowed(server, silence), answer, now());
            pool.send(exchange);
            return exchange.handOver();
        } catch (NotSendable e) {
            var refused = new Exchange(loop, new byte[0], request, 0, answer, now());
            refused.failed(true, String.valueOf(e.getMessage()));
            return refused;
        }
    }

    private static long allowed(Server server, Duration silence) {
        return (silence.isZero() ? server.timeout() : silence).toNanos();
    }

    private ServerPool pool(Server server) {
        var known = pools.get(server.name());
        if (known != null && known.isFor(server)) {
            return known;
        }
        var pool = new ServerPool(this, server, limits);
        pools.put(server.name(), pool);
        if (known != null) {
            loop.execute(known::retire);
        }
        return pool;
    }

    void open(ServerPool pool, Exchange exchange) {
        var connection = new Connection(pool, exchange, now());
        connections.add(connection);
        watch();
        dialler.dial(loop, channel, pool.endpoint(), connection);
    }

    void closed(Connection connection) {
        connections.remove(connection);
    }

    void watch() {
        if (!watching) {
            watching = true;
            loop.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        watching = false;
        var now = now();
        // Of a copy: closing one may open another.
        List.copyOf(connections).forEach(connection -> connection.closeIfLate(now));
        pools.values().stream().filter(ServerPool::hasWaiting).toList().forEach(pool -> pool.refuseLate(now));
        if (!connections.isEmpty() || pools.values().stream().anyMatch(ServerPool::hasWaiting)) {
            watch();
        }
    }
}
