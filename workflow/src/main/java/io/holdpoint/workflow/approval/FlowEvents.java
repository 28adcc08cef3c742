package io.holdpoint.workflow.approval;

import java.util.List;

/** What a flow reports while it runs, in the transaction it runs in. Made for {@link FlowEngine}; nobody else calls it. */
public interface FlowEvents {

    /** The flow put its question and waits. */
    void reviewOpened(ApprovalId id, String taskId, String element);

    /** A question is answered, or was taken back. */
    void reviewClosed(ApprovalId id, String taskId);

    /** A service task wants people told something. */
    void told(FlowMessage message);

    /**
     * The flow is over.
     *
     * @param ends ids of the end events that count: those with an outcome's name, and every error's
     */
    void ended(ApprovalId id, List<String> ends);

    /** What the flow may read. Joins the caller's transaction. */
    FlowFacts facts(ApprovalId id);
}
