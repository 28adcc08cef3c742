package io.holdpoint.workflow.approval;

/** What the flow made of the reviews, or what ended the approval without it. */
public enum Outcome {
    APPROVED,
    REJECTED,
    EXPIRED,
    CANCELLED,
    VOIDED
}
