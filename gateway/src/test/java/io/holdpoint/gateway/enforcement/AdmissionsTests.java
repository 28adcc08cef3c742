package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willDoNothing;
import static org.mockito.Mockito.mock;

import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.gateway.limit.Reserved;
import io.holdpoint.gateway.policy.Charge;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.RuleId;
import io.holdpoint.gateway.policy.Scope;
import io.holdpoint.gateway.policy.Window;
import io.holdpoint.workflow.audit.AuditLog;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Batches of calls whose store fails. */
class AdmissionsTests {

    private static final RuleId RULE = new RuleId("/tools/x");
    private static final List<Charge> NONE = List.of();

    private volatile Grants grants = new Grants(List.of(OneCall.GRANT));
    private final JdbcTemplate jdbc = mock(JdbcTemplate.class);
    private final AuditLog audit = mock(AuditLog.class);
    private final PlatformTransactionManager transactions = mock(PlatformTransactionManager.class);
    private final Admissions admissions = new Admissions(
            new Limits(jdbc),
            audit,
            new TransactionTemplate(transactions),
            new Renewal(() -> grants, Clock.systemUTC()),
            Clock.systemUTC());
    private final List<OneCall> calls = new ArrayList<>();

    @AfterEach
    void close() {
        calls.forEach(OneCall::close);
    }

    @Test
    void anErrorRefusesItsBatchAndTheNextIsAdmitted() throws InterruptedException {
        var thrown = new CountDownLatch(1);
        willAnswer(unused -> {
                    thrown.countDown();
                    throw new OutOfMemoryError("not a real one");
                })
                .willDoNothing()
                .given(audit)
                .append(anyList());
        admissions.start();
        var first = admit(NONE);
        assertThat(thrown.await(10, TimeUnit.SECONDS)).isTrue();
        var second = admit(NONE);
        stop();
        assertThat(List.of(first, second)).containsExactly(List.of("not recorded"), List.of("allow"));
    }

    @Test
    void aCounterThatStaysLockedRefusesOnlyCallsThatCount() throws InterruptedException {
        counters().willThrow(new CannotAcquireLockException("locked"));
        var told = inOneBatch(List.of(charge()), NONE);
        assertThat(told).containsExactly(List.of("not recorded"), List.of("allow"));
    }

    @Test
    void callsThatCountNothingGoOnBeforeALockedCounterIsTriedAgain() throws InterruptedException {
        var steps = new ArrayList<String>();
        willAnswer(unused -> steps.add("written")).given(audit).append(anyList());
        counters().willAnswer(unused -> locked(steps));
        inOneBatch(List.of(charge()), NONE);
        assertThat(steps).containsExactly("written", "locked", "written", "locked", "locked");
    }

    @Test
    void aLockedCounterIsNotTriedForEachOfTheCallsThatAreSettledSingly() throws InterruptedException {
        var steps = new ArrayList<String>();
        willDoNothing()
                .willThrow(new DataIntegrityViolationException("one of them"))
                .given(audit)
                .append(anyList());
        counters().willReturn(List.of(BigDecimal.ZERO)).willAnswer(unused -> locked(steps));
        inOneBatch(List.of(charge()), List.of(charge()), List.of(charge()));
        assertThat(steps).containsExactly("locked", "locked", "locked");
    }

    @Test
    void aCallWhoseGrantIsGoneWhenItsTurnComesIsDenied() {
        admissions.start();
        grants = new Grants(List.of());
        var told = admit(NONE);
        stop();
        assertThat(told).containsExactly("deny");
    }

    @Test
    void aCallWhosePolicyChangedMeanwhileIsDenied() {
        admissions.start();
        grants = new Grants(List.of(OneCall.grantWith(OneCall.access("{\"version\":\"1\",\"default\":\"deny\"}"))));
        var told = admit(NONE);
        stop();
        assertThat(told).containsExactly("deny");
    }

    private BDDMockito.BDDMyOngoingStubbing<List<BigDecimal>> counters() {
        return given(jdbc.queryForList(anyString(), eq(BigDecimal.class), any(Object[].class)));
    }

    private static List<BigDecimal> locked(List<String> steps) {
        steps.add("locked");
        throw new CannotAcquireLockException("locked");
    }

    /** Calls that arrive while the worker is busy with another. */
    @SafeVarargs
    private List<List<String>> inOneBatch(List<Charge>... charges) throws InterruptedException {
        var busy = new CountDownLatch(1);
        var arrived = new CountDownLatch(1);
        given(transactions.getTransaction(any()))
                .willAnswer(unused -> {
                    busy.countDown();
                    arrived.await(10, TimeUnit.SECONDS);
                    return new SimpleTransactionStatus();
                })
                .willReturn(new SimpleTransactionStatus());
        admissions.start();
        admit(NONE);
        assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
        var told = Stream.of(charges).map(this::admit).toList();
        arrived.countDown();
        stop();
        return told;
    }

    private static Charge charge() {
        return new Charge(RULE, "x", new Day(), BigDecimal.TEN, Scope.GRANT, BigDecimal.ONE, "used up");
    }

    private record Day() implements Window {
        @Override
        public Instant startOf(Instant at) {
            return at.truncatedTo(ChronoUnit.DAYS);
        }

        @Override
        public Instant endOf(Instant at) {
            return startOf(at).plus(1, ChronoUnit.DAYS);
        }

        @Override
        public String label() {
            return "day";
        }
    }

    private List<String> admit(List<Charge> charges) {
        var call = new OneCall("x");
        calls.add(call);
        var told = new ArrayList<String>();
        var judgement = new Decision.Judgement(charges, new Decision.Allow(RULE));
        admissions.admit(call.call(), judgement, new Admissions.Next() {
            @Override
            public void go(Decision decision, List<Reserved> reserved) {
                told.add(decision.word());
            }

            @Override
            public void notRecorded() {
                told.add("not recorded");
            }
        });
        return told;
    }

    /** Ends the worker, so that its work is seen here, and does what it left to the event loops. */
    private void stop() {
        admissions.stop();
        calls.forEach(OneCall::sent);
    }
}
