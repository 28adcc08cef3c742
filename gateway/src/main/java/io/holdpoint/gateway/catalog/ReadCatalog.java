package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.upstream.Server;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The {@link Catalog} that asks the servers themselves. */
final class ReadCatalog implements Catalog {

    private final Map<String, ServerTools> servers = new ConcurrentHashMap<>();
    private final ToolsReader reader;
    private final Clock clock;
    private final ReadingListener listener;

    ReadCatalog(ToolsReader reader, Clock clock) {
        this(reader, clock, ReadingListener.NOBODY);
    }

    /** @param listener told of each reading, by the thread that read */
    ReadCatalog(ToolsReader reader, Clock clock, ReadingListener listener) {
        this.reader = reader;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public Definition definition(Server server, String tool, Duration maxAge) {
        return tools(server).readSince(clock.instant().minus(maxAge)).definition(tool);
    }

    @Override
    public List<Definition> definitions(Server server, Duration maxAge) {
        return List.copyOf(tools(server)
                .readSince(clock.instant().minus(maxAge))
                .definitions()
                .values());
    }

    @Override
    public Definition remembered(Server server, String tool) {
        var known = servers.get(server.name());
        return (known != null && known.isOf(server) ? known.remembered() : Listing.NONE).definition(tool);
    }

    private ServerTools tools(Server server) {
        // A server that is configured anew may be another one: nothing of the old one counts.
        return Objects.requireNonNull(servers.compute(
                server.name(),
                (name, known) -> known != null && known.isOf(server)
                        ? known
                        : new ServerTools(server, reader, clock, listener)));
    }
}
