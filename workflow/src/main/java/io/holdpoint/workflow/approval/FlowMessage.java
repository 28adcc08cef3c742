package io.holdpoint.workflow.approval;

import java.util.Objects;

/**
 * A flow's service task wants people told something (spec 06, Service tasks). Published as a Spring application event
 * inside the flow's transaction.
 *
 * @param element the service task's id in the drawing
 */
public record FlowMessage(ApprovalId id, Kind kind, String element) {

    /** What is to be told. */
    public enum Kind {
        /** The question, to those the task names. */
        NOTIFY,
        /** The question again, to those who have not answered. */
        REMIND,
        /** News, without buttons. */
        INFORM
    }

    public FlowMessage {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(element);
    }
}
