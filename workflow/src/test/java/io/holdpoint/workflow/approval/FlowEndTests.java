package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.ANA;
import static io.holdpoint.workflow.approval.ApprovalRoom.approve;
import static io.holdpoint.workflow.approval.ApprovalRoom.reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.database.TestDatabases;
import io.holdpoint.workflow.people.Assurance;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class FlowEndTests {

    private static final Actor OPERATOR = Actor.person(ApprovalRoom.OPERATOR, "console", Assurance.LOGIN);

    private final ApprovalRoom room;

    FlowEndTests(TestDatabases database) {
        room = ApprovalRoom.on(database);
    }

    @Test
    void whatNobodyAnswersExpiresByTheFlowsTimer() {
        var approval = room.open();
        room.clock.forward(Duration.ofHours(1).plusSeconds(1));
        await(() ->
                !room.audit.of(approval.id(), AuditEntry.OutcomeReached.class).isEmpty());
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.EXPIRED);
        assertThat(room.audit.of(approval.id(), AuditEntry.OutcomeReached.class))
                .extracting(AuditEntry.OutcomeReached::outcome)
                .containsExactly("expired");
    }

    @Test
    void aReviewAfterTheExpiryIsToldSo() {
        var approval = room.open();
        room.clock.forward(Duration.ofHours(2));
        await(() -> room.now(approval).state() == ApprovalState.EXPIRED);
        assertThatThrownBy(() -> room.approvals().review(approval.id(), approve(ANA)))
                .isInstanceOf(ReviewRefused.AlreadyResolved.class)
                .hasMessageMatching("This expired at \\d\\d:\\d\\d:\\d\\d UTC\\.");
    }

    @Test
    void atHalfTimeTheyAreRemindedAndCanStillDecide() {
        var approval = room.open();
        room.clock.forward(Duration.ofMinutes(31));
        await(() -> room.messages.contains(new FlowMessage(approval.id(), FlowMessage.Kind.REMIND, "reminder")));
        var decided = room.approvals().review(approval.id(), approve(ANA));
        assertThat(decided.state()).isEqualTo(ApprovalState.APPROVED);
    }

    @Test
    void aCancelledOneIsOverWithItsFlow() {
        var approval = room.open();
        var cancelled = room.approvals().cancel(approval.id(), OPERATOR, "maintenance");
        assertThat(cancelled.state()).isEqualTo(ApprovalState.CANCELLED);
        assertThat(cancelled.decidedBy()).contains(ApprovalRoom.OPERATOR);
        assertThat(count("ACT_RU_EXECUTION where BUSINESS_KEY_ = '%s'".formatted(approval.id())))
                .isZero();
        assertThat(count("review_task where approval_id = '%s'".formatted(approval.id())))
                .isZero();
    }

    @Test
    void aReviewAfterTheAgentsCancellationIsToldSo() {
        var approval = room.open();
        room.approvals().cancel(approval.id(), Actor.agent("radiology-agent"), "");
        assertThatThrownBy(() -> room.approvals().review(approval.id(), approve(ANA)))
                .isInstanceOf(ReviewRefused.AlreadyResolved.class)
                .hasMessageStartingWith("The agent cancelled this at");
    }

    @Test
    void whatIsDecidedIsNotCancelled() {
        var approval = room.open();
        room.approvals().review(approval.id(), reject(ANA, "no"));
        assertThatThrownBy(() -> room.approvals().cancel(approval.id(), OPERATOR, "maintenance"))
                .isInstanceOf(ReviewRefused.AlreadyResolved.class)
                .hasMessageContaining("Ana Ruiz rejected");
    }

    @Test
    void anApprovedOneThatHasNotRunCanBeCancelled() {
        var approval = room.approved();
        room.approvals().cancel(approval.id(), OPERATOR, "maintenance");
        assertThat(room.executions().begin(approval.id(), "node-1")).isEmpty();
    }

    @Test
    void aFlowThatDoesNotEndInTimeIsEndedWithoutIt() {
        var approval = room.open();
        room.jdbc()
                .update(
                        "update approval set expires_at = requested_at where id = ?",
                        approval.id().value());
        room.executions().expireUnused(room.clock.instant().plusSeconds(61));
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.EXPIRED);
    }

    /** Waits for the engine's own thread. */
    private static void await(BooleanSupplier condition) {
        var deadline = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("the engine's timer is late").isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private int count(String from) {
        return room.jdbc().queryForObject("select count(*) from " + from, Integer.class);
    }
}
