package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.ANA;
import static io.holdpoint.workflow.approval.ApprovalRoom.BO;
import static io.holdpoint.workflow.approval.ApprovalRoom.reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.workflow.database.TestDatabases;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.OptimisticLockingFailureException;

/** Should the row's lock ever not keep somebody out, the statement itself does. */
@ParameterizedClass
@EnumSource
class RowGuardTests {

    private final ApprovalRoom room;

    RowGuardTests(TestDatabases database) {
        room = ApprovalRoom.on(database);
    }

    @Test
    void aDecidedApprovalIsDecidedByNoStatementAgain() {
        var rejected = rejected();
        for (var outcome : Outcome.values()) {
            refuses(rejected, rows -> decide(rows, rejected, outcome));
        }
    }

    @Test
    void anApprovedOneIsNeitherApprovedNorRejectedAgain() {
        var approved = room.approved();
        Stream.of(Outcome.APPROVED, Outcome.REJECTED)
                .forEach(outcome -> refuses(approved, rows -> decide(rows, approved, outcome)));
    }

    @Test
    void whatIsNotApprovedIsMadeRunningByNoStatement() {
        var pending = room.open();
        refuses(pending, rows -> rows.running(pending.id(), "node-1", room.clock.instant()));
    }

    @Test
    void whatDoesNotRunIsMadeApprovedByNoStatement() {
        var rejected = rejected();
        refuses(rejected, rows -> rows.notRunning(rejected.id(), "refused"));
    }

    @Test
    void whatDoesNotRunIsFinishedByNoStatement() {
        var approved = room.approved();
        var now = room.clock.instant();
        refuses(approved, rows -> rows.finished(approved.id(), ApprovalState.SUCCEEDED, Optional.empty(), now, now));
    }

    @Test
    void whatIsNotUnknownIsSettledByNoStatement() {
        var rejected = rejected();
        refuses(rejected, rows -> rows.settled(rejected.id(), new Settlement(BO, room.clock.instant(), true, "seen")));
    }

    private void refuses(Approval approval, Consumer<ApprovalRows> change) {
        assertThatThrownBy(() -> change.accept(room.rows()))
                .isInstanceOf(OptimisticLockingFailureException.class)
                .hasMessageContaining(approval.id().value());
        assertThat(room.now(approval)).isEqualTo(approval);
    }

    private void decide(ApprovalRows rows, Approval approval, Outcome outcome) {
        rows.decide(approval.id(), outcome, room.clock.instant(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Approval rejected() {
        return room.approvals().review(room.open().id(), reject(ANA, "no"));
    }
}
