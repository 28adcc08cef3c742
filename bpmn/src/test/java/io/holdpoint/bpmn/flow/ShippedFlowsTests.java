package io.holdpoint.bpmn.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BpmnModelElementInstance;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedFlowsTests {

    static Stream<String> flows() {
        return ShippedFlows.names().stream();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aShippedFlowIsValidAndItsProcessIdIsItsName(String name) {
        var model = parsed(name);
        Bpmn.validateModel(model);
        assertThat(process(model).getId()).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aShippedFlowIsExecutableAndItsHistoryIsCleanedUp(String name) {
        var process = process(parsed(name));
        assertThat(process.isExecutable()).isTrue();
        assertThat(process.getCamundaHistoryTimeToLiveString()).isEqualTo("P30D");
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aShippedFlowHasAnEndForEveryOutcome(String name) {
        var outcomes = all(name, EndEvent.class).stream()
                .map(end -> FlowContract.outcomeOf(end.getId()))
                .flatMap(Optional::stream);
        assertThat(outcomes).contains(FlowContract.APPROVED, FlowContract.REJECTED, FlowContract.EXPIRED);
    }

    @ParameterizedTest
    @MethodSource("flows")
    void everyReviewIsPutBeforeTheApproversAndExpires(String name) {
        assertThat(all(name, UserTask.class))
                .isNotEmpty()
                .allSatisfy(
                        review -> assertThat(review.getCamundaCandidateGroups()).isEqualTo("${approvers}"))
                .allSatisfy(review -> assertThat(expiries(review)).containsExactly("${expiresAt}"));
    }

    @ParameterizedTest
    @MethodSource("flows")
    void everyServiceTaskIsOneOfTheContracts(String name) {
        assertThat(all(name, ServiceTask.class))
                .extracting(ServiceTask::getCamundaDelegateExpression)
                .isSubsetOf(FlowContract.SERVICE_TASKS.stream()
                        .map("${%s}"::formatted)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("flows")
    void everyExclusiveGatewayRejectsByDefault(String name) {
        assertThat(all(name, ExclusiveGateway.class))
                .extracting(gateway -> gateway.getDefault().getTarget().getId())
                .allMatch(end -> end.startsWith(FlowContract.REJECTED));
    }

    @ParameterizedTest
    @MethodSource("flows")
    void everyNodeAndEdgeIsDrawnAndTheEndsAreLabelled(String name) {
        assertThat(all(name, FlowNode.class))
                .allSatisfy(node -> assertThat(node.getDiagramElement()).isNotNull());
        assertThat(all(name, SequenceFlow.class))
                .allSatisfy(edge -> assertThat(edge.getDiagramElement()).isNotNull());
        assertThat(all(name, EndEvent.class)).extracting(EndEvent::getName).doesNotContainNull();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void everyEdgeRunsFromLeftToRight(String name) {
        assertThat(all(name, SequenceFlow.class)).allSatisfy(edge -> {
            var points = List.copyOf(edge.getDiagramElement().getWaypoints());
            assertThat(points.get(0).getX())
                    .isLessThan(points.get(points.size() - 1).getX());
        });
    }

    @Test
    void aFlowThatIsNotShippedIsNamedWithThoseThatAre() {
        assertThatThrownBy(() -> ShippedFlows.read("../secrets"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("single-approval");
    }

    @ParameterizedTest
    @CsvSource({
        "approved,approved",
        "rejected_by_security,rejected",
        "expired-late,expired",
        "reminded,",
        "not_approved,"
    })
    void anEndsOutcomeIsTheWordItsIdBeginsWith(String endId, String outcome) {
        assertThat(FlowContract.outcomeOf(endId)).isEqualTo(Optional.ofNullable(outcome));
    }

    private static List<String> expiries(UserTask review) {
        return review.getModelInstance().getModelElementsByType(BoundaryEvent.class).stream()
                .filter(event -> event.getAttachedTo().equals(review) && event.cancelActivity())
                .flatMap(event -> event.getEventDefinitions().stream())
                .filter(TimerEventDefinition.class::isInstance)
                .map(timer -> ((TimerEventDefinition) timer).getTimeDate().getTextContent())
                .toList();
    }

    private static Process process(BpmnModelInstance model) {
        return model.getModelElementsByType(Process.class).iterator().next();
    }

    private static <T extends BpmnModelElementInstance> List<T> all(String name, Class<T> type) {
        return List.copyOf(parsed(name).getModelElementsByType(type));
    }

    private static BpmnModelInstance parsed(String name) {
        return Bpmn.readModelFromStream(new ByteArrayInputStream(ShippedFlows.read(name)));
    }
}
