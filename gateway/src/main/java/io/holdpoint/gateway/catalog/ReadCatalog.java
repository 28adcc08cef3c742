package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.upstream.Server;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The {@link Catalog} that asks the servers themselves, on threads of its own. */
final class ReadCatalog implements Catalog, AutoCloseable {

    /** So many servers may hang before others wait for them; each has one reading at a time. */
    private static final int READERS = 16;

    private static final int IDLE_SECONDS = 10;

    private final Map<String, ServerTools> servers = new ConcurrentHashMap<>();
    private final ToolsReader reader;
    private final Clock clock;
    private final ReadingListener listener;
    private final Predicate<Server> configured;
    private final ExecutorService threads = readers();

    ReadCatalog(ToolsReader reader, Clock clock) {
        this(reader, clock, ReadingListener.NOBODY, server -> true);
    }

    /**
     * @param listener told of each reading, by the thread that read
     * @param configured whether a server is configured just so at this moment; others are not read, and what a reading
     *     of one found is dropped. Asked often, from any thread
     */
    ReadCatalog(ToolsReader reader, Clock clock, ReadingListener listener, Predicate<Server> configured) {
        this.reader = reader;
        this.clock = clock;
        this.listener = listener;
        this.configured = configured;
    }

    /** Threads that end when they are idle and keep no program alive: a command closes nothing. */
    private static ExecutorService readers() {
        var pool = new ThreadPoolExecutor(
                READERS, READERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, "catalog-reader");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
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
    public CompletableFuture<Definition> learn(Server server, String tool, Duration maxAge) {
        return tools(server).learn(maxAge).thenApply(listing -> listing.definition(tool));
    }

    /** Has a server read, unless it is being read; does not wait for it. */
    void read(Server server) {
        tools(server).read();
    }

    @Override
    public Definition remembered(Server server, String tool) {
        var known = servers.get(server.name());
        return (known != null && known.isOf(server) ? known.remembered() : Listing.NONE).definition(tool);
    }

    /** A server that is configured anew may be another one: nothing of the old one counts, and it does not come back. */
    private ServerTools tools(Server server) {
        var tools = Objects.requireNonNull(servers.compute(
                server.name(),
                (name, known) ->
                        known != null && (known.isOf(server) || !configured.test(server)) ? known : toolsOf(server)));
        return tools.isOf(server) ? tools : toolsOf(server);
    }

    private ServerTools toolsOf(Server server) {
        return new ServerTools(server, reader, clock, listener, configured, threads);
    }

    /** Breaks readings off: readers speak HTTP only, so they may be interrupted. */
    @Override
    public void close() {
        threads.shutdownNow();
        servers.values().forEach(ServerTools::breakOff);
    }
}
