package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.ANA;
import static io.holdpoint.workflow.approval.ApprovalRoom.approve;
import static io.holdpoint.workflow.approval.ApprovalRoom.flowIs;
import static io.holdpoint.workflow.approval.ApprovalRoom.reject;
import static io.holdpoint.workflow.approval.ApprovalRoom.request;
import static io.holdpoint.workflow.approval.ApprovalRoom.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.database.TestDatabases;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a drawing says, nothing is approved without an approving review. */
@ParameterizedClass
@EnumSource
class OutcomeGuardTests {

    private final ApprovalRoom room;

    OutcomeGuardTests(TestDatabases database) {
        room = ApprovalRoom.on(database);
    }

    @Test
    void aFlowThatEndsAsApprovedWithoutAskingIsRejected() {
        var drawing = Drawings.flow("asks-nobody", """
            <startEvent id="held"/><sequenceFlow id="on" sourceRef="held" targetRef="approved"/>
            <endEvent id="approved"/>
            """);
        Drawings.deploy(room, "asks-nobody", drawing);
        var opened = room.open(request(flowIs("asks-nobody")));
        assertThat(opened.state()).isEqualTo(ApprovalState.REJECTED);
        assertThat(opened.decidedReason()).contains("the flow ended as approved with 0 of 1 approving reviews");
    }

    @Test
    void aFlowThatApprovesWhatWasRejectedIsRejected() {
        var id = asking("approves-anything", "<endEvent id='approved-anyway'/>");
        assertThat(room.approvals().review(id, reject(ANA, "no")).state()).isEqualTo(ApprovalState.REJECTED);
    }

    @Test
    void aFlowThatEndsSomewhereElseIsRejected() {
        var id = asking("ends-elsewhere", "<endEvent id='done'/>");
        assertThat(room.approvals().review(id, approve(ANA)).state()).isEqualTo(ApprovalState.REJECTED);
    }

    @Test
    void anErrorEndIsRejectedWhateverItIsCalled() {
        var id = asking(
                "ends-in-error", "<endEvent id='approved-error'><errorEventDefinition errorRef='oops'/></endEvent>");
        assertThat(room.approvals().review(id, approve(ANA)).state()).isEqualTo(ApprovalState.REJECTED);
    }

    @Test
    void aTerminatingEndApprovesLikeAnother() {
        var id = asking("terminates", "<endEvent id='approved-now'><terminateEventDefinition/></endEvent>");
        assertThat(room.approvals().review(id, approve(ANA)).state()).isEqualTo(ApprovalState.APPROVED);
    }

    @Test
    void ofSeveralEndsTheWorstCounts() {
        var id = asking("ends-twice", """
            <parallelGateway id='both'/>
            <sequenceFlow id='one' sourceRef='both' targetRef='approved'/><endEvent id='approved'/>
            <sequenceFlow id='two' sourceRef='both' targetRef='rejected'/><endEvent id='rejected'/>
            """);
        assertThat(room.approvals().review(id, approve(ANA)).state()).isEqualTo(ApprovalState.REJECTED);
    }

    @Test
    void anEndInsideASubProcessIsNoOutcome() {
        var id = asking("ends-inside", """
            <subProcess id='inner'><startEvent id='in'/><sequenceFlow id='i' sourceRef='in' targetRef='approved'/>
            <endEvent id='approved'/></subProcess>
            <sequenceFlow id='out' sourceRef='inner' targetRef='done'/><endEvent id='done'/>
            """);
        assertThat(room.approvals().review(id, approve(ANA)).state()).isEqualTo(ApprovalState.REJECTED);
    }

    @Test
    void aFlowThatFailsAtEveryReviewIsRejected() {
        var id = asking("fails", """
            <exclusiveGateway id='gate'/><sequenceFlow id='never' sourceRef='gate' targetRef='approved'>
            <conditionExpression>${call.tool == 'none'}</conditionExpression></sequenceFlow><endEvent id='approved'/>
                <sequenceFlow id='neither' sourceRef='gate' targetRef='rejected'>
                <conditionExpression>${call.tool == 'never'}</conditionExpression></sequenceFlow><endEvent id='rejected'/>
            """);
        var decided = room.approvals().review(id, approve(ANA));
        assertThat(decided.state()).isEqualTo(ApprovalState.REJECTED);
        assertThat(decided.decidedReason()).contains("the flow fails failed");
    }

    @Test
    void theNumberOfPeopleTheRuleWantsIsNeededWhateverTheDrawingSays() {
        var one = terms();
        var two = new ApprovalTerms(
                one.flow(),
                Map.of("approvals", 2),
                one.approvers(),
                one.expiresAfter(),
                one.approvedFor(),
                one.reason(),
                one.reasonRequired(),
                one.allowOwner(),
                one.allowEdit(),
                one.minAssurance(),
                one.hash());
        var decided = room.approvals().review(room.open(request(two)).id(), approve(ANA));
        assertThat(decided.state()).isEqualTo(ApprovalState.REJECTED);
        assertThat(decided.decidedReason())
                .hasValueSatisfying(why -> assertThat(why).contains("1 of 2"));
    }

    @Test
    void aConditionReadsTheCallAndTheRulesParametersFromTheApproval() {
        var id = asking("reads", """
            <exclusiveGateway id='gate' default='no'/><sequenceFlow id='yes' sourceRef='gate' targetRef='approved'>
            <conditionExpression>${call.risk == 'High' &amp;&amp; empty with.x &amp;&amp; reviews.people == 1}</conditionExpression>
            </sequenceFlow><endEvent id='approved'/>
            <sequenceFlow id='no' sourceRef='gate' targetRef='rejected'/><endEvent id='rejected'/>
            """);
        assertThat(room.approvals().review(id, approve(ANA)).state()).isEqualTo(ApprovalState.APPROVED);
    }

    /** An approval whose flow asks and goes on to the first element of the drawing. */
    private ApprovalId asking(String flow, String then) {
        var first = then.replaceAll("(?s).*?id='([^']+)'.*", "$1");
        Drawings.deploy(
                room, flow, Drawings.asking(flow, then).replace("targetRef=\"next\"", "targetRef=\"" + first + "\""));
        return room.open(request(flowIs(flow))).id();
    }
}
