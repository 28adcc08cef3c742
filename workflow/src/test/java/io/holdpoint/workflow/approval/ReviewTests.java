package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.ANA;
import static io.holdpoint.workflow.approval.ApprovalRoom.BO;
import static io.holdpoint.workflow.approval.ApprovalRoom.CY;
import static io.holdpoint.workflow.approval.ApprovalRoom.OWNER;
import static io.holdpoint.workflow.approval.ApprovalRoom.approve;
import static io.holdpoint.workflow.approval.ApprovalRoom.reasonRequired;
import static io.holdpoint.workflow.approval.ApprovalRoom.reject;
import static io.holdpoint.workflow.approval.ApprovalRoom.request;
import static io.holdpoint.workflow.approval.ApprovalRoom.reviewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.database.TestDatabases;
import io.holdpoint.workflow.people.Assurance;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ReviewTests {

    private final ApprovalRoom room;

    ReviewTests(TestDatabases database) {
        room = ApprovalRoom.on(database);
    }

    @Test
    void anApprovingReviewApproves() {
        var approval = room.approvals().review(room.open().id(), approve(ANA));
        assertThat(approval.state()).isEqualTo(ApprovalState.APPROVED);
        assertThat(approval.decidedBy()).contains(ANA);
        assertThat(approval.runnableUntil()).contains(room.clock.instant().plus(Duration.ofMinutes(15)));
    }

    @Test
    void aRejectingReviewRejectsWithItsReason() {
        var approval = room.approvals().review(room.open().id(), reject(BO, "too large"));
        assertThat(approval.state()).isEqualTo(ApprovalState.REJECTED);
        assertThat(approval.decidedBy()).contains(BO);
        assertThat(approval.decidedReason()).contains("too large");
    }

    @Test
    void aReviewIsReadBackAsItWasGiven() {
        var id = room.open().id();
        room.approvals().review(id, reject(BO, "too large"));
        assertThat(room.approvals().find(id).orElseThrow().reviews())
                .containsExactly(new Review(
                        BO,
                        Review.Verdict.REJECT,
                        Optional.of("too large"),
                        "api",
                        Assurance.LOGIN,
                        room.clock.instant()));
    }

    @Test
    void eachStepStandsInTheAuditLogInItsOrder() {
        var id = room.open().id();
        room.approvals().review(id, approve(ANA));
        assertThat(room.audit.kinds(id)).containsExactly("CallHeld", "ReviewRecorded", "OutcomeReached");
    }

    @Test
    void theOutcomeIsPublished() {
        var id = room.open().id();
        room.approvals().review(id, approve(ANA));
        assertThat(room.changes)
                .filteredOn(change -> change.id().equals(id))
                .containsExactly(
                        new ApprovalChanged(id, ApprovalState.PENDING),
                        new ApprovalChanged(id, ApprovalState.APPROVED));
    }

    @Test
    void nothingOfADecidedFlowIsLeftInTheEngine() {
        var id = room.open().id();
        room.approvals().review(id, approve(ANA));
        assertThat(count("ACT_RU_EXECUTION where BUSINESS_KEY_ = '" + id + "'")).isZero();
        assertThat(count("review_task where approval_id = '" + id + "'")).isZero();
    }

    @Test
    void theLoserIsToldWhoDecidedWhenAndWhy() {
        var id = room.open().id();
        room.approvals().review(id, reject(BO, "too large"));
        assertThatThrownBy(() -> room.approvals().review(id, approve(ANA)))
                .isInstanceOfSatisfying(
                        ReviewRefused.AlreadyResolved.class,
                        late -> assertThat(late.approval().state()).isEqualTo(ApprovalState.REJECTED))
                .hasMessageMatching("Bo Lind rejected this at \\d\\d:\\d\\d:\\d\\d UTC: too large");
    }

    @Test
    void aReviewAfterTheDeadlineIsTooLateEvenBeforeTheFlowNoticed() {
        var id = room.open().id();
        room.jdbc().update("update approval set expires_at = requested_at where id = ?", id.value());
        assertThatThrownBy(() -> room.approvals().review(id, approve(ANA)))
                .isInstanceOf(ReviewRefused.Expired.class)
                .hasMessageContaining("expired at");
    }

    @Test
    void theOwnerOfTheGrantMayNotReview() {
        var id = room.open().id();
        assertThatThrownBy(() -> room.approvals().review(id, approve(OWNER)))
                .isInstanceOf(ReviewRefused.NotAReviewer.class)
                .hasMessageContaining("You own the grant radiology-agent");
    }

    @Test
    void whoIsNotAskedMayNotReview() {
        var id = room.open().id();
        assertThatThrownBy(() -> room.approvals().review(id, approve(CY)))
                .isInstanceOf(ReviewRefused.NotAReviewer.class)
                .hasMessageContaining("leads");
    }

    @Test
    void whoLeftTheGroupAfterTheQuestionMayNotReview() {
        var id = room.open().id();
        room.setPeople(reviewer(ANA, "Ana Ruiz", "others"), reviewer(BO, "Bo Lind", "leads"));
        assertThatThrownBy(() -> room.approvals().review(id, approve(ANA)))
                .isInstanceOf(ReviewRefused.NotAReviewer.class);
    }

    @Test
    void whoJoinedTheGroupAfterTheQuestionMayNotReview() {
        var id = room.open().id();
        room.setPeople(reviewer(ANA, "Ana Ruiz", "leads"), reviewer(CY, "Cy Poe", "leads"));
        assertThatThrownBy(() -> room.approvals().review(id, approve(CY)))
                .isInstanceOf(ReviewRefused.NotAReviewer.class);
    }

    @Test
    void aReviewOfAnotherDigestIsRefused() {
        var id = room.open().id();
        assertThatThrownBy(() -> room.approvals().review(id, seeing("0123456789ab")))
                .isInstanceOf(ReviewRefused.OtherDigest.class);
    }

    @Test
    void aDigestOfFewerThanEightLettersIsRefused() {
        var approval = room.open();
        var seven = approval.digest().substring(0, 7);
        assertThatThrownBy(() -> room.approvals().review(approval.id(), seeing(seven)))
                .isInstanceOf(ReviewRefused.OtherDigest.class);
    }

    @Test
    void theBeginningOfTheDigestIsEnough() {
        var approval = room.open();
        var decided = room.approvals().review(approval.id(), seeing(approval.shortDigest()));
        assertThat(decided.state()).isEqualTo(ApprovalState.APPROVED);
    }

    @Test
    void aReasonIsWantedWhereTheRuleSaysSo() {
        var id = room.open(request(reasonRequired())).id();
        assertThatThrownBy(() -> room.approvals().review(id, reject(ANA, "  ")))
                .isInstanceOf(ReviewRefused.ReasonMissing.class);
    }

    @Test
    void approvingNeedsTheRulesAssurance() {
        var id = room.open(request(reasonRequired())).id();
        assertThatThrownBy(() -> room.approvals().review(id, byLink(Review.Verdict.APPROVE)))
                .isInstanceOf(ReviewRefused.NotSureEnough.class)
                .hasMessageContaining("needs slack")
                .hasMessageContaining("console");
    }

    @Test
    void rejectingIsPossibleWithAnyAssurance() {
        var id = room.open(request(reasonRequired())).id();
        var decided = room.approvals().review(id, byLink(Review.Verdict.REJECT));
        assertThat(decided.state()).isEqualTo(ApprovalState.REJECTED);
    }

    @Test
    void aPersonsSecondReviewIsToldAsThat() {
        Drawings.deploy(room, "asks-again", Drawings.asking("asks-again", """
            <userTask id="next" camunda:candidateGroups="${approvers}"/>
            """));
        var id = room.open(request(ApprovalRoom.flowIs("asks-again"))).id();
        room.approvals().review(id, approve(ANA));
        assertThatThrownBy(() -> room.approvals().review(id, approve(ANA)))
                .isInstanceOf(ReviewRefused.AlreadyReviewed.class)
                .hasMessageContaining("a person has one");
    }

    @Test
    void aReviewWhileTheFlowAsksNobodyIsToldAsThat() {
        var id = room.open().id();
        room.jdbc().update("delete from review_task where approval_id = ?", id.value());
        assertThatThrownBy(() -> room.approvals().review(id, approve(ANA)))
                .isInstanceOf(ReviewRefused.NobodyAsked.class);
    }

    @Test
    void anUnknownApprovalIsNamed() {
        var id = ApprovalId.random();
        assertThatThrownBy(() -> room.approvals().review(id, approve(ANA)))
                .isInstanceOf(ReviewRefused.UnknownApproval.class)
                .hasMessageContaining(id.value());
    }

    @Test
    void aRefusedReviewStandsInTheAuditLogWithWhoAndWhy() {
        var id = room.open().id();
        assertThatThrownBy(() -> room.approvals().review(id, approve(CY)));
        var refusal = room.audit.of(id, AuditEntry.ReviewRefused.class).get(0);
        assertThat(refusal.actor()).isEqualTo(Actor.person(CY, "api", Assurance.LOGIN));
        assertThat(refusal.why()).contains("not among the approvers");
    }

    @Test
    void aRefusedReviewChangesNothing() {
        var before = room.open();
        assertThatThrownBy(() -> room.approvals().review(before.id(), approve(CY)));
        assertThat(room.now(before)).isEqualTo(before);
    }

    private int count(String from) {
        return room.jdbc().queryForObject("select count(*) from " + from, Integer.class);
    }

    private static ReviewSubmission seeing(String digest) {
        return new ReviewSubmission(
                ANA, Review.Verdict.APPROVE, Optional.empty(), Optional.of(digest), "api", Assurance.LOGIN);
    }

    private static ReviewSubmission byLink(Review.Verdict verdict) {
        return new ReviewSubmission(ANA, verdict, Optional.of("seen"), Optional.empty(), "email", Assurance.LINK);
    }
}
