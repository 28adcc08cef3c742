package io.holdpoint.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.upstream.Server;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServerToolsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Test
    void aReadingThatGetsNoThreadIsOverAndTheNextBegins() {
        var tries = new AtomicInteger();
        var tools = read(task -> {
            if (tries.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        });
        assertThat(tools.read()).isCompletedExceptionally();
        assertThat(tools.read()).isNotDone();
        assertThat(tries).hasValue(2);
    }

    private static ServerTools read(Executor threads) {
        return new ServerTools(
                new Server("imaging", URI.create("http://127.0.0.1:9/"), Map.of(), Set.of(), PATIENCE, false),
                new ToolsReader(CatalogConfiguration.http(), PATIENCE),
                Clock.systemUTC(),
                ReadingListener.NOBODY,
                server -> true,
                threads);
    }
}
