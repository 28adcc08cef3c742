package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.ANA;
import static io.holdpoint.workflow.approval.ApprovalRoom.BO;
import static io.holdpoint.workflow.approval.ApprovalRoom.approve;
import static io.holdpoint.workflow.approval.ApprovalRoom.reject;
import static io.holdpoint.workflow.approval.ApprovalRoom.request;
import static io.holdpoint.workflow.approval.ApprovalRoom.reviewer;
import static io.holdpoint.workflow.approval.ApprovalRoom.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.workflow.approval.Executions.Finish;
import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.database.TestDatabases;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.PersonId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ExecutionTests {

    private static final String NODE = "node-1";
    private static final byte[] ANSWER = "{\"result\":{}}".getBytes(StandardCharsets.UTF_8);

    private final ApprovalRoom room;

    ExecutionTests(TestDatabases database) {
        room = ApprovalRoom.on(database);
    }

    @Test
    void theMessageThatRunsIsTheOneTheAgentSent() {
        var message = begin(room.approved()).orElseThrow();
        var sent = ApprovalRoom.message();
        assertThat(message.body()).isEqualTo(sent.body());
        assertThat(message.meta()).isEqualTo(sent.meta());
        assertThat(message.headers()).isEqualTo(sent.headers());
        assertThat(List.of(message.argumentsFrom(), message.argumentsTo()))
                .containsExactly(sent.argumentsFrom(), sent.argumentsTo());
    }

    @Test
    void ofManyWhoWantToRunItOneGetsTheMessage() {
        var approval = room.approved();
        var got = new AtomicInteger();
        Race.of(8, thread -> begin(approval).ifPresent(message -> got.incrementAndGet()));
        assertThat(got).hasValue(1);
        assertThat(room.audit.of(approval.id(), AuditEntry.ExecutionStarted.class))
                .hasSize(1);
    }

    @Test
    void whatIsNotApprovedDoesNotRun() {
        var pending = room.open();
        assertThat(begin(pending)).isEmpty();
        room.approvals().review(pending.id(), reject(ANA, "no"));
        assertThat(begin(pending)).isEmpty();
    }

    @Test
    void aRunningOneSaysSinceWhen() {
        var approval = room.approved();
        begin(approval);
        assertThat(room.now(approval).execution())
                .contains(
                        new Execution(ApprovalState.RUNNING, room.clock.instant(), Optional.empty(), Optional.empty()));
    }

    @Test
    void whatWasNotSentCanRunAgain() {
        var approval = room.approved();
        begin(approval);
        room.executions().nothingSent(approval.id(), "connection refused");
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.APPROVED);
        assertThat(begin(approval)).isPresent();
    }

    @Test
    void afterApprovedForIsOverItExpiresInsteadOfRunning() {
        var approval = room.approved();
        room.clock.forward(Duration.ofMinutes(15));
        assertThat(begin(approval)).isEmpty();
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.EXPIRED);
    }

    @Test
    void unusedOnesExpireByThemselves() {
        var approval = room.approved();
        room.executions().expireUnused(room.clock.instant().plus(Duration.ofMinutes(15)));
        assertThat(room.now(approval).decidedReason())
                .hasValueSatisfying(why -> assertThat(why).startsWith("approved, but not run by"));
    }

    @Test
    void whatALostReviewerApprovedDoesNotRun() {
        var approval = room.approved();
        room.setPeople(reviewer(BO, "Bo Lind", "leads"));
        assertThat(begin(approval)).isEmpty();
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.VOIDED);
        assertThat(room.now(approval).decidedReason())
                .hasValueSatisfying(why -> assertThat(why).contains("ana"));
    }

    @Test
    void aMessageChangedInTheDatabaseDoesNotRun() {
        var approval = room.approved();
        var stored = sealed(approval);
        stored[stored.length - 1] ^= 1;
        setSealed(approval, stored);
        assertThat(begin(approval)).isEmpty();
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.VOIDED);
    }

    @Test
    void anotherApprovalsMessageDoesNotRun() {
        var approval = room.approved();
        setSealed(approval, sealed(room.open()));
        assertThat(begin(approval)).isEmpty();
    }

    @Test
    void aCallThatIsOfAnotherToolInTheDatabaseDoesNotRun() {
        var approval = room.approved();
        room.jdbc()
                .update(
                        "update approval set tool = 'delete_study' where id = ?",
                        approval.id().value());
        assertThat(begin(approval)).isEmpty();
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.VOIDED);
    }

    @Test
    void anAnswerIsKeptByteForByte() {
        var approval = finished(Optional.of(ANSWER));
        assertThat(room.executions().answer(approval.id())).hasValue(ANSWER);
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.SUCCEEDED);
    }

    @Test
    void whereThereWasNoAnswerNoneIsKept() {
        assertThat(room.executions().answer(finished(Optional.empty()).id())).isEmpty();
    }

    @Test
    void anExecutionStandsInTheAuditLogFromStartToEnd() {
        var approval = finished(Optional.of(ANSWER));
        assertThat(room.audit.kinds(approval.id())).endsWith("ExecutionStarted", "ExecutionFinished");
    }

    @Test
    void whatTheDeadNodeWasRunningIsUnknown() {
        var approval = room.approved();
        begin(approval);
        room.executions().abandonExcept(List.of("node-2"));
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.UNKNOWN);
        assertThat(room.now(approval).execution().orElseThrow().error())
                .hasValueSatisfying(error -> assertThat(error).contains(NODE));
    }

    @Test
    void whatALivingNodeRunsGoesOn() {
        var approval = room.approved();
        begin(approval);
        room.executions().abandonExcept(List.of(NODE));
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.RUNNING);
    }

    @Test
    void anEndIsNeverChangedByALaterOne() {
        var approval = finished(Optional.of(ANSWER));
        room.executions()
                .finish(approval.id(), new Finish(ApprovalState.FAILED, Optional.empty(), Optional.empty(), false));
        room.executions().nothingSent(approval.id(), "late");
        room.executions().voided(approval.id(), "late");
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.SUCCEEDED);
    }

    @Test
    void aVoidedOneSaysWhy() {
        var approval = room.open();
        room.executions().voided(approval.id(), "the policy denies it now");
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.VOIDED);
        assertThat(room.now(approval).decidedReason()).contains("the policy denies it now");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void whatIsBoundToADefinitionThatChangedIsVoidedBeforeItRuns(boolean approved) {
        var approval = approved ? room.approved() : room.open();
        definedAs("12".repeat(32));
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.VOIDED);
        assertThat(room.now(approval).decidedReason()).contains("it changed");
        assertThat(begin(approval)).isEmpty();
    }

    @Test
    void theVoidingOfAnOutdatedOneIsRecordedAndHeardOf() {
        var approval = room.open();
        definedAs("12".repeat(32));
        assertThat(room.audit.kinds(approval.id())).endsWith("OutcomeReached");
        assertThat(room.changes).contains(new ApprovalChanged(approval.id(), ApprovalState.VOIDED));
    }

    @Test
    void whatIsBoundToTheDefinitionAsItIsStays() {
        var approval = room.open();
        definedAs(approval.definition());
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.PENDING);
    }

    @Test
    void otherServersApprovalsStay() {
        var approval = room.open();
        room.executions().voidOutdated("other", tool -> "", room.clock.instant(), "it changed");
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.PENDING);
    }

    @Test
    void whatWasAskedForAfterTheReadingStays() {
        var readAt = room.clock.instant();
        room.clock.forward(Duration.ofSeconds(1));
        var approval = room.open();
        room.executions().voidOutdated("pacs", tool -> "", readAt, "it changed");
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.PENDING);
    }

    @Test
    void whatIsBoundToAReplacedDefinitionIsVoidedAndNothingElse() {
        var approval = room.open();
        var at = room.clock.instant();
        room.executions().voidReplaced("pacs", Map.of(approval.call().tool(), "12".repeat(32)), at, "it changed");
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.PENDING);
        room.executions().voidReplaced("pacs", Map.of(approval.call().tool(), approval.definition()), at, "it changed");
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.VOIDED);
    }

    @Test
    void aRunningOneIsNotTouchedByAnotherDefinition() {
        var approval = room.approved();
        begin(approval);
        definedAs("12".repeat(32));
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.RUNNING);
    }

    @Test
    void twoNodesThatFindTheSameChangeVoidOnce() {
        var approval = room.open();
        Race.of(4, thread -> definedAs("12".repeat(32)));
        assertThat(room.audit.of(approval.id(), AuditEntry.OutcomeReached.class))
                .hasSize(1);
    }

    private void definedAs(String sha256) {
        room.executions()
                .voidOutdated(
                        "pacs",
                        tool -> tool.equals("start_dicom_export_job") ? sha256 : "absent",
                        room.clock.instant(),
                        "it changed");
    }

    @Test
    void anEqualCallAttachesWhileItIsPending() {
        var sameness = sameness();
        var approval = room.open(request(terms(), sameness));
        assertThat(attachable(sameness)).contains(approval.id());
    }

    @Test
    void anEqualCallAttachesToAnApprovedOneUntilItMayNotRunAnyMore() {
        var sameness = sameness();
        approved(sameness);
        assertThat(attachable(sameness)).isPresent();
        room.clock.forward(Duration.ofMinutes(15));
        assertThat(attachable(sameness)).isEmpty();
    }

    @Test
    void anEqualCallAttachesToARunningOne() {
        var sameness = sameness();
        begin(approved(sameness));
        assertThat(attachable(sameness)).isPresent();
    }

    @Test
    void anEqualCallAttachesToAnUndeliveredAnswerForAnHour() {
        var sameness = sameness();
        finish(approved(sameness), Optional.of(ANSWER));
        assertThat(attachable(sameness)).isPresent();
        room.clock.forward(Duration.ofHours(1));
        assertThat(attachable(sameness)).isEmpty();
    }

    @Test
    void afterDeliveryAnEqualCallIsANewOne() {
        var sameness = sameness();
        var approval = approved(sameness);
        finish(approval, Optional.of(ANSWER));
        room.executions().delivered(approval.id());
        assertThat(attachable(sameness)).isEmpty();
        assertThat(room.open(request(terms(), sameness)).id()).isNotEqualTo(approval.id());
    }

    @Test
    void deliveredBeforeItRanChangesNothing() {
        var sameness = sameness();
        var approval = approved(sameness);
        room.executions().delivered(approval.id());
        assertThat(attachable(sameness)).contains(approval.id());
    }

    @Test
    void anEqualCallOfARejectedOneIsANewOne() {
        var sameness = sameness();
        var approval = room.open(request(terms(), sameness));
        room.approvals().review(approval.id(), reject(ANA, "no"));
        assertThat(attachable(sameness)).isEmpty();
        assertThat(room.open(request(terms(), sameness)).state()).isEqualTo(ApprovalState.PENDING);
    }

    @Test
    void anEqualCallOfACancelledOrVoidedOneIsANewOne() {
        var sameness = sameness();
        room.approvals().cancel(room.open(request(terms(), sameness)).id(), Actor.GATEWAY, "");
        assertThat(attachable(sameness)).isEmpty();
        room.executions().voided(room.open(request(terms(), sameness)).id(), "changed");
        assertThat(attachable(sameness)).isEmpty();
    }

    @Test
    void anEqualCallMakesAnApprovedOneExpireThatWasNotRunInTime() {
        var sameness = sameness();
        var approval = approved(sameness);
        room.clock.forward(Duration.ofMinutes(15));
        room.open(request(terms(), sameness));
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.EXPIRED);
    }

    @Test
    void anAnswerNobodyFetchedMakesRoomForAnEqualCall() {
        var sameness = sameness();
        var approval = approved(sameness);
        finish(approval, Optional.of(ANSWER));
        room.clock.forward(Duration.ofHours(1));
        room.open(request(terms(), sameness));
        assertThat(room.now(approval).state()).isEqualTo(ApprovalState.SUCCEEDED);
    }

    @Test
    void approvedOnesWhoseAgentWasToldPendingWaitToRun() {
        var told = room.open();
        var untold = room.approved();
        room.executions().toldPending(told.id());
        assertThat(room.executions().waitingToRun()).doesNotContain(told.id());
        room.approvals().review(told.id(), approve(ANA));
        assertThat(room.executions().waitingToRun()).contains(told.id()).doesNotContain(untold.id());
        begin(told);
        assertThat(room.executions().waitingToRun()).doesNotContain(told.id());
    }

    @Test
    void theStatesOfManyAreReadAtOnce() {
        var pending = room.open().id();
        var approved = room.approved().id();
        assertThat(room.executions().states(List.of(pending, approved, ApprovalId.random())))
                .containsExactlyInAnyOrder(
                        new ApprovalChanged(pending, ApprovalState.PENDING),
                        new ApprovalChanged(approved, ApprovalState.APPROVED));
        assertThat(room.executions().states(List.of())).isEmpty();
    }

    @Test
    void anUnknownExecutionIsSettledOnceAndStaysUnknown() {
        var approval = unknown();
        var settled = room.approvals().settle(approval.id(), person(BO), true, "found in the archive");
        assertThat(settled.state()).isEqualTo(ApprovalState.UNKNOWN);
        assertThat(room.audit.of(approval.id(), AuditEntry.ExecutionSettled.class))
                .hasSize(1);
        assertThatThrownBy(() -> room.approvals().settle(approval.id(), person(ANA), false, "no"))
                .isInstanceOf(ReviewRefused.AlreadySettled.class)
                .hasMessageContaining("Bo Lind settled this at")
                .hasMessageContaining("it happened");
    }

    @Test
    void aSettledExecutionSaysWhoFoundWhatWhenAndHow() {
        var approval = unknown();
        var settled = room.approvals().settle(approval.id(), person(BO), false, "not in the archive\0");
        assertThat(settled.execution().orElseThrow().settlement())
                .contains(new Settlement(BO, room.clock.instant(), false, "not in the archive\uFFFD"));
    }

    @Test
    void onlyAnUnknownExecutionIsSettled() {
        var approval = finished(Optional.empty());
        assertThatThrownBy(() -> room.approvals().settle(approval.id(), person(BO), true, "seen"))
                .isInstanceOf(ReviewRefused.AlreadyResolved.class);
    }

    @Test
    void theOwnerSettlesNothing() {
        var approval = unknown();
        assertThatThrownBy(() -> room.approvals().settle(approval.id(), person(ApprovalRoom.OWNER), true, "trust me"))
                .isInstanceOf(ReviewRefused.NotASettler.class);
    }

    @Test
    void anOperatorSettlesWhatAnybodysGrantLeftUnknown() {
        var approval = unknown();
        room.approvals().settle(approval.id(), person(ApprovalRoom.OPERATOR), false, "not in the archive");
        assertThat(room.audit
                        .of(approval.id(), AuditEntry.ExecutionSettled.class)
                        .get(0)
                        .happened())
                .isFalse();
    }

    private Optional<HeldMessage> begin(Approval approval) {
        return room.executions().begin(approval.id(), NODE);
    }

    private Approval approved(String sameness) {
        return room.approvals().review(room.open(request(terms(), sameness)).id(), approve(ANA));
    }

    private Approval finished(Optional<byte[]> answer) {
        var approval = room.approved();
        finish(approval, answer);
        return approval;
    }

    private void finish(Approval approval, Optional<byte[]> answer) {
        begin(approval);
        room.executions().finish(approval.id(), new Finish(ApprovalState.SUCCEEDED, answer, Optional.empty(), false));
    }

    private Approval unknown() {
        var approval = room.approved();
        begin(approval);
        room.executions()
                .finish(
                        approval.id(),
                        new Finish(ApprovalState.UNKNOWN, Optional.empty(), Optional.of("cut after 200 bytes"), false));
        return approval;
    }

    private Optional<ApprovalId> attachable(String sameness) {
        return room.executions().attachable(sameness, "").map(Approval::id);
    }

    private byte[] sealed(Approval approval) {
        return room.jdbc()
                .queryForObject(
                        "select message from held_message where approval_id = ?",
                        byte[].class,
                        approval.id().value());
    }

    private void setSealed(Approval approval, byte[] message) {
        room.jdbc()
                .update(
                        "update held_message set message = ? where approval_id = ?",
                        message,
                        approval.id().value());
    }

    private static Actor person(PersonId person) {
        return Actor.person(person, "console", Assurance.LOGIN);
    }

    private static String sameness() {
        return UUID.randomUUID().toString();
    }
}
