package io.holdpoint.gateway.console;

import io.holdpoint.gateway.catalog.ToolInventory.ServerReading;
import io.holdpoint.gateway.console.VisibleText.Piece;
import io.holdpoint.gateway.upstream.Server;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A server as the page of tools shows it.
 *
 * @param fault why it cannot be read now; may be empty
 * @param missed how many changes were counted only; empty unless it changes all the time
 */
record ServerRow(
        List<Piece> name,
        List<Piece> url,
        boolean trusted,
        int tools,
        Optional<Moment> readAt,
        List<Piece> fault,
        Optional<Integer> missed) {

    static ServerRow of(Server server, ServerReading reading, Instant now) {
        return new ServerRow(
                VisibleText.of(server.name()),
                VisibleText.of(ToolsApi.shown(server.url())),
                server.trusted(),
                reading.tools(),
                reading.readAt().map(time -> Moment.of(time, now)),
                VisibleText.of(reading.fault().orElse("")),
                reading.missed());
    }
}
