package io.holdpoint.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.mockito.Mockito.mock;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdpoint.gateway.GatewayDatabases;
import io.holdpoint.gateway.OnDatabase;
import io.holdpoint.gateway.catalog.ToolInventory.KeptDefinition;
import io.holdpoint.gateway.catalog.ToolInventory.KeptTool;
import io.holdpoint.gateway.catalog.ToolInventory.ToolQuery;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.approval.Executions;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionChanged;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionsChanged;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionsRead;
import io.holdpoint.workflow.audit.AuditEntry.DefinitionsUnrecorded;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.audit.AuditPage;
import io.holdpoint.workflow.audit.AuditQuery;
import io.holdpoint.workflow.database.DatabaseUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Each test keeps the tools of a server of its own. */
@OnDatabase(GatewayDatabases.H2)
class KeptDefinitionsTests {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.000001Z");
    private static final String LIST = "{\"name\":\"list\",\"description\":\"Lists\"}";
    private static final String OTHER_LIST = "{\"name\":\"list\",\"description\":\"Lists, then deletes all\"}";
    /** After so many seconds a change is one of its own. */
    private static final int QUIET = 601;

    private static final String PAY = "{\"name\":\"pay\"}";

    private static HikariDataSource pool;

    private final String server = "server-" + UUID.randomUUID();
    private final Log log = new Log();
    private final KeptDefinitions kept = kept(log);
    private final ToolInventory inventory =
            new ToolInventory(JdbcClient.create(pool), new DefinitionKeeper(kept, mock(Executions.class)));

    @BeforeAll
    static void start(GatewayDatabases database, @TempDir Path directory) throws IOException {
        var config = new HikariConfig();
        var url = DatabaseUrl.safe(database.freshUrl(), directory);
        config.setJdbcUrl(url);
        if (url.startsWith("jdbc:h2:")) {
            config.setUsername("sa");
        }
        pool = new HikariDataSource(config);
        Flyway.configure()
                .dataSource(pool)
                .locations(
                        "classpath:db/migration",
                        "classpath:db/" + database.name().toLowerCase(Locale.ROOT))
                .load()
                .migrate();
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    private static KeptDefinitions kept(AuditLog log) {
        return new KeptDefinitions(
                new JdbcTemplate(pool), log, new TransactionTemplate(new JdbcTransactionManager(pool)));
    }

    @Test
    void theFirstReadingIsOneEntryForTheServer() {
        assertThat(read(0, LIST, PAY)).hasValue(0);
        assertThat(log.entries)
                .containsExactly(
                        new DefinitionsRead(server, 2, listing(0, LIST, PAY).fingerprint()));
    }

    @Test
    void definitionsAreKeptByteForByteWithWhatTheyAre() {
        read(0, OTHER_LIST);
        var definition = listing(0, OTHER_LIST).definition("list");
        assertThat(tool("list"))
                .isEqualTo(new KeptTool(
                        server,
                        "list",
                        definition.sha256(),
                        OTHER_LIST.length(),
                        new ToolText("", "Lists, then deletes all", Map.of()),
                        Category.DESTRUCTIVE,
                        Risk.CRITICAL,
                        NOON,
                        NOON,
                        Optional.empty()));
        assertThat(tool("list").changedAt()).isEmpty();
        assertThat(text("list")).contains(OTHER_LIST);
    }

    @Test
    void theSameToolsAgainAreNoEntry() {
        read(0, LIST, PAY);
        assertThat(read(60, PAY, LIST)).hasValue(0);
        assertThat(log.entries).hasSize(1);
        assertThat(inventory.reading(server).readAt()).contains(NOON.plusSeconds(60));
    }

    @Test
    void aChangedDefinitionIsAnEntryWithBothHashesAndClasses() {
        read(0, LIST, PAY);
        assertThat(read(60, OTHER_LIST, PAY)).hasValue(1);
        var change = lastChange();
        assertThat(change.tool()).isEqualTo("list");
        assertThat(change.was().orElseThrow())
                .isEqualTo(new DefinitionChanged.Defined(sha256(LIST, "list"), "Read", Risk.LOW));
        assertThat(change.is().orElseThrow())
                .isEqualTo(new DefinitionChanged.Defined(sha256(OTHER_LIST, "list"), "Destructive", Risk.CRITICAL));
        assertThat(tool("list").changedAt()).contains(NOON.plusSeconds(60));
    }

    @Test
    void whatChangedWhileNobodyReadIsFoundByAnotherGateway() {
        read(0, LIST);
        assertThat(changes(kept(log).keep(server, listing(60, OTHER_LIST)))).hasValue(1);
        assertThat(lastChange().tool()).isEqualTo("list");
    }

    @Test
    void aNewToolIsAdded() {
        read(0, LIST);
        read(60, LIST, PAY);
        assertThat(lastChange().was()).isEmpty();
        assertThat(tool("pay").knownSince()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void aToolThatIsNotListedAnyMoreIsRemovedOnceAndStaysVisible() {
        read(0, LIST, PAY);
        read(60, LIST);
        assertThat(lastChange().is()).isEmpty();
        assertThat(tool("pay").goneAt()).contains(NOON.plusSeconds(60));
        assertThat(read(120, LIST)).hasValue(0);
    }

    @Test
    void aToolThatComesBackIsAddedAndKnownFromBefore() {
        read(0, LIST, PAY);
        read(60, LIST);
        read(120, LIST, PAY);
        assertThat(lastChange().was()).isEmpty();
        assertThat(tool("pay").goneAt()).isEmpty();
        assertThat(tool("pay").knownSince()).isEqualTo(NOON);
    }

    @Test
    void theHistoryHasEachDefinitionOnceThePresentOneFirst() {
        read(0, LIST);
        read(60, OTHER_LIST);
        read(120, LIST);
        assertThat(inventory.history(server, "list"))
                .extracting(KeptDefinition::sha256, KeptDefinition::firstSeen, KeptDefinition::since)
                .containsExactly(
                        tuple(sha256(LIST, "list"), NOON, NOON.plusSeconds(120)),
                        tuple(sha256(OTHER_LIST, "list"), NOON.plusSeconds(60), NOON.plusSeconds(60)));
    }

    @Test
    void veryManyChangesAreOneEntryAndAllOfThemReplace() {
        read(0, LIST);
        var before = listing(0, LIST).fingerprint();
        var many = IntStream.range(0, 51)
                .mapToObj("{\"name\":\"t%02d\"}"::formatted)
                .toArray(String[]::new);
        assertThat(kept.keep(server, listing(60, many)).orElseThrow().replaced())
                .isEqualTo(Map.of("list", sha256(LIST, "list")));
        assertThat(log.entries.get(log.entries.size() - 1)).isInstanceOfSatisfying(DefinitionsChanged.class, all -> {
            assertThat(List.of(all.added(), all.changed(), all.removed())).containsExactly(51, 0, 1);
            assertThat(all.was()).isEqualTo(before);
            assertThat(all.is()).isEqualTo(listing(60, many).fingerprint());
            assertThat(all.first()).hasSize(10).startsWith("t00", "t01");
        });
        assertThat(log.entries).hasSize(2);
    }

    @Test
    void fiftyChangesAreFiftyEntries() {
        read(0, LIST);
        var many = IntStream.range(0, 50).mapToObj("{\"name\":\"t%02d\"}"::formatted);
        read(60, Stream.concat(Stream.of(LIST), many).toArray(String[]::new));
        assertThat(log.entries).hasSize(51);
    }

    @Test
    void aServerThatChangesInEveryReadingIsRecordedLessAndLess() {
        for (var minute = 0; minute < 24 * 60; minute++) {
            read(minute * 60, "{\"name\":\"list\",\"n\":" + minute + "}");
        }
        assertThat(log.entries).filteredOn(DefinitionChanged.class::isInstance).hasSizeBetween(30, 40);
        assertThat(log.entries).hasSizeLessThan(120);
        assertThat(inventory.reading(server).readAt()).contains(NOON.plusSeconds((24 * 60 - 1) * 60));
    }

    @Test
    void eachChangeOfAServerIsRecordedOrCounted() {
        for (var i = 0; i < 600; i++) {
            read(i * 60, "{\"name\":\"list\",\"n\":" + i + "}");
        }
        var recorded =
                log.entries.stream().filter(DefinitionChanged.class::isInstance).count();
        var counted = unrecorded().mapToInt(entry -> entry.changes().orElse(0)).sum();
        assertThat(recorded + counted + inventory.reading(server).missed().orElse(0))
                .isEqualTo(599);
    }

    @Test
    void theTimeInWhichChangesAreCountedBeginsWithAnEntry() {
        changesFiveTimes();
        assertThat(unrecorded())
                .containsExactly(new DefinitionsUnrecorded(
                        server, OptionalInt.empty(), listing(5, numbered(5)).fingerprint()));
        assertThat(inventory.reading(server).missed()).contains(0);
    }

    @Test
    void changesThatWereTakenBackMeanwhileAreCountedAtItsEnd() {
        changesFiveTimes();
        read(60, OTHER_LIST);
        read(90, numbered(5));
        read(130, numbered(5));
        assertThat(log.entries.get(log.entries.size() - 1))
                .isEqualTo(new DefinitionsUnrecorded(
                        server, OptionalInt.of(2), listing(130, numbered(5)).fingerprint()));
        assertThat(inventory.reading(server).missed()).isEmpty();
    }

    @Test
    void whatIsOtherwiseAtItsEndIsRecorded() {
        changesFiveTimes();
        read(60, OTHER_LIST);
        assertThat(text("list")).contains(numbered(5));
        assertThat(read(130, OTHER_LIST)).hasValue(1);
        assertThat(text("list")).contains(OTHER_LIST);
    }

    private void changesFiveTimes() {
        for (var i = 0; i <= 5; i++) {
            read(i, numbered(i));
        }
    }

    private static String numbered(int number) {
        return "{\"name\":\"list\",\"n\":" + number + "}";
    }

    private Stream<DefinitionsUnrecorded> unrecorded() {
        return log.entries.stream()
                .filter(DefinitionsUnrecorded.class::isInstance)
                .map(DefinitionsUnrecorded.class::cast);
    }

    @Test
    void aServerThatWasQuietForLongIsRecordedAtOnce() {
        for (var i = 0; i < 9; i++) {
            read(i, "{\"name\":\"list\",\"n\":" + i + "}");
        }
        assertThat(read(3_600, LIST)).hasValue(1);
    }

    @Test
    void aReadingOlderThanWhatIsKeptChangesNothing() {
        read(60, LIST);
        assertThat(read(0, OTHER_LIST)).isEmpty();
        assertThat(text("list")).contains(LIST);
        assertThat(log.entries).hasSize(1);
    }

    @Test
    void aClockThatWasFarAheadDoesNotStopTheKeeping() {
        read(86_400, LIST);
        assertThat(read(0, OTHER_LIST)).hasValue(1);
    }

    @Test
    void anotherClassOfTheSameDefinitionIsKeptWithoutAnEntry() {
        var hinted = "{\"name\":\"zap\",\"annotations\":{\"readOnlyHint\":true}}";
        read(0, hinted);
        kept.keep(server, listing(60, true, hinted));
        assertThat(tool("zap").category()).isEqualTo(Category.READ);
        assertThat(log.entries).hasSize(1);
    }

    @Test
    void withoutItsEntryNothingIsKeptAndTheNextReadingFindsTheSame() {
        read(0, LIST);
        log.full = true;
        assertThatThrownBy(() -> read(60, OTHER_LIST)).isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(text("list")).contains(LIST);
        log.full = false;
        assertThat(read(120, OTHER_LIST)).hasValue(1);
    }

    @Test
    void aChangeThatSeveralNodesFindAtOnceIsOneEntry() {
        together(0, LIST);
        assertThat(log.entries).hasSize(1);
        together(60, OTHER_LIST);
        assertThat(log.entries).hasSize(2);
    }

    private void together(int seconds, String definition) {
        var nodes = IntStream.range(0, 4)
                .mapToObj(node ->
                        CompletableFuture.runAsync(() -> kept(log).keep(server, listing(seconds, definition))))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(nodes).join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "a\\ud800b", "caf\\u00e9 \\ud83d\\ude00"})
    void aToolIsKeptWhateverItsName(String name) {
        read(0, "{\"name\":\"" + name + "\"}");
        assertThat(names()).hasSize(1).first().asString().startsWith(name.substring(0, 1));
    }

    @Test
    void longNamesAreToldApart() {
        var name = "\u20ac".repeat(3_000);
        read(0, "{\"name\":\"" + name + "1\"}", "{\"name\":\"" + name + "2\"}");
        assertThat(names()).hasSize(2);
    }

    @Test
    void ofAToolThatChangesAllTheTimeTheNewestDefinitionsAreKept() {
        for (var i = 0; i < 25; i++) {
            read(i * QUIET, "{\"name\":\"list\",\"n\":" + i + "}");
        }
        assertThat(inventory.history(server, "list")).hasSize(21);
        assertThat(text("list").orElseThrow()).contains("24");
    }

    @Test
    void ofAVeryLongDefinitionTheHashIsKeptAndAChangeIsFound() {
        var filler = "x".repeat(Definition.LONGEST);
        var first = "{\"name\":\"list\",\"n\":1,\"x\":\"" + filler + "\"}";
        read(0, first);
        assertThat(text("list")).isEmpty();
        assertThat(tool("list").bytes()).isEqualTo(first.length());
        assertThat(tool("list").sha256()).isEqualTo(sha256(first, "list"));
        assertThat(read(60, first.replace("\"n\":1", "\"n\":2"))).hasValue(1);
        assertThat(inventory.history(server, "list"))
                .extracting(KeptDefinition::isKept)
                .containsExactly(false, false);
    }

    @Test
    void wordsAndHintsAreClippedAndStorable() {
        var words = "a\\u0000\\ud800" + "b".repeat(5_000);
        read(
                0,
                "{\"name\":\"list\",\"title\":\"%1$s\",\"description\":\"%1$s\",\"annotations\":{\"%2$s\":true}}"
                        .formatted(words, words.replace("\\ud800", "")));
        var text = tool("list").text();
        assertThat(text.title()).startsWith("a\ufffd\ufffdb").hasSizeLessThan(250);
        assertThat(text.description()).hasSizeBetween(2_000, 2_050).endsWith("… (5003 characters)");
        assertThat(text.annotations()).hasSize(1);
    }

    @Test
    void whatAServerHadTakesNoMoreThanItsShareOfTheDisk() {
        var filler = "x".repeat(250_000);
        for (var i = 0; i < 10; i++) {
            var tools = new String[10];
            for (var tool = 0; tool < tools.length; tool++) {
                tools[tool] = "{\"name\":\"t%d\",\"n\":%d,\"x\":\"%s\"}".formatted(tool, i, filler);
            }
            read(i * QUIET, tools);
        }
        var old = JdbcClient.create(pool)
                .sql("select sum(length(definition)) from tool_definition where server = ? and not newest")
                .param(server)
                .query(Long.class)
                .single();
        assertThat(old).isBetween(15L << 20, 16L << 20);
        assertThat(names()).hasSize(9);
    }

    @Test
    void toolsAreListedPageByPage() {
        var definitions = Stream.of("e", "a", "c", "b", "d")
                .map("{\"name\":\"%s\"}"::formatted)
                .toArray(String[]::new);
        read(0, definitions);
        var first = inventory.list(query(2, Optional.empty()));
        var second = inventory.list(query(2, first.nextCursor()));
        var third = inventory.list(query(2, second.nextCursor()));
        assertThat(Stream.of(first, second, third).flatMap(page -> page.items().stream()))
                .extracting(KeptTool::tool)
                .containsExactly("a", "b", "c", "d", "e");
        assertThat(third.nextCursor()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "YQ", "YQoAYg"})
    void aCursorOfNobodyIsRefused(String cursor) {
        assertThatThrownBy(() -> inventory.list(query(2, Optional.of(cursor))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toolsAreListedByRiskAndCategory() {
        read(0, LIST, PAY);
        assertThat(inventory
                        .list(new ToolQuery(
                                List.of(server), Optional.of(Risk.CRITICAL), Optional.empty(), 9, Optional.empty()))
                        .items())
                .extracting(KeptTool::tool)
                .containsExactly("pay");
        assertThat(inventory
                        .list(new ToolQuery(
                                List.of(server), Optional.empty(), Optional.of(Category.READ), 9, Optional.empty()))
                        .items())
                .extracting(KeptTool::tool)
                .containsExactly("list");
    }

    @Test
    void ofAServerNeverReadNothingIsKnown() {
        assertThat(inventory.reading(server))
                .isEqualTo(new ToolInventory.ServerReading(Optional.empty(), 0, Optional.empty(), Optional.empty()));
    }

    private ToolQuery query(int limit, Optional<String> cursor) {
        return new ToolQuery(List.of(server), Optional.empty(), Optional.empty(), limit, cursor);
    }

    private List<String> names() {
        return inventory.list(query(9, Optional.empty())).items().stream()
                .map(KeptTool::tool)
                .toList();
    }

    private OptionalInt read(int seconds, String... definitions) {
        return changes(kept.keep(server, listing(seconds, definitions)));
    }

    private static OptionalInt changes(Optional<KeptDefinitions.Kept> result) {
        return result.map(KeptDefinitions.Kept::changes).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private KeptTool tool(String name) {
        return inventory.find(server, name).orElseThrow();
    }

    private Optional<String> text(String name) {
        return inventory.definition(server, name, tool(name).sha256());
    }

    private DefinitionChanged lastChange() {
        return (DefinitionChanged) log.entries.get(log.entries.size() - 1);
    }

    private static String sha256(String definition, String tool) {
        return listing(0, definition).definition(tool).sha256();
    }

    private static Listing listing(int seconds, String... definitions) {
        return listing(seconds, false, definitions);
    }

    private static Listing listing(int seconds, boolean trusted, String... definitions) {
        return Listing.of(
                Arrays.stream(definitions).map(KeptDefinitionsTests::listed).toList(),
                trusted,
                NOON.plusSeconds(seconds));
    }

    private static ListedTool listed(String definition) {
        var name = JsonMapper.shared().readTree(definition).get("name").asString();
        return ListedTool.of(name, definition.getBytes(StandardCharsets.UTF_8));
    }

    /** A log that remembers, and takes nothing while its disk is full. */
    private static final class Log implements AuditLog {

        private final List<AuditEntry> entries = new CopyOnWriteArrayList<>();
        private volatile boolean full;

        @Override
        public void append(List<? extends AuditEntry> some) {
            if (full) {
                throw new DataAccessResourceFailureException("the disk is full");
            }
            entries.addAll(some);
        }

        @Override
        public AuditPage read(AuditQuery query) {
            throw new UnsupportedOperationException("nobody reads it here");
        }
    }
}
