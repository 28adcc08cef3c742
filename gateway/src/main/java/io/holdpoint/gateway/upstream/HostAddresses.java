package io.holdpoint.gateway.upstream;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Addresses of hosts. The JDK's resolver blocks, so names are looked up on a few threads of their own, never on an event
 * loop, and remembered for a while. Safe for any thread.
 */
final class HostAddresses implements AutoCloseable {

    private static final long REMEMBERED = TimeUnit.SECONDS.toNanos(30);

    private final Map<String, Lookup> lookups = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final ExecutorService threads;

    HostAddresses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        var pool = new ThreadPoolExecutor(
                4,
                4,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(1_000),
                new DefaultThreadFactory("host-names", true));
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
    }

    /** The host's addresses, at once where it is a number or {@code localhost}. */
    CompletableFuture<List<InetAddress>> find(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return CompletableFuture.completedFuture(List.of(NetUtil.LOCALHOST4, NetUtil.LOCALHOST6));
        }
        var number = NetUtil.createByteArrayFromIpAddressString(host);
        return number == null ? remembered(host) : CompletableFuture.completedFuture(List.of(address(host, number)));
    }

    private CompletableFuture<List<InetAddress>> remembered(String host) {
        var now = nanoTime.getAsLong();
        var lookup =
                lookups.compute(host, (name, known) -> known != null && known.isGood(now) ? known : look(name, now));
        return Objects.requireNonNull(lookup).addresses();
    }

    private Lookup look(String host, long now) {
        try {
            return new Lookup(now, CompletableFuture.supplyAsync(() -> ask(host), threads));
        } catch (RejectedExecutionException e) {
            return new Lookup(now, CompletableFuture.failedFuture(e));
        }
    }

    private static List<InetAddress> ask(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    private static InetAddress address(String host, byte[] number) {
        try {
            return InetAddress.getByAddress(host, number);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + number.length + " bytes", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private record Lookup(long at, CompletableFuture<List<InetAddress>> addresses) {

        boolean isGood(long now) {
            return !addresses.isCompletedExceptionally() && now - at < REMEMBERED;
        }
    }
}
