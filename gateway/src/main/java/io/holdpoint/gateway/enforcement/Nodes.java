package io.holdpoint.gateway.enforcement;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which gateways on this database are alive: each writes a sign of life, and counts as dead after its lease. */
final class Nodes {

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Duration lease;
    private final String self;

    Nodes(JdbcTemplate jdbc, Clock clock, Duration lease, String self) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.lease = lease;
        this.self = self;
    }

    /** Says that this node is alive. Blocks. */
    void beat() {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        if (jdbc.update("update gateway_node set seen_at = ? where id = ?", now, self) == 0) {
            jdbc.update("insert into gateway_node (id, seen_at) values (?, ?)", self, now);
        }
    }

    /** The nodes alive, this one included. Blocks. */
    List<String> alive() {
        var since = Timestamp.from(clock.instant().minus(lease));
        var alive =
                new HashSet<>(jdbc.queryForList("select id from gateway_node where seen_at > ?", String.class, since));
        alive.add(self);
        return List.copyOf(alive);
    }

    /** Says goodbye: what this node left running is unknown at once. Blocks. */
    void leave() {
        jdbc.update("delete from gateway_node where id = ?", self);
    }
}
