package io.holdpoint.workflow.approval;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs the flows. Every method works in the caller's transaction, and the flow reports back through
 * {@link FlowEvents} before it returns. In a race it throws anything; the approval's own row has the truth (spec 05).
 */
public interface FlowEngine {

    /** The newest version of a flow; empty if there is no such flow. */
    Optional<FlowVersion> find(String flow);

    /**
     * Starts a flow for an approval.
     *
     * @return the process instance's id
     */
    String start(FlowVersion version, ApprovalId id, FlowFacts facts);

    /**
     * Answers one open question of a flow.
     *
     * @param taskId as reported by {@link FlowEvents#reviewOpened}
     * @param variables what the flow may read from now on, by the contract's names
     */
    void complete(String taskId, Map<String, Object> variables);

    /** Ends a flow wherever it is, without an outcome. One that is over already stays so. */
    void abandon(String processInstance, String why);

    /** Where a flow waits, each place once; empty if it is over. Changes nothing. */
    List<FlowPosition> position(String processInstance);

    /**
     * One version of a flow.
     *
     * @param definition the engine's id of it, unique over all flows and versions
     */
    record FlowVersion(String flow, String definition, int version) {}
}
