package io.holdpoint.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.catalog.FakeMcpServer.Reply;
import io.holdpoint.gateway.upstream.Server;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CatalogWatchTests {

    private static final String TOOL = "{\"name\":\"list\"}";

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final AtomicReference<List<Server>> configured = new AtomicReference<>(List.of());
    private final ReadCatalog catalog = new ReadCatalog(
            new ToolsReader(CatalogConfiguration.http(), Duration.ofSeconds(10)),
            Clock.systemUTC(),
            new Ears(),
            server -> configured.get().contains(server));
    private final CatalogWatch watch = new CatalogWatch(catalog, configured::get);

    @AfterEach
    void stop() {
        watch.stop();
        catalog.close();
    }

    @Test
    void atTheStartEachServerIsRead() throws Exception {
        try (var server = FakeMcpServer.start(asked -> Reply.tools(TOOL))) {
            configured.set(List.of(server.server()));
            watch.start();
            assertThat(next()).isEqualTo("read imaging 1");
        }
    }

    @Test
    void eachRoundReadsAgainHoweverYoungWhatIsRemembered() throws Exception {
        try (var server = FakeMcpServer.start(asked -> Reply.tools(TOOL))) {
            configured.set(List.of(server.server()));
            catalog.definition(server.server(), "list", Duration.ZERO);
            watch.readAll();
            assertThat(List.of(next(), next())).containsOnly("read imaging 1");
        }
    }

    @Test
    void aServerThatIsConfiguredLaterIsReadInTheNextRound() throws Exception {
        try (var server = FakeMcpServer.start(asked -> Reply.tools(TOOL))) {
            watch.readAll();
            configured.set(List.of(server.server()));
            watch.readAll();
            assertThat(next()).isEqualTo("read imaging 1");
        }
    }

    @Test
    void aServerThatIsConfiguredOtherwiseIsReadAtOnceAndNoOther() throws Exception {
        try (var server = FakeMcpServer.start(asked -> Reply.tools(TOOL))) {
            configured.set(List.of(server.server(true)));
            watch.readAll();
            assertThat(next()).isEqualTo("read imaging 1");
            configured.set(List.of(server.server(false)));
            watch.readNew();
            assertThat(next()).isEqualTo("read imaging 1");
        }
    }

    @Test
    void aServerThatIsConfiguredAsBeforeIsReadInTheNextRoundOnly() throws Exception {
        try (var server = FakeMcpServer.start(asked -> Reply.tools(TOOL))) {
            configured.set(List.of(server.server()));
            watch.readAll();
            assertThat(next()).isEqualTo("read imaging 1");
            watch.readNew();
            // Begins after whatever the watch began, and waits for that too.
            catalog.definition(server.server(), "list", Duration.ofSeconds(-1));
            assertThat(server.lists()).isEqualTo(2);
        }
    }

    @Test
    void anErrorEndsTheRoundAndNotTheClockwork(CapturedOutput output) {
        var broken = new CatalogWatch(catalog, () -> {
            throw new OutOfMemoryError("of a test");
        });
        broken.round(broken::readAll);
        assertThat(output).contains("the servers could not be read");
    }

    @Test
    void aServerThatCannotBeReadIsToldOf() throws Exception {
        try (var server = FakeMcpServer.start(asked -> Reply.json(503, ""))) {
            configured.set(List.of(server.server()));
            watch.readAll();
            assertThat(next()).startsWith("unreadable imaging").contains("HTTP 503");
        }
    }

    private String next() throws InterruptedException {
        return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
    }

    private final class Ears implements ReadingListener {

        @Override
        public void read(Server server, Listing listing) {
            heard.add("read " + server.name() + " " + listing.definitions().size());
        }

        @Override
        public void unreadable(Server server, String why) {
            heard.add("unreadable " + server.name() + " " + why);
        }
    }
}
