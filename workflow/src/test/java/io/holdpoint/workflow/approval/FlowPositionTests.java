package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.flowIs;
import static io.holdpoint.workflow.approval.ApprovalRoom.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.database.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class FlowPositionTests {

    private final ApprovalRoom room;

    FlowPositionTests(TestDatabases database) {
        room = ApprovalRoom.on(database);
    }

    @Test
    void aPendingApprovalTellsWhereItsFlowWaits() {
        assertThat(room.approvals().flowPosition(room.open().id()))
                .containsExactly(new FlowPosition("review", "Review"));
    }

    @Test
    void aDecidedOneWaitsNowhere() {
        assertThat(room.approvals().flowPosition(room.approved().id())).isEmpty();
    }

    @Test
    void aFlowThatIsOverWaitsNowhere() {
        var instance = room.openInstance();
        room.flows().abandon(instance, "for this test");
        assertThat(room.flows().position(instance)).isEmpty();
    }

    @Test
    void anApprovalThatIsNotThereWaitsNowhere() {
        assertThat(room.approvals().flowPosition(ApprovalId.random())).isEmpty();
    }

    @Test
    void everyPlaceIsToldAndOneWithoutANameByItsId() {
        Drawings.deploy(room, "asks-twice", Drawings.flow("asks-twice", """
            <startEvent id="held"/><sequenceFlow id="in" sourceRef="held" targetRef="both"/>
            <parallelGateway id="both"/><sequenceFlow id="a" sourceRef="both" targetRef="team"/>
            <sequenceFlow id="b" sourceRef="both" targetRef="security"/>
            <subProcess id="team">
              <startEvent id="team-held"/><sequenceFlow id="c" sourceRef="team-held" targetRef="lead"/>
              <userTask id="lead" name="Review by the lead" camunda:candidateGroups="${approvers}"/>
            </subProcess>
            <userTask id="security" camunda:candidateGroups="${approvers}"/>
            """));
        assertThat(room.approvals()
                        .flowPosition(room.open(request(flowIs("asks-twice"))).id()))
                .containsExactlyInAnyOrder(
                        new FlowPosition("lead", "Review by the lead"), new FlowPosition("security", "security"));
    }
}
