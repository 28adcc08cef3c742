package io.holdpoint.gateway.upstream;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One event loop's connections to one server. The last used is used first, so that the others can grow old and go. */
final class ServerPool {

    private final LoopConnections loop;
    private final Server server;
    private final Endpoint endpoint;
    private final ConnectionLimits limits;
    private final HeadWriter heads;
    private final long opening;
    private final long idle;
    private final Deque<Connection> unused = new ArrayDeque<>();
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private int pooled;
    private int fresh;
    private boolean retired;

    ServerPool(LoopConnections loop, Server server, ConnectionLimits limits) {
        this.loop = loop;
        this.server = server;
        this.endpoint = Endpoint.of(server);
        this.limits = limits;
        this.heads = new HeadWriter(server.name());
        this.opening = limits.opening().toNanos();
        this.idle = limits.idle().toNanos();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    long opening() {
        return opening;
    }

    long idle() {
        return idle;
    }

    long now() {
        return loop.now();
    }

    boolean isFor(Server other) {
        return server == other || server.equals(other);
    }

    byte[] head(ServerRequest request) {
        return endpoint.head(heads, request);
    }

    /** @throws NotSendable if there is no connection to be had and no room to wait for one */
    void send(Exchange exchange) {
        if (exchange.isFresh()) {
            openFresh(exchange);
            return;
        }
        var connection = takeUnused();
        if (connection != null) {
            connection.send(exchange);
        } else if (pooled < limits.pooled()) {
            openPooled(exchange);
        } else {
            queue(exchange);
        }
    }

    private void openFresh(Exchange exchange) {
        if (fresh >= limits.fresh()) {
            throw new NotSendable(
                    endpoint + " has " + fresh + " connections of single requests, the most allowed; try later");
        }
        fresh++;
        loop.open(this, exchange);
    }

    private void openPooled(Exchange exchange) {
        pooled++;
        loop.open(this, exchange);
    }

    private void queue(Exchange exchange) {
        waiting.removeIf(Exchange::isOver);
        if (waiting.size() >= limits.waiting()) {
            throw new NotSendable(endpoint + " is busy: " + pooled + " requests are running and " + waiting.size()
                    + " wait; try later");
        }
        waiting.add(exchange);
        loop.watch();
    }

    private @Nullable Connection takeUnused() {
        for (var connection = unused.pollLast(); connection != null; connection = unused.pollLast()) {
            if (connection.isUsable()) {
                return connection;
            }
            connection.close();
        }
        return null;
    }

    /** The connection's answer is complete and it may be used again. */
    void release(Connection connection) {
        if (retired) {
            connection.close();
            return;
        }
        var next = nextWaiting();
        if (next == null) {
            unused.addLast(connection);
        } else {
            connection.send(next);
        }
    }

    private @Nullable Exchange nextWaiting() {
        var next = waiting.poll();
        while (next != null && next.isOver()) {
            next = waiting.poll();
        }
        return next;
    }

    void closed(Connection connection) {
        loop.closed(connection);
        if (connection.isFresh()) {
            fresh--;
            return;
        }
        pooled--;
        unused.remove(connection);
        var next = nextWaiting();
        if (next != null) {
            openPooled(next);
        }
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** Refuses the requests that have waited for too long. */
    void refuseLate(long now) {
        for (var first = waiting.peek(); first != null && now - first.begun() > opening; first = waiting.peek()) {
            waiting.remove();
            first.failed(true, endpoint + " is busy: no connection became free");
        }
    }

    /** The server is configured differently now: what runs may end, nothing new begins. */
    void retire() {
        retired = true;
        for (var next = nextWaiting(); next != null; next = nextWaiting()) {
            next.failed(true, endpoint + " was configured anew while the call waited for a connection; call again");
        }
        for (var connection = unused.pollLast(); connection != null; connection = unused.pollLast()) {
            connection.close();
        }
    }
}
