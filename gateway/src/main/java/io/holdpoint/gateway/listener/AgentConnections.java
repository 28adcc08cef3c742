package io.holdpoint.gateway.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** The connections of one event loop; used on that loop only. Cuts those that are too slow or idle for too long. */
final class AgentConnections {

    private static final long REQUEST_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long IDLE_NANOS = Duration.ofMinutes(5).toNanos();

    private final Set<AgentConnection> open = new LinkedHashSet<>();

    void add(AgentConnection connection) {
        open.add(connection);
    }

    void remove(AgentConnection connection) {
        open.remove(connection);
    }

    void cutStale() {
        var now = System.nanoTime();
        for (var connection : new ArrayList<>(open)) {
            connection.closeIfStale(now, REQUEST_NANOS, IDLE_NANOS);
        }
    }

    void closeAll() {
        new ArrayList<>(open).forEach(AgentConnection::close);
    }
}
