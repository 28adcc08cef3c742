package io.holdpoint.workflow.approval.camunda;

import io.holdpoint.bpmn.flow.FlowContract;
import io.holdpoint.workflow.approval.FlowEvents;
import io.holdpoint.workflow.approval.FlowMessage;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** What service tasks call, by the contract's names. Those missing here are refused when a flow is deployed. */
final class ContractDelegates {

    private ContractDelegates() {}

    static Map<String, JavaDelegate> all(FlowEvents events) {
        return Map.of(
                FlowContract.NOTIFY, tell(events, FlowMessage.Kind.NOTIFY),
                FlowContract.REMIND, tell(events, FlowMessage.Kind.REMIND),
                FlowContract.INFORM, tell(events, FlowMessage.Kind.INFORM));
    }

    private static JavaDelegate tell(FlowEvents events, FlowMessage.Kind kind) {
        return execution -> FlowInstance.approval(execution)
                .ifPresent(id -> events.told(new FlowMessage(id, kind, execution.getCurrentActivityId())));
    }
}
