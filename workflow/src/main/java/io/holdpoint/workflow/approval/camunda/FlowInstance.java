package io.holdpoint.workflow.approval.camunda;

import io.holdpoint.workflow.approval.ApprovalId;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;

/** Tells which approval an instance of a flow decides. */
final class FlowInstance {

    private FlowInstance() {}

    /**
     * @return empty for the warm-up
     * @throws IllegalStateException if the instance is nobody's: only {@link CamundaFlows} starts flows
     */
    static Optional<ApprovalId> approval(DelegateExecution execution) {
        @Nullable String key = execution.getProcessBusinessKey();
        if (WarmUp.BUSINESS_KEY.equals(key)) {
            return Optional.empty();
        }
        if (key == null || !ApprovalId.isOne(key)) {
            throw new IllegalStateException(
                    "the flow %s runs for no approval".formatted(execution.getProcessDefinitionId()));
        }
        return Optional.of(new ApprovalId(key));
    }
}
