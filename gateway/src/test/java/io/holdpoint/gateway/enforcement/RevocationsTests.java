package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.workflow.approval.ApprovalId;
import io.holdpoint.workflow.approval.Executions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RevocationsTests {

    private static final Instant EXPIRES = Instant.parse("2026-01-01T10:00:00Z");
    private static final ApprovalId APPROVAL = new ApprovalId("apr_" + "0".repeat(26));
    private static final Grant GRANT = new Grant(
            OneCall.GRANT.id(),
            OneCall.GRANT.owner(),
            OneCall.GRANT.tokenSha256(),
            OneCall.GRANT.servers(),
            Optional.of(EXPIRES),
            Optional.empty(),
            OptionalInt.empty());

    private final AtomicReference<Instant> now = new AtomicReference<>(EXPIRES.minusSeconds(1));
    private final AtomicReference<Grants> grants = new AtomicReference<>(new Grants(List.of(GRANT)));
    private final Executions executions = mock();
    private final Clock clock = new HandClock();
    private final Revocations revocations = new Revocations(grants::get, executions, clock);

    private final class HandClock extends Clock {
        @Override
        public Instant instant() {
            return now.get();
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

    @Test
    void whatAGrantAskedForIsVoidOnceTheGrantIsOver() {
        given(executions.asked()).willReturn(List.of(asked()));
        revocations.look();
        then(executions).should(never()).voided(any(), any());
        now.set(EXPIRES);
        revocations.look();
        then(executions).should().voided(APPROVAL, Revocations.WHY);
    }

    @Test
    void whatIsAskedForInATransactionThatEndsAfterTheGrantIsVoidToo() {
        now.set(EXPIRES);
        revocations.look();
        now.set(EXPIRES.plusSeconds(1));
        revocations.look();
        given(executions.asked()).willReturn(List.of(asked()));
        now.set(EXPIRES.plus(Revocations.AFTERMATH.multipliedBy(2)));
        revocations.look();
        then(executions).should().voided(APPROVAL, Revocations.WHY);
    }

    @Test
    void approvalsAreNotLookedAtForEver() {
        revocations.look();
        now.set(now.get().plus(Revocations.AFTERMATH));
        grants.set(new Grants(List.of()));
        revocations.look();
        now.set(now.get().plus(Revocations.AFTERMATH));
        revocations.look();
        now.set(now.get().plusSeconds(1));
        revocations.look();
        then(executions).should(times(3)).asked();
    }

    @Test
    void aStreamOfAGrantThatIsTakenOutEnds() {
        assertThat(endedOnceThereAre()).containsExactly("ended");
    }

    @Test
    void aStreamOfAGrantThatIsReadAgainAndIsTheSameGoesOn() {
        assertThat(endedOnceThereAre(OneCall.grantWith(OneCall.access("{\"version\":\"1\",\"default\":\"deny\"}"))))
                .isEmpty();
    }

    @Test
    void aStreamThatEndedIsForgottenAtOnce() {
        try (var one = new OneCall("x")) {
            revocations.watch(request(one), () -> {});
            one.call().exchange().abort();
        }
        assertThat(revocations.watched()).isZero();
    }

    private List<String> endedOnceThereAre(Grant... others) {
        var ended = new ArrayList<String>();
        try (var one = new OneCall("x")) {
            revocations.watch(request(one), () -> ended.add("ended"));
            grants.set(new Grants(List.of(others)));
            revocations.look();
            one.sent();
        }
        return ended;
    }

    private static AgentRequest request(OneCall one) {
        var call = one.call();
        return new AgentRequest(call.exchange(), GRANT, call.access(), "", "", call.requestId());
    }

    private static Executions.Asked asked() {
        return new Executions.Asked(APPROVAL, "agent", "imaging", GRANT.state("imaging"));
    }
}
