package io.holdpoint.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdpoint.gateway.GatewayDatabases;
import io.holdpoint.gateway.OnDatabase;
import io.holdpoint.gateway.policy.Charge;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.RuleId;
import io.holdpoint.gateway.policy.Scope;
import io.holdpoint.gateway.policy.Window;
import io.holdpoint.workflow.database.DatabaseUrl;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Each test counts under names of its own. */
@OnDatabase(GatewayDatabases.H2)
class LimitsTests {

    private static final Instant NOW = Instant.parse("2026-01-01T10:00:30Z");
    private static final Instant NEXT_MINUTE = NOW.plusSeconds(60);
    private static final Scopes ANA = new Scopes("ana", "imaging", "session-1");

    private static String url = "";
    private static HikariDataSource pool;

    private final String one = "one-" + UUID.randomUUID();
    private final String two = "two-" + UUID.randomUUID();

    @BeforeAll
    static void start(GatewayDatabases database, @TempDir Path directory) throws IOException {
        url = DatabaseUrl.safe(database.freshUrl(), directory);
        pool = connect();
        Flyway.configure()
                .dataSource(pool)
                .locations(
                        "classpath:db/migration",
                        "classpath:db/" + database.name().toLowerCase(Locale.ROOT))
                .load()
                .migrate();
    }

    private static HikariDataSource connect() {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        if (url.startsWith("jdbc:h2:")) {
            config.setUsername("sa");
        }
        return new HikariDataSource(config);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    private record Minute() implements Window {
        @Override
        public Instant startOf(Instant at) {
            return at.truncatedTo(ChronoUnit.MINUTES);
        }

        @Override
        public Instant endOf(Instant at) {
            return startOf(at).plusSeconds(60);
        }

        @Override
        public String label() {
            return "minute";
        }
    }

    @Test
    void upToTheMostIsReservedAndNothingMore() {
        assertThat(List.of(uses(ANA, limit(one, 2)), uses(ANA, limit(one, 2)), uses(ANA, limit(one, 2))))
                .containsExactly(true, true, false);
    }

    @Test
    void whatOneLimitRefusesIsChargedToNoOther() {
        uses(ANA, limit(two, 1));
        assertThat(uses(ANA, limit(one, 1), limit(two, 1))).isFalse();
        assertThat(uses(ANA, limit(one, 1))).isTrue();
    }

    @Test
    void callsOfOneBatchCountOneAfterTheOther() {
        var passed = new ArrayList<Boolean>();
        var charges = List.of(limit(one, 2));
        inTransaction(limits -> {
            var use = new Limits.Use(ANA, charges);
            var tally = limits.tally(NOW, List.of(use, use, use));
            for (var i = 0; i < 3; i++) {
                passed.add(tally.of(ANA).reserve(charges).isEmpty());
            }
            limits.save(tally);
        });
        assertThat(passed).containsExactly(true, true, false);
        assertThat(uses(ANA, limit(one, 2))).isFalse();
    }

    /** Whether two calls are counted together that differ in one thing. */
    @ParameterizedTest
    @CsvSource({
        "SESSION, session, false",
        "SESSION, grant, false",
        "SESSION, server, false",
        "GRANT, session, true",
        "GRANT, grant, false",
        "GRANT, server, false",
        "SERVER, session, true",
        "SERVER, grant, true",
        "SERVER, server, false",
        "GLOBAL, session, true",
        "GLOBAL, grant, true",
        "GLOBAL, server, true",
    })
    void aScopeCountsTogetherWhatItSays(Scope scope, String other, boolean together) {
        var charge = charge(one, scope, 1, BigDecimal.ONE);
        uses(ANA, charge);
        assertThat(uses(differingIn(other), charge)).isEqualTo(!together);
    }

    private static Scopes differingIn(String what) {
        return switch (what) {
            case "grant" -> new Scopes("bo", ANA.server(), ANA.session());
            case "server" -> new Scopes(ANA.grant(), "other", ANA.session());
            default -> new Scopes(ANA.grant(), ANA.server(), "session-2");
        };
    }

    @Test
    void aShadowCountsWithoutTouchingThePolicysCounters() {
        assertThat(List.of(uses(ANA.ofShadow(), limit(one, 1)), uses(ANA, limit(one, 1))))
                .containsExactly(true, true);
        assertThat(List.of(uses(ANA.ofShadow(), limit(one, 1)), uses(ANA, limit(one, 1))))
                .containsExactly(false, false);
    }

    @Test
    void sessionsOfAnyLengthAreToldApart() {
        var charge = charge(one, Scope.SESSION, 1, BigDecimal.ONE);
        var long1 = new Scopes("ana", "imaging", "x".repeat(5000) + "1");
        var long2 = new Scopes("ana", "imaging", "x".repeat(5000) + "2");
        assertThat(List.of(uses(long1, charge), uses(long2, charge), uses(long1, charge)))
                .containsExactly(true, true, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {'x', '\0'})
    void countersOfAnyNameAreToldApart(int letter) {
        var name = Character.toString(letter).repeat(700) + one;
        assertThat(List.of(uses(ANA, limit(name + 1, 1)), uses(ANA, limit(name + 2, 1)), uses(ANA, limit(name + 1, 1))))
                .containsExactly(true, true, false);
    }

    @Test
    void aUsedUpLimitSaysWhenItMayPass() {
        uses(ANA, limit(one, 1));
        assertThat(refusal(limit(one, 1)).retryAfter()).hasValue(Duration.ofSeconds(30));
    }

    private static Decision.Limit refusal(Charge charge) {
        var refusals = new ArrayList<Decision.Limit>();
        inTransaction(limits -> {
            var tally = limits.tally(NOW, List.of(new Limits.Use(ANA, List.of(charge))));
            refusals.add(tally.of(ANA).reserve(List.of(charge)).orElseThrow());
        });
        return refusals.get(0);
    }

    @Test
    void whatIsUsedStaysUsedAfterARestart() {
        uses(ANA, limit(one, 1));
        pool.close();
        pool = connect();
        assertThat(uses(ANA, limit(one, 1))).isFalse();
    }

    @Test
    void aTransactionThatFailsUsesNothing() {
        new TransactionTemplate(new JdbcTransactionManager(pool)).executeWithoutResult(status -> {
            reserve(new Limits(new JdbcTemplate(pool)), NOW, ANA, limit(one, 1));
            status.setRollbackOnly();
        });
        assertThat(uses(ANA, limit(one, 1))).isTrue();
    }

    @Test
    void aNewWindowBeginsWithNothingUsed() {
        uses(ANA, limit(one, 1));
        assertThat(reserve(NEXT_MINUTE, ANA, limit(one, 1))).hasSize(1);
    }

    @Test
    void whatIsGivenBackCanBeUsedAgain() {
        var amount = charge(one, Scope.GRANT, 10, new BigDecimal("7.5"));
        var reserved = reserve(NOW, ANA, amount);
        assertThat(uses(ANA, amount)).isFalse();
        inTransaction(limits -> limits.giveBack(reserved));
        assertThat(uses(ANA, amount)).isTrue();
    }

    @Test
    void givingBackLateLeavesTheNextWindowAlone() {
        var reserved = reserve(NOW, ANA, limit(one, 1));
        reserve(NEXT_MINUTE, ANA, limit(one, 1));
        inTransaction(limits -> limits.giveBack(reserved));
        assertThat(reserve(NEXT_MINUTE, ANA, limit(one, 1))).isEmpty();
    }

    @Test
    void whatAHeldCallReservedIsGivenBackOnce() {
        var reserved = reserve(NOW, ANA, limit(one, 2));
        uses(ANA, limit(one, 2));
        inTransaction(limits -> limits.keepFor(one, reserved));
        inTransaction(limits -> limits.giveBackFor(one));
        inTransaction(limits -> limits.giveBackFor(one));
        assertThat(List.of(uses(ANA, limit(one, 2)), uses(ANA, limit(one, 2)))).containsExactly(true, false);
    }

    @Test
    void whatAHeldCallUsedIsNotGivenBackAfterItRan() {
        var reserved = reserve(NOW, ANA, limit(one, 1));
        inTransaction(limits -> limits.keepFor(one, reserved));
        inTransaction(limits -> limits.forgetFor(one));
        inTransaction(limits -> limits.giveBackFor(one));
        assertThat(uses(ANA, limit(one, 1))).isFalse();
    }

    @Test
    void windowsAreForgottenADayAfterTheirEnd() {
        uses(ANA, limit(one, 1));
        var end = new Minute().endOf(NOW);
        inTransaction(limits -> limits.forgetOld(end.plus(1, ChronoUnit.DAYS)));
        assertThat(uses(ANA, limit(one, 1))).isFalse();
        inTransaction(limits -> limits.forgetOld(end.plus(1, ChronoUnit.DAYS).plusMillis(1)));
        assertThat(uses(ANA, limit(one, 1))).isTrue();
    }

    private static boolean uses(Scopes scopes, Charge... charges) {
        return !reserve(NOW, scopes, charges).isEmpty();
    }

    /** What was reserved; nothing if a limit is used up. */
    private static List<Reserved> reserve(Instant now, Scopes scopes, Charge... charges) {
        var reserved = new ArrayList<Reserved>();
        inTransaction(limits -> reserved.addAll(reserve(limits, now, scopes, charges)));
        return reserved;
    }

    private static List<Reserved> reserve(Limits limits, Instant now, Scopes scopes, Charge... charges) {
        var all = List.of(charges);
        var tally = limits.tally(now, List.of(new Limits.Use(scopes, all)));
        var counters = tally.of(scopes);
        counters.reserve(all);
        limits.save(tally);
        return counters.reserved();
    }

    private static void inTransaction(Consumer<Limits> work) {
        new TransactionTemplate(new JdbcTransactionManager(pool))
                .executeWithoutResult(status -> work.accept(new Limits(new JdbcTemplate(pool))));
    }

    private static Charge limit(String counter, int max) {
        return charge(counter, Scope.GRANT, max, BigDecimal.ONE);
    }

    private static Charge charge(String counter, Scope scope, int max, BigDecimal amount) {
        return new Charge(
                new RuleId("/limits/0"), counter, new Minute(), BigDecimal.valueOf(max), scope, amount, "used up");
    }
}
