package io.holdpoint.workflow.audit;

import static io.holdpoint.workflow.audit.Calls.APPROVAL;
import static io.holdpoint.workflow.audit.Calls.DIGEST;
import static io.holdpoint.workflow.audit.Calls.aCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdpoint.workflow.database.TestDatabases;
import io.holdpoint.workflow.database.TestDatabases.TestDatabase;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource
class JdbcAuditLogTests {

    private static final JsonMapper JACKSON = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Actor BO = Actor.person(new PersonId("bo"), "slack", Assurance.SLACK);

    @Parameter
    private TestDatabases kind;

    private final HandClock clock = new HandClock();
    private final Vault vault = new Vault(new byte[Vault.KEY_BYTES]);
    private TestDatabase database;
    private JdbcAuditLog log;

    @BeforeEach
    void open() {
        database = kind.fresh();
        log = new JdbcAuditLog(database.dataSource(), vault, clock);
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void anEntryStandsInTheLogOnceItsTransactionCommits() {
        append(new AuditEntry.CallAllowed(aCall("call_1")));
        assertThat(subjects(everything())).containsExactly("call_1");
    }

    @Test
    void eachEntryIsMarkedWhileOwnersApproveTheirOwnCalls() {
        var alone = new AtomicBoolean(true);
        log = new JdbcAuditLog(database.dataSource(), vault, clock, alone::get);
        append(new AuditEntry.CallAllowed(aCall("call_1")));
        append(aHeldCall(new byte[] {'{', '}'}));
        alone.set(false);
        append(new AuditEntry.CallAllowed(aCall("call_3")));
        var newestFirst = log.read(everything()).entries();
        assertThat(newestFirst)
                .extracting(
                        entry -> JACKSON.readTree(entry).at("/data/allowOwner").asBoolean(false))
                .containsExactly(false, true, true);
    }

    @Test
    void anEntryGoesWithItsTransaction() {
        new TransactionTemplate(database.transactionManager()).executeWithoutResult(status -> {
            log.append(new AuditEntry.CallAllowed(aCall("call_1")));
            status.setRollbackOnly();
        });
        assertThat(log.read(everything()).entries()).isEmpty();
    }

    @Test
    void withoutATransactionNothingIsAppended() {
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() -> log.append(new AuditEntry.CallAllowed(aCall("call_1"))))
                .withMessageContaining("in the transaction of what it records");
        assertThat(log.read(everything()).entries()).isEmpty();
    }

    @Test
    void aTransactionOnAnotherDatabaseDoesNotCount() throws IOException {
        try (var other = TestDatabases.H2.fresh()) {
            assertThatExceptionOfType(IllegalTransactionStateException.class)
                    .isThrownBy(
                            () -> other.inTransaction(() -> log.append(new AuditEntry.CallAllowed(aCall("call_1")))));
        }
        assertThat(log.read(everything()).entries()).isEmpty();
    }

    @Test
    void fourThreadsLoseNoEntryAndShareNoNumber() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        var work =
                IntStream.range(0, 4).mapToObj(this::twentyFiveBatchesOfFifty).toList();
        for (var done : threads.invokeAll(work)) {
            done.get();
        }
        threads.shutdown();
        var numbers = new HashSet<Long>();
        var calls = new HashSet<String>();
        for (var entry : all()) {
            numbers.add(entry.get("entry").asLong());
            calls.add(entry.get("subject").asString());
        }
        assertThat(numbers).hasSize(5_000);
        assertThat(calls).hasSize(5_000);
    }

    private Callable<Void> twentyFiveBatchesOfFifty(int thread) {
        return () -> {
            for (var batch = 0; batch < 25; batch++) {
                var start = "call_%d_%d_".formatted(thread, batch);
                append(IntStream.range(0, 50)
                        .mapToObj(i -> new AuditEntry.CallAllowed(aCall(start + i)))
                        .toArray(AuditEntry[]::new));
            }
            return null;
        };
    }

    @Test
    void anEntryReadsAsItsStoredBodyWithItsNumberBeforeIt() {
        append(new AuditEntry.CallAllowed(aCall("call_1")));
        var stored = database.jdbc().queryForMap("select id, body from audit_entry");
        var body = new String((byte[]) stored.get("body"), StandardCharsets.UTF_8);
        assertThat(log.read(everything()).entries())
                .containsExactly("{\"entry\":" + stored.get("id") + "," + body.substring(1));
    }

    @Test
    void pagesGoFromTheNewestEntryToTheOldest() {
        for (var i = 1; i <= 5; i++) {
            append(new AuditEntry.CallAllowed(aCall("call_" + i)));
        }
        var first = log.read(query().limit(2).build());
        var second = log.read(
                query().limit(2).cursor(first.nextCursor().orElseThrow()).build());
        var third = log.read(
                query().limit(2).cursor(second.nextCursor().orElseThrow()).build());
        assertThat(subjects(first, second, third)).containsExactly("call_5", "call_4", "call_3", "call_2", "call_1");
        assertThat(third.nextCursor()).isEmpty();
    }

    @Test
    void entriesOfSeveralConnectionsReadInTheOrderTheyWereAppended() {
        var another = new TransactionTemplate(database.transactionManager());
        another.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        database.inTransaction(() -> {
            log.append(new AuditEntry.CallAllowed(aCall("call_1")));
            another.executeWithoutResult(status -> log.append(new AuditEntry.CallAllowed(aCall("call_2"))));
            log.append(new AuditEntry.CallAllowed(aCall("call_3")));
        });
        assertThat(subjects(everything())).containsExactly("call_3", "call_2", "call_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "x", "1 or 1=1", "99999999999999999999"})
    void anUnknownCursorIsRefused(String cursor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log.read(query().cursor(cursor).build()))
                .withMessageContaining("nextCursor");
    }

    @ParameterizedTest
    @CsvSource({
        "subject, call_1,          call_1",
        "type,    review.recorded, " + APPROVAL,
        "server,  imaging,         " + APPROVAL + " call_1",
        "tool,    delete_study,    " + APPROVAL,
        "grant,   radiology-agent, " + APPROVAL + " call_1",
        "actor,   bo,              " + APPROVAL,
        "outcome, allowed,         call_1",
        "outcome, allowed' or 1=1, ''",
    })
    void aFilterLetsOnlyItsOwnThrough(String filter, String value, String found) {
        append(new AuditEntry.CallAllowed(aCall("call_1")));
        append(aReview("looks fine"));
        append(new AuditEntry.MessageRefused("other", Optional.empty(), -32700, "not JSON", 1));
        var page = log.read(query().with(filter, value).build());
        assertThat(String.join(" ", subjects(page))).isEqualTo(found);
    }

    @Test
    void sinceIncludesItsMomentAndUntilDoesNot() {
        for (var i = 0; i < 4; i++) {
            append(new AuditEntry.CallAllowed(aCall("call_" + i)));
            clock.now = clock.now.plus(Duration.ofMinutes(1));
        }
        var page = log.read(
                query().since(NOON.plusSeconds(60)).until(NOON.plusSeconds(180)).build());
        assertThat(subjects(page)).containsExactly("call_2", "call_1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u0000\u0001\n\r\u001f", "\"\\", "\u2028", "lone \ud800", "\udfff lone", "😀", "'; drop table x"
            })
    void aHostileToolNameReadsBackEqualAndIsFound(String tool) {
        append(new AuditEntry.CallAllowed(aCall("call_1", tool)));
        var page = log.read(query().with("tool", tool).build());
        assertThat(JACKSON.readTree(page.entries().get(0)).get("tool").asString())
                .isEqualTo(tool);
    }

    @Test
    void aToolNameOfAMegabyteDoesNotKeepTheEntryOut() {
        append(new AuditEntry.CallAllowed(aCall("call_1", "é".repeat(1_000_000))));
        assertThat(subjects(everything())).containsExactly("call_1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 3 * 1024 * 1024})
    void aCommitmentVerifiesAgainstTheStoredSaltAndValue(int length) throws Exception {
        var arguments = new byte[length];
        Arrays.fill(arguments, (byte) 'x');
        append(aHeldCall(arguments));
        var commitment = JACKSON.readTree(log.read(everything()).entries().get(0))
                .at("/commitments/arguments")
                .asString();
        var stored = payload(Base64.getDecoder().decode(commitment));
        assertThat(stored.value()).isEqualTo(arguments);
        var sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(stored.salt());
        assertThat(sha256.digest(stored.value())).isEqualTo(Base64.getDecoder().decode(commitment));
    }

    @Test
    void aRolledBackEntryLeavesNoValue() {
        new TransactionTemplate(database.transactionManager()).executeWithoutResult(status -> {
            log.append(aReview("because"));
            status.setRollbackOnly();
        });
        assertThat(database.jdbc().queryForObject("select count(*) from audit_payload", Long.class))
                .isZero();
    }

    @Test
    void noSecretStandsInTheClear() {
        var secret = "Jane Doe 1970-01-01";
        append(
                aHeldCall(secret.getBytes(StandardCharsets.UTF_8)),
                aReview(secret),
                new AuditEntry.CallRefused(aCall("call_1"), "limit", secret),
                new AuditEntry.MessageRefused("imaging", Optional.empty(), -32600, secret, 1),
                new AuditEntry.OutcomeReached(aCall("c"), APPROVAL, DIGEST, BO, "cancelled", Optional.of(secret)),
                new AuditEntry.ExecutionFinished(
                        aCall("c"),
                        APPROVAL,
                        DIGEST,
                        "succeeded",
                        Optional.empty(),
                        Optional.of(secret.getBytes(StandardCharsets.UTF_8))),
                new AuditEntry.ExecutionSettled(aCall("c"), APPROVAL, BO, false, secret));
        assertThat(dump("audit_payload")).hasSize(7);
        assertThat(dump("audit_entry")).hasSize(7).noneMatch(row -> row.contains(secret));
        assertThat(dump("audit_payload")).noneMatch(row -> row.contains(secret));
    }

    private List<String> dump(String table) {
        return database.jdbc().query("select * from " + table, (row, index) -> {
            var text = new StringBuilder();
            for (var column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                var value = row.getObject(column);
                text.append(value instanceof byte[] b ? new String(b, StandardCharsets.ISO_8859_1) : value)
                        .append(' ');
            }
            return text.toString();
        });
    }

    private record Payload(byte[] salt, byte[] value) {}

    private Payload payload(byte[] commitment) {
        var row =
                database.jdbc().queryForMap("select salt, sealed from audit_payload where commitment = ?", commitment);
        var value = vault.open(Commitment.purpose("arguments", commitment), (byte[]) row.get("sealed"));
        return new Payload((byte[]) row.get("salt"), value);
    }

    private void append(AuditEntry... entries) {
        database.inTransaction(() -> log.append(List.of(entries)));
    }

    private List<JsonNode> all() {
        var entries = new ArrayList<JsonNode>();
        var query = query();
        Optional<String> cursor;
        do {
            var page = log.read(query.build());
            page.entries().forEach(entry -> entries.add(JACKSON.readTree(entry)));
            cursor = page.nextCursor();
            cursor.ifPresent(query::cursor);
        } while (cursor.isPresent());
        return entries;
    }

    @Test
    void theHistoryShowsEachDecisionAndTheArgumentsThatAreKept() {
        append(new AuditEntry.CallAllowed(aCall("call_1")));
        append(aHeldCall("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
        append(aReview("fine"));
        append(new AuditEntry.CallAttached(aCall("call_3"), APPROVAL));
        append(new AuditEntry.CallRefused(aCall("call_4"), "limit", "no"));
        append(new AuditEntry.CallRefused(aCall("call_5"), "deny", "no"));
        assertThat(history(NOON, NOON.plusSeconds(1)))
                .extracting(call -> call.id() + " " + call.decision()
                        + call.arguments()
                                .map(bytes -> " " + new String(bytes, StandardCharsets.UTF_8))
                                .orElse(""))
                .containsExactly("call_1 allow", "call_2 hold {\"a\":1}", "call_4 limit", "call_5 deny");
    }

    @Test
    void erasedArgumentsAreNotInTheHistory() {
        append(aHeldCall(new byte[] {'{', '}'}));
        new JdbcTemplate(database.dataSource()).update("delete from audit_payload");
        assertThat(history(NOON, NOON.plusSeconds(1)))
                .singleElement()
                .satisfies(call -> assertThat(call.arguments()).isEmpty());
    }

    @Test
    void theHistoryGoesOnOverPagesWithinItsSpan() {
        for (var hour = 0; hour < 4; hour++) {
            var start = hour * 400;
            append(IntStream.range(0, 400)
                    .mapToObj(i -> new AuditEntry.CallAllowed(aCall("call_" + (start + i))))
                    .toArray(AuditEntry[]::new));
            clock.now = clock.now.plus(Duration.ofHours(1));
        }
        assertThat(history(NOON.plus(Duration.ofHours(1)), NOON.plus(Duration.ofHours(3))))
                .hasSize(800)
                .extracting(PastCall::id)
                .startsWith("call_400")
                .endsWith("call_1199");
    }

    @Test
    void whereNothingIsWantedTheHistoryAsksWhetherToGoOn() {
        append(new AuditEntry.CallAllowed(aCall("call_1")));
        new JdbcTemplate(database.dataSource()).execute("alter table audit_entry alter column id restart with 100000");
        append(new AuditEntry.CallAllowed(aCall("call_2")));
        var asked = new AtomicInteger();
        var nobodys = new CallHistory.Span(NOON, NOON.plusSeconds(1), Optional.of("nobody"), Optional.empty());
        new JdbcCallHistory(database.dataSource(), vault).forEach(nobodys, new CallHistory.Reader() {
            @Override
            public boolean take(PastCall call) {
                return true;
            }

            @Override
            public boolean goesOn() {
                return asked.incrementAndGet() < 3;
            }
        });
        assertThat(asked).hasValue(3);
    }

    private List<PastCall> history(Instant since, Instant until) {
        var calls = new ArrayList<PastCall>();
        new JdbcCallHistory(database.dataSource(), vault)
                .forEach(
                        new CallHistory.Span(since, until, Optional.of("radiology-agent"), Optional.of("imaging")),
                        calls::add);
        return calls;
    }

    private List<String> subjects(AuditQuery query) {
        return subjects(log.read(query));
    }

    private static List<String> subjects(AuditPage... pages) {
        return Arrays.stream(pages)
                .flatMap(page -> page.entries().stream())
                .map(entry -> JACKSON.readTree(entry).get("subject").asString())
                .toList();
    }

    private static AuditEntry aReview(String reason) {
        return new AuditEntry.ReviewRecorded(
                aCall("call_2", "delete_study"), APPROVAL, DIGEST, BO, "approve", Optional.of(reason));
    }

    private static AuditEntry aHeldCall(byte[] arguments) {
        return new AuditEntry.CallHeld(
                aCall("call_2"), APPROVAL, DIGEST, "one", List.of(new PersonId("bo")), NOON.plusSeconds(60), arguments);
    }

    private static AuditQuery everything() {
        return query().build();
    }

    private static QueryBuilder query() {
        return new QueryBuilder();
    }

    /** A query, filter by filter. */
    private static final class QueryBuilder {

        private final Map<String, String> filters = new HashMap<>();
        private Optional<Instant> since = Optional.empty();
        private Optional<Instant> until = Optional.empty();
        private int limit = AuditQuery.MAX_LIMIT;

        QueryBuilder with(String filter, String value) {
            filters.put(filter, value);
            return this;
        }

        QueryBuilder cursor(String cursor) {
            return with("cursor", cursor);
        }

        QueryBuilder since(Instant time) {
            since = Optional.of(time);
            return this;
        }

        QueryBuilder until(Instant time) {
            until = Optional.of(time);
            return this;
        }

        QueryBuilder limit(int count) {
            limit = count;
            return this;
        }

        AuditQuery build() {
            return new AuditQuery(
                    filter("subject"),
                    filter("type"),
                    filter("server"),
                    filter("tool"),
                    filter("grant"),
                    filter("actor"),
                    filter("outcome"),
                    since,
                    until,
                    limit,
                    filter("cursor"));
        }

        private Optional<String> filter(String name) {
            return Optional.ofNullable(filters.get(name));
        }
    }

    /** A clock moved by hand. */
    private static final class HandClock extends Clock {

        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
