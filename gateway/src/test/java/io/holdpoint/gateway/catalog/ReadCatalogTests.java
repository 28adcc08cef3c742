package io.holdpoint.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.gateway.catalog.Catalog.ServerUnreadable;
import io.holdpoint.gateway.catalog.FakeMcpServer.Asked;
import io.holdpoint.gateway.catalog.FakeMcpServer.Reply;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.Risk;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadCatalogTests {

    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final String LIST = "{ \"name\" : \"list_studies\",\t\"description\":\"Lists studies \u00e4\u20ac\","
            + " \"inputSchema\":{\"a\":[1]} }";

    private static final Server NEVER_READ =
            new Server("imaging", URI.create("http://127.0.0.1:9/"), Map.of(), Set.of(), MINUTE, false);

    private static final Duration UNLISTED = Duration.ofSeconds(2);

    private final HandClock clock = new HandClock();
    private final AtomicReference<@Nullable Server> configured = new AtomicReference<>();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final ReadCatalog catalog = catalog(Duration.ofSeconds(10));

    private ReadCatalog catalog(Duration patience) {
        return new ReadCatalog(
                new ToolsReader(CatalogConfiguration.http(), patience), clock, new Ears(), this::isConfigured);
    }

    /** Every server is, until a test says which. */
    private boolean isConfigured(Server server) {
        var only = configured.get();
        return only == null || only.equals(server);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private final class Ears implements ReadingListener {
        @Override
        public void read(Server server, Listing listing) {
            heard.add("read");
        }

        @Override
        public void unreadable(Server server, String why) {
            heard.add(why);
        }
    }

    @Test
    void aDefinitionIsWhatTheServerSentByteForByte() throws Exception {
        try (var server = FakeMcpServer.start(asked -> Reply.tools("{\"name\":\"other\"} , " + LIST))) {
            var definition = catalog.definition(server.server(), "list_studies", MINUTE);
            assertThat(definition.json()).isEqualTo(LIST);
            assertThat(definition.sha256()).isEqualTo(sha256(LIST));
            assertThat(definition.readAt()).isEqualTo(clock.instant());
        }
    }

    @Test
    void aModernServerIsAskedAsOne() {
        try (var server = FakeMcpServer.start(asked -> Reply.tools(LIST))) {
            catalog.definition(server.server(), "list_studies", MINUTE);
            var asked = server.asked().get(0);
            assertThat(server.asked()).hasSize(1);
            assertThat(asked.header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
            assertThat(asked.header("Mcp-Method")).isEqualTo("tools/list");
            assertThat(asked.header("Accept")).isEqualTo("application/json, text/event-stream");
            assertThat(asked.header("Authorization")).isEqualTo("Bearer gateway");
            assertThat(asked.body()).contains("\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"");
        }
    }

    @Test
    void descriptionAndHintsOfAToolAreHeard() {
        var described = "{\"name\":\"a\",\"description\":\"Deletes a study\"}";
        var hinted = "{\"name\":\"b\",\"annotations\":{\"title\":\"B\",\"readOnlyHint\":true}}";
        try (var server = FakeMcpServer.start(asked -> Reply.tools(described + "," + hinted))) {
            assertThat(catalog.definition(server.server(true), "a", MINUTE).category())
                    .isEqualTo(Category.DESTRUCTIVE);
            assertThat(catalog.remembered(server.server(true), "b").category()).isEqualTo(Category.READ);
        }
    }

    @Test
    void toolsWithoutANameAreLeftOut() {
        try (var server = FakeMcpServer.start(asked -> Reply.tools("{\"title\":\"t\"}," + LIST))) {
            assertThat(catalog.definition(server.server(), "", MINUTE).sha256()).isEqualTo(Definition.ABSENT);
            assertThat(catalog.remembered(server.server(), "list_studies").json())
                    .isEqualTo(LIST);
        }
    }

    @Test
    void aToolTheServerDoesNotListIsAbsentAndHigh() {
        try (var server = FakeMcpServer.start(asked -> Reply.tools(LIST))) {
            var definition = catalog.definition(server.server(), "drop_all", MINUTE);
            assertThat(definition)
                    .isEqualTo(new Definition(
                            "drop_all", Definition.ABSENT, "", Category.UNKNOWN, Risk.HIGH, clock.instant()));
        }
    }

    @Test
    void ofAToolListedTwiceBothDefinitionsCount() {
        var second = new AtomicReference<>("{\"name\":\"list\",\"description\":\"Lists\"}");
        try (var server = FakeMcpServer.start(asked -> Reply.tools("{\"name\":\"list\"}," + second.get()))) {
            var before = catalog.definition(server.server(), "list", MINUTE);
            second.set("{\"name\":\"list\",\"description\":\"Deletes\"}");
            var after = catalog.definition(server.server(), "list", Duration.ofSeconds(-1));
            assertThat(after.sha256()).isNotEqualTo(before.sha256());
            assertThat(List.of(before.category(), after.category()))
                    .containsExactly(Category.UNKNOWN, Category.DESTRUCTIVE);
        }
    }

    @Test
    void theSchemaOfAToolListedTwiceHidesAllArguments() {
        try (var server = FakeMcpServer.start(asked -> Reply.tools("{\"name\":\"t\"},{\"name\":\"t\"}"))) {
            var schema = catalog.definition(server.server(), "t", MINUTE).inputSchema();
            assertThat(schema.path("writeOnly").asBoolean()).isTrue();
        }
    }

    @Test
    void allPagesAreRead() {
        try (var server = FakeMcpServer.start(ReadCatalogTests::inPages)) {
            assertThat(catalog.definition(server.server(), "b", MINUTE).json()).isEqualTo("{\"name\":\"b\"}");
            assertThat(catalog.remembered(server.server(), "a").sha256()).isNotEqualTo(Definition.ABSENT);
        }
    }

    private static Reply inPages(Asked asked) {
        return asked.body().contains("\"cursor\":\"p\\\"2\"")
                ? Reply.tools("{\"name\":\"b\"}")
                : Reply.json(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"nextCursor\":\"p\\\"2\",\"tools\":[{\"name\":\"a\"}]}}");
    }

    @Test
    void pagesWithoutEndAreGivenUp() {
        var endless = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"nextCursor\":\"again\",\"tools\":[]}}";
        try (var server = FakeMcpServer.start(asked -> Reply.json(endless))) {
            assertUnreadable(server.server(), "100 pages");
            assertThat(server.lists()).isEqualTo(100);
        }
    }

    @Test
    void pagesThatComeSlowlyAreGivenUp() {
        var hasty = new ReadCatalog(
                new ToolsReader(CatalogConfiguration.http(), Duration.ofSeconds(20), Duration.ofMillis(500)), clock);
        var next = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"nextCursor\":\"2\",\"tools\":[]}}";
        try (var server = FakeMcpServer.start(
                asked -> asked.body().contains("\"cursor\"") ? Reply.events(": wait\n\n") : Reply.json(next))) {
            assertThatThrownBy(() -> hasty.definition(server.server(), "t", MINUTE))
                    .isInstanceOf(ServerUnreadable.class)
                    .hasMessageContaining("took more than 500 ms together");
        }
    }

    @Test
    void tooManyToolsAreGivenUp() {
        var many = "{\"name\":\"t\"},".repeat(10_000) + LIST;
        try (var server = FakeMcpServer.start(asked -> Reply.tools(many))) {
            assertUnreadable(server.server(), "10000 tools");
        }
    }

    @Test
    void tooManyBytesAreGivenUp() {
        var large = "{\"name\":\"t\",\"description\":\"" + "x".repeat(5 << 20) + "\"}";
        try (var server = FakeMcpServer.start(asked -> Reply.tools(large))) {
            assertUnreadable(server.server(), "more than 4194304 bytes");
        }
    }

    @Test
    void aSessionThatOpensWithTooManyBytesIsGivenUp() {
        var large = "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"x\":[" + "[],".repeat(100_000) + "0]}}";
        try (var server =
                FakeMcpServer.start(asked -> asked.is("initialize") ? Reply.json(large) : Reply.json(404, ""))) {
            assertUnreadable(server.server(), "more than 262144 bytes");
        }
    }

    @Test
    void aDefinitionThatIsTooLongIsNotTakenForHarmless() {
        var filler = "x".repeat(Definition.LONGEST);
        var list = "{\"name\":\"list\",\"annotations\":{\"readOnlyHint\":true},\"x\":\"" + filler + "\"}";
        var delete = "{\"name\":\"delete\",\"x\":\"" + filler + "\"}";
        try (var server = FakeMcpServer.start(asked -> Reply.tools(list + "," + delete))) {
            assertThat(catalog.definitions(server.server(true), MINUTE))
                    .extracting(Definition::category)
                    .containsExactly(Category.UNKNOWN, Category.DESTRUCTIVE);
        }
    }

    @Test
    void theSchemaOfADefinitionThatIsTooLongHidesAllArguments() {
        var lengthy = "{\"name\":\"t\",\"x\":\"" + "x".repeat(Definition.LONGEST) + "\"}";
        try (var server = FakeMcpServer.start(asked -> Reply.tools(lengthy))) {
            assertThat(catalog.definition(server.server(), "t", MINUTE)
                            .inputSchema()
                            .path("writeOnly")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void aChangedDefinitionHasAnotherHash() {
        var tool = new AtomicReference<>("{\"name\":\"t\"}");
        try (var server = FakeMcpServer.start(asked -> Reply.tools(tool.get()))) {
            var before = catalog.definition(server.server(), "t", MINUTE).sha256();
            tool.set("{\"name\":\"t\" }");
            clock.advance(MINUTE.plusSeconds(1));
            assertThat(catalog.definition(server.server(), "t", MINUTE).sha256())
                    .isNotEqualTo(before);
        }
    }

    @Test
    void whatIsYoungEnoughIsNotReadAgain() {
        try (var server = FakeMcpServer.start(asked -> Reply.tools(LIST))) {
            catalog.definition(server.server(), "list_studies", MINUTE);
            clock.advance(MINUTE);
            catalog.definition(server.server(), "list_studies", MINUTE);
            assertThat(server.lists()).isEqualTo(1);
        }
    }

    @Test
    void whatIsTooOldIsReadAgain() {
        try (var server = FakeMcpServer.start(asked -> Reply.tools(LIST))) {
            catalog.definition(server.server(), "list_studies", MINUTE);
            clock.advance(MINUTE.plusMillis(1));
            catalog.definition(server.server(), "list_studies", MINUTE);
            assertThat(server.lists()).isEqualTo(2);
        }
    }

    @Test
    void nothingIsRememberedOfAServerNeverRead() {
        var definition = catalog.remembered(NEVER_READ, "t");
        assertThat(definition.sha256()).isEqualTo(Definition.ABSENT);
        assertThat(definition.risk()).isEqualTo(Risk.HIGH);
    }

    @Test
    void nothingOfAServerIsKeptWhenItIsConfiguredAnew() {
        try (var old = FakeMcpServer.start(asked -> Reply.tools(LIST));
                var now = FakeMcpServer.start(asked -> Reply.tools(""))) {
            catalog.definition(old.server(), "list_studies", MINUTE);
            assertThat(catalog.definition(now.server(), "list_studies", MINUTE).sha256())
                    .isEqualTo(Definition.ABSENT);
        }
    }

    @Test
    void nothingIsRememberedOfAServerThatIsNotTrustedAnyMore() {
        var zap = "{\"name\":\"zap\",\"annotations\":{\"readOnlyHint\":true}}";
        try (var server = FakeMcpServer.start(asked -> Reply.tools(zap))) {
            catalog.definitions(server.server(true), MINUTE);
            assertThat(catalog.remembered(server.server(true), "zap").risk()).isEqualTo(Risk.LOW);
            assertThat(catalog.remembered(server.server(false), "zap").isRead()).isFalse();
        }
    }

    @Test
    void readersOfOneServerShareOneReading() throws Exception {
        var go = new CountDownLatch(1);
        try (var server = FakeMcpServer.start(asked -> {
            await(go);
            return Reply.tools(LIST);
        })) {
            var results = new ConcurrentLinkedQueue<CompletableFuture<Definition>>();
            var started = new ConcurrentLinkedQueue<Thread>();
            for (var i = 0; i < 8; i++) {
                var result = new CompletableFuture<Definition>();
                results.add(result);
                var thread =
                        new Thread(() -> result.complete(catalog.definition(server.server(), "list_studies", MINUTE)));
                started.add(thread);
                thread.start();
            }
            until(() -> started.stream().allMatch(ReadCatalogTests::waits));
            assertThat(catalog.remembered(server.server(), "list_studies").sha256())
                    .isEqualTo(Definition.ABSENT);
            go.countDown();
            for (var result : results) {
                assertThat(result.get(10, TimeUnit.SECONDS).json()).isEqualTo(LIST);
            }
            assertThat(server.lists()).isEqualTo(1);
        }
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    @Test
    void aLegacyServerIsInitializedAskedAndLeft() {
        try (var server = FakeMcpServer.start(asked -> legacy(asked, 400))) {
            assertThat(catalog.definition(server.server(), "list_studies", MINUTE)
                            .json())
                    .isEqualTo(LIST);
            until(() -> server.asked().size() == 5);
            assertThat(server.asked())
                    .extracting(ReadCatalogTests::step)
                    .containsExactly(
                            "POST tools/list - 2026-07-28",
                            "POST initialize - null",
                            "POST notifications/initialized s1 2025-06-18",
                            "POST tools/list s1 2025-06-18",
                            "DELETE  s1 2025-06-18");
        }
    }

    @Test
    void theEraOfAServerIsRemembered() {
        try (var server = FakeMcpServer.start(asked -> legacy(asked, 404))) {
            catalog.definition(server.server(), "list_studies", MINUTE);
            clock.advance(MINUTE.plusSeconds(1));
            catalog.definition(server.server(), "list_studies", MINUTE);
            assertThat(server.asked())
                    .filteredOn(asked -> step(asked).contains("2026-07-28"))
                    .hasSize(1);
        }
    }

    @Test
    void aServerThatBecameModernIsFoundOut() {
        var modern = new AtomicInteger();
        try (var server = FakeMcpServer.start(asked -> modern.get() == 0 ? legacy(asked, 405) : modernOnly(asked))) {
            catalog.definition(server.server(), "list_studies", MINUTE);
            modern.set(1);
            clock.advance(MINUTE.plusSeconds(1));
            assertThat(catalog.definition(server.server(), "new", MINUTE).json())
                    .isEqualTo("{\"name\":\"new\"}");
        }
    }

    private static Reply modernOnly(Asked asked) {
        return "2026-07-28".equals(asked.header("MCP-Protocol-Version"))
                ? Reply.tools("{\"name\":\"new\"}")
                : Reply.json(404, "{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":-32601,\"message\":\"unknown\"}}");
    }

    @Test
    void anErrorOfAServerThatWantsASessionLeadsToOne() {
        try (var server = FakeMcpServer.start(asked -> legacy(asked, 200))) {
            assertThat(catalog.definition(server.server(), "list_studies", MINUTE)
                            .json())
                    .isEqualTo(LIST);
        }
    }

    private static Reply legacy(Asked asked, int refusal) {
        if (asked.is("initialize")) {
            return Reply.events("id: 0\ndata:\n\nevent: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":0,\n"
                            + "data: \"result\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}}}\n\n")
                    .with("Mcp-Session-Id", "s1");
        }
        if (asked.header("Mcp-Session-Id") == null) {
            return Reply.json(
                    refusal,
                    "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"no session\"}}");
        }
        if (asked.is("tools/list")) {
            return Reply.events(
                    ": hello\r\n\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\r\n\r\n"
                            + "data:{\"jsonrpc\":\"2.0\",\r\ndata:\"id\":1,\"result\":{\"tools\":[" + LIST
                            + "]}}\r\n\r\n");
        }
        return Reply.json(202, "");
    }

    private static String step(Asked asked) {
        var method = asked.body().isEmpty() ? "" : asked.body().replaceAll(".*\"method\":\"([^\"]*)\".*", "$1");
        var session = asked.header("Mcp-Session-Id") == null ? "-" : asked.header("Mcp-Session-Id");
        return asked.method() + " " + method + " " + session + " " + asked.header("MCP-Protocol-Version");
    }

    @Test
    void aServerThatRefusesTheGatewayIsSaidToDoSo() {
        try (var server = FakeMcpServer.start(asked -> Reply.json(401, ""))) {
            assertUnreadable(server.server(), "credentials (HTTP 401); check servers.imaging.headers");
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void aServerOfNoEraIsSaidToBeOne() {
        try (var server = FakeMcpServer.start(asked -> Reply.json(404, ""))) {
            assertUnreadable(server.server(), "neither MCP 2026-07-28 (HTTP 404) nor 2025-11-25 (HTTP 404)");
        }
    }

    @Test
    void aBrokenServerIsUnreadable() {
        try (var server = FakeMcpServer.start(asked -> Reply.json(500, "secret stack trace"))) {
            assertUnreadable(server.server(), "HTTP 500");
        }
    }

    @Test
    void aDefinitionThatCanBeReadInTwoWaysIsUnreadable() {
        try (var server = FakeMcpServer.start(asked -> Reply.tools("{\"name\":\"a\",\"name\":\"b\"}"))) {
            assertUnreadable(server.server(), "its answer is refused");
        }
    }

    @Test
    void aMembersNameThatIsNoTextIsUnreadable() {
        try (var server = FakeMcpServer.start(asked -> Reply.tools("{\"name\":\"a\",\"x\\ud800y\":1}"))) {
            assertUnreadable(server.server(), "a member's name that is no text");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"result\":{\"protocolVersion\":\"2025-11-25\",\"x\\ud800y\":1}",
                "\"error\":{\"code\":-32000,\"x\\ud800y\":1}"
            })
    void soIsOneInWhatOpensASession(String answer) {
        var opened = "{\"jsonrpc\":\"2.0\",\"id\":0," + answer + "}";
        try (var server =
                FakeMcpServer.start(asked -> asked.is("initialize") ? Reply.json(opened) : Reply.json(404, ""))) {
            assertUnreadable(server.server(), "a member's name that is no text");
        }
    }

    @Test
    void anErrorOfVeryManyBytesIsUnreadable() {
        var error = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"data\":[" + "[],".repeat(100_000) + "0]}}";
        try (var server = FakeMcpServer.start(asked -> Reply.json(error))) {
            assertUnreadable(server.server(), "an error of 3000");
        }
    }

    @Test
    void trailingDataIsUnreadable() {
        try (var server = FakeMcpServer.start(
                asked -> Reply.json("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[]}}{}"))) {
            assertUnreadable(server.server(), "there is more after");
        }
    }

    @Test
    void whatIsNoJsonRpcIsUnreadable() {
        try (var server = FakeMcpServer.start(asked -> Reply.json("{\"id\":1,\"result\":{\"tools\":[]}}"))) {
            assertUnreadable(server.server(), "has no \"jsonrpc\": \"2.0\"");
        }
    }

    @Test
    void whatInAStreamCannotBeReadIsUnreadableAtOnce() {
        try (var server = FakeMcpServer.start(asked -> Reply.events("data: {\"a\":1,\"a\":2}\n\n"))) {
            assertUnreadable(server.server(), "its answer is refused");
        }
    }

    @Test
    void aStreamOfTooManyBytesIsGivenUp() {
        var endless = ": x\n\n".repeat(1 << 20);
        try (var server = FakeMcpServer.start(asked -> Reply.events(endless))) {
            assertUnreadable(server.server(), "more than 4194304 bytes");
        }
    }

    @Test
    void aStreamThatNeverAnswersIsGivenUp() {
        var hasty = catalog(Duration.ofMillis(300));
        try (var server = FakeMcpServer.start(asked -> Reply.events(": wait\n\n"))) {
            assertThatThrownBy(() -> hasty.definition(server.server(), "t", MINUTE))
                    .isInstanceOf(ServerUnreadable.class)
                    .hasMessageContaining("no answer within 300 ms");
        }
    }

    @Test
    void aServerThatIsNotThereIsUnreadable() {
        var gone = FakeMcpServer.start(asked -> Reply.tools(""));
        gone.close();
        assertUnreadable(gone.server(), "connected");
    }

    @Test
    void aFaultyHeaderIsNotShown() {
        var server = new Server(
                "imaging", URI.create("http://127.0.0.1:9/"), Map.of("X-Key", "secret\n"), Set.of(), MINUTE, false);
        assertThatThrownBy(() -> catalog.definition(server, "t", MINUTE))
                .isInstanceOf(ServerUnreadable.class)
                .hasMessageContaining("check servers.imaging")
                .hasMessageNotContaining("secret");
    }

    @Test
    void afterAFailureTheServerIsAskedAgain() {
        var broken = new AtomicInteger(1);
        try (var server = FakeMcpServer.start(asked -> broken.get() > 0 ? Reply.json(503, "") : Reply.tools(LIST))) {
            assertUnreadable(server.server(), "HTTP 503");
            broken.set(0);
            assertThat(catalog.definition(server.server(), "list_studies", MINUTE)
                            .json())
                    .isEqualTo(LIST);
        }
    }

    @Test
    void callsOfOneServerWaitForOneReading() {
        var go = new CountDownLatch(1);
        try (var server = FakeMcpServer.start(asked -> {
            await(go);
            return Reply.tools(LIST);
        })) {
            var calls = learn(50, server.server(), "list_studies");
            assertThat(calls).noneMatch(CompletableFuture::isDone);
            go.countDown();
            assertThat(calls).allSatisfy(call -> assertThat(call.join().json()).isEqualTo(LIST));
            assertThat(server.lists()).isEqualTo(1);
        }
    }

    @Test
    void aSlowReadingIsAsOldAsItsEnd() {
        try (var server = FakeMcpServer.start(asked -> {
            clock.advance(Duration.ofSeconds(30));
            return Reply.tools(LIST);
        })) {
            joined(learn(1, server.server(), "list_studies"));
            joined(learn(50, server.server(), "list_studies"));
            assertThat(server.lists()).isEqualTo(1);
        }
    }

    @Test
    void namesThatAreMadeUpHaveAServerReadAtIntervals() {
        try (var server = FakeMcpServer.start(asked -> Reply.tools(LIST))) {
            joined(learn(50, server.server(), "made_up"));
            clock.advance(UNLISTED);
            joined(learn(50, server.server(), "made_up"));
            assertThat(server.lists()).isEqualTo(1);
            clock.advance(Duration.ofMillis(1));
            joined(learn(50, server.server(), "made_up"));
            assertThat(server.lists()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "5, 5", "20, 5"})
    void aFailureAnswersForAsLongAsItTookAndFiveSecondsAtMost(int took, int answers) {
        try (var server = failingAfter(Duration.ofSeconds(took))) {
            fail(server.server());
            clock.advance(Duration.ofSeconds(answers).minusMillis(1));
            fail(server.server());
            assertThat(server.asked()).hasSize(1);
            clock.advance(Duration.ofMillis(1));
            fail(server.server());
            assertThat(server.asked()).hasSize(2);
        }
    }

    @Test
    void afterAFailureThatTookNoTimeTheServerIsAskedAtOnce() {
        try (var server = failingAfter(Duration.ZERO)) {
            fail(server.server());
            fail(server.server());
            assertThat(server.asked()).hasSize(2);
        }
    }

    private FakeMcpServer failingAfter(Duration time) {
        return FakeMcpServer.start(asked -> {
            clock.advance(time);
            return Reply.json(503, "");
        });
    }

    private void fail(Server server) {
        assertThatThrownBy(() -> catalog.learn(server, "t", UNLISTED).join())
                .hasCauseInstanceOf(ServerUnreadable.class)
                .hasMessageContaining("HTTP 503");
    }

    @Test
    void aServerThatHangsKeepsNoOtherWaiting() {
        var go = new CountDownLatch(1);
        try (var hangs = FakeMcpServer.start(asked -> {
                    await(go);
                    return Reply.tools("");
                });
                var other = FakeMcpServer.start(asked -> Reply.tools(LIST))) {
            var waiting = catalog.learn(named("hangs", hangs.server()), "t", UNLISTED);
            assertThat(catalog.learn(other.server(), "list_studies", UNLISTED)
                            .join()
                            .json())
                    .isEqualTo(LIST);
            assertThat(waiting).isNotDone();
            go.countDown();
            waiting.join();
        }
    }

    private static Server named(String name, Server like) {
        return new Server(name, like.url(), like.headers(), Set.of(), like.timeout(), false);
    }

    @Test
    void nobodyWaitsForACatalogueThatIsClosed() {
        var go = new CountDownLatch(1);
        try (var server = FakeMcpServer.start(asked -> {
            await(go);
            return Reply.tools(LIST);
        })) {
            var waiting = catalog.learn(server.server(), "t", UNLISTED);
            catalog.close();
            assertThatThrownBy(waiting::join).hasCauseInstanceOf(ServerUnreadable.class);
            assertUnreadable(server.server(), "broke off");
            go.countDown();
        }
    }

    @Test
    void aServerThatIsConfiguredOtherwiseByNowIsNotRead() {
        try (var server = FakeMcpServer.start(asked -> Reply.tools(LIST))) {
            configured.set(server.server(true));
            assertUnreadable(server.server(false), "configured otherwise");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void whatWasReadOfAServerThatIsConfiguredOtherwiseByNowIsDropped() {
        try (var server = FakeMcpServer.start(asked -> {
            configured.set(NEVER_READ);
            return Reply.tools(LIST);
        })) {
            configured.set(server.server());
            assertUnreadable(server.server(), "configured otherwise");
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void theFaultOfAServerThatIsConfiguredOtherwiseByNowIsNotTheNewOnes() {
        try (var server = FakeMcpServer.start(asked -> {
            configured.set(NEVER_READ);
            return Reply.json(503, "");
        })) {
            configured.set(server.server());
            assertUnreadable(server.server(), "configured otherwise");
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void anOldConfigurationTakesNothingFromTheNewOne() {
        try (var server = FakeMcpServer.start(asked -> Reply.tools(LIST))) {
            configured.set(server.server(true));
            catalog.definition(server.server(true), "list_studies", MINUTE);
            assertUnreadable(server.server(false), "configured otherwise");
            assertThat(catalog.remembered(server.server(true), "list_studies").isRead())
                    .isTrue();
        }
    }

    private static void joined(List<CompletableFuture<Definition>> calls) {
        calls.forEach(CompletableFuture::join);
    }

    /** Asks so often, as calls of a tool that is not listed do. */
    private List<CompletableFuture<Definition>> learn(int calls, Server server, String tool) {
        return IntStream.range(0, calls)
                .mapToObj(call -> catalog.learn(server, tool, UNLISTED))
                .toList();
    }

    private void assertUnreadable(Server server, String why) {
        assertThatThrownBy(() -> catalog.definition(server, "t", MINUTE))
                .isInstanceOf(ServerUnreadable.class)
                .hasMessageContaining("server imaging")
                .hasMessageContaining(why);
    }

    private static String sha256(String text) throws Exception {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** A clock moved by hand. */
    private static final class HandClock extends Clock {

        private volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
