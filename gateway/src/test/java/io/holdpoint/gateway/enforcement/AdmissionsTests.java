package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Batches of calls whose store fails. */
class AdmissionsTests {

    private static final RuleId RULE = new RuleId("/tools/x");
    private static final List<Charge> NONE = List.of();

    private volatile Grants grants = new Grants(List.of(OneCall.GRANT));
    private final JdbcTemplate jdbc = mock(JdbcTemplate.class);
    private final AuditLog audit = mock(AuditLog.class);
    private final Admissions admissions = new Admissions(
            new Limits(jdbc),
            audit,
            new TransactionTemplate(mock(PlatformTransactionManager.class)),
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
        var busy = new CountDownLatch(1);
        willAnswer(unused -> busy.await(10, TimeUnit.SECONDS))
                .willDoNothing()
                .given(audit)
                .append(anyList());
        given(jdbc.queryForList(anyString(), eq(BigDecimal.class), any(Object[].class)))
                .willThrow(new CannotAcquireLockException("locked"));
        admissions.start();
        admit(NONE);
        var counted = admit(List.of(charge()));
        var uncounted = admit(NONE);
        busy.countDown();
        stop();
        assertThat(List.of(counted, uncounted)).containsExactly(List.of("not recorded"), List.of("allow"));
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
