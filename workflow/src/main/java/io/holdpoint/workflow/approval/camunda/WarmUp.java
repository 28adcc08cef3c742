package io.holdpoint.workflow.approval.camunda;

import io.holdpoint.bpmn.flow.FlowContract;
import io.holdpoint.bpmn.flow.ShippedFlows;
import io.holdpoint.workflow.CallId;
import io.holdpoint.workflow.CallSummary;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.approval.FlowFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs one flow to its end and undoes it: the first approval after a start would take half a second longer. */
final class WarmUp {

    /** Marks the one instance that is no approval's. */
    static final String BUSINESS_KEY = "warm-up";

    private WarmUp() {}

    static void of(ProcessEngine engine, CamundaFlows flows, PlatformTransactionManager transactions) {
        var flow = flows.find(ShippedFlows.names().get(0)).orElseThrow();
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            status.setRollbackOnly();
            var instance = flows.start(flow.definition(), BUSINESS_KEY, facts());
            var task = engine.getTaskService()
                    .createTaskQuery()
                    .processInstanceId(instance)
                    .singleResult();
            flows.complete(task.getId(), Map.of(task.getTaskDefinitionKey() + ".verdict", FlowContract.REJECTED));
        });
    }

    private static FlowFacts facts() {
        var later = Instant.now().plus(Duration.ofDays(1));
        var call = new CallSummary(new CallId(BUSINESS_KEY), "", "", "", "", "", "", Risk.LOW, "", "");
        return new FlowFacts(List.of(BUSINESS_KEY), later, later, call, Map.of());
    }
}
