package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.ANA;
import static io.holdpoint.workflow.approval.ApprovalRoom.BO;
import static io.holdpoint.workflow.approval.ApprovalRoom.approve;
import static io.holdpoint.workflow.approval.ApprovalRoom.request;
import static io.holdpoint.workflow.approval.ApprovalRoom.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.approval.Executions.Finish;
import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.database.TestDatabases;
import io.holdpoint.workflow.people.Assurance;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a new approval knows of equal calls before it (spec 04, Attaching). */
@ParameterizedClass
@EnumSource
class EqualCallTests {

    private final ApprovalRoom room;
    private final String sameness = UUID.randomUUID().toString();

    EqualCallTests(TestDatabases database) {
        room = ApprovalRoom.on(database);
    }

    @Test
    void aDeliveredEqualCallIsFoundWithHowItEnded() {
        var earlier = ran(ApprovalState.SUCCEEDED);
        var found = room.approvals().equalThatRan(open()).orElseThrow();
        assertThat(found.id()).isEqualTo(earlier);
        assertThat(found.execution().orElseThrow().state()).isEqualTo(ApprovalState.SUCCEEDED);
    }

    @Test
    void anEqualCallWhoseResultWasKeptLongEnoughIsFound() {
        var earlier = ranUndelivered(ApprovalState.FAILED);
        room.clock.forward(Duration.ofHours(1));
        assertThat(room.approvals().equalThatRan(open())).map(Approval::id).contains(earlier);
    }

    @Test
    void ofSeveralTheOneThatRanLastIsFound() {
        ran(ApprovalState.SUCCEEDED);
        room.clock.forward(Duration.ofSeconds(1));
        var last = ran(ApprovalState.FAILED);
        assertThat(room.approvals().equalThatRan(open())).map(Approval::id).contains(last);
    }

    @Test
    void anEqualCallThatNeverRanDoesNotCount() {
        var rejected = open();
        room.approvals().review(rejected, ApprovalRoom.reject(ANA, "no"));
        assertThat(room.approvals().equalThatRan(open())).isEmpty();
    }

    @Test
    void anotherCallDoesNotCount() {
        ran(ApprovalState.SUCCEEDED);
        var other = room.open(request(terms(), sameness + " but for this")).id();
        assertThat(room.approvals().equalThatRan(other)).isEmpty();
    }

    @Test
    void oneThatRanIsNotItsOwnEqual() {
        assertThat(room.approvals().equalThatRan(ran(ApprovalState.SUCCEEDED))).isEmpty();
    }

    @Test
    void anUnsettledUnknownIsToldEvenIfAnotherRanSince() {
        var unknown = ran(ApprovalState.UNKNOWN);
        room.clock.forward(Duration.ofSeconds(1));
        ran(ApprovalState.SUCCEEDED);
        assertThat(room.approvals().unsettledEquals(open()))
                .extracting(Approval::id)
                .containsExactly(unknown);
    }

    @Test
    void aSettledUnknownIsNotToldAsUnsettled() {
        var unknown = ran(ApprovalState.UNKNOWN);
        room.approvals().settle(unknown, Actor.person(BO, "console", Assurance.LOGIN), false, "not there");
        assertThat(room.approvals().unsettledEquals(open())).isEmpty();
    }

    private ApprovalId open() {
        return room.open(request(terms(), sameness)).id();
    }

    private ApprovalId ran(ApprovalState end) {
        var id = ranUndelivered(end);
        room.executions().delivered(id);
        return id;
    }

    private ApprovalId ranUndelivered(ApprovalState end) {
        var id = room.approvals().review(open(), approve(ANA)).id();
        assertThat(room.executions().begin(id, "node-1")).isPresent();
        room.executions().finish(id, new Finish(end, Optional.empty(), Optional.empty(), false));
        return id;
    }
}
