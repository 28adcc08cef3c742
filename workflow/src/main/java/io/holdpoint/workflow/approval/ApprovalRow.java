package io.holdpoint.workflow.approval;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An approval with what only this package needs of it.
 *
 * @param flowDefinition the engine's id of the flow's version
 * @param processInstance where its flow runs; empty until it was started
 * @param node the node that forwards it
 * @param reviews as in the approval, each with the question it answered
 */
record ApprovalRow(
        Approval approval,
        String flowDefinition,
        Optional<String> processInstance,
        Optional<String> node,
        List<Answered> reviews) {

    /** A review and the id of the drawing's element it answered. */
    record Answered(String element, Review review) {}

    /** An open question of the flow. */
    record OpenTask(String id, String element) {}

    ApprovalRow {
        Objects.requireNonNull(approval);
        Objects.requireNonNull(flowDefinition);
        Objects.requireNonNull(processInstance);
        Objects.requireNonNull(node);
        reviews = List.copyOf(reviews);
    }

    ApprovalId id() {
        return approval.id();
    }

    ApprovalState state() {
        return approval.state();
    }
}
