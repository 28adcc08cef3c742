package io.holdpoint.workflow.approval.camunda;

import io.holdpoint.workflow.approval.FlowEvents;
import io.holdpoint.workflow.approval.FlowFacts;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/**
 * What flows read about their approvals. Not process variables: those would be eight rows written and deleted again for
 * each approval. While a flow starts, its starter has the facts; afterwards the approval's row has them.
 */
final class FactsAtHand {

    private final FlowEvents events;
    private final ThreadLocal<FlowFacts> starting = new ThreadLocal<>();

    FactsAtHand(FlowEvents events) {
        this.events = events;
    }

    /** Starts a flow; the engine starts it on this thread. */
    <T> T during(FlowFacts facts, Supplier<T> start) {
        starting.set(facts);
        try {
            return start.get();
        } finally {
            starting.remove();
        }
    }

    FlowFacts of(DelegateExecution execution) {
        return Optional.ofNullable(starting.get())
                .or(() -> FlowInstance.approval(execution).map(events::facts))
                .orElseThrow(() -> new IllegalStateException("the warm-up has its facts from the start"));
    }
}
