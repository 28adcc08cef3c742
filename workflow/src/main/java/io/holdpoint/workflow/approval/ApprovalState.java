package io.holdpoint.workflow.approval;

import java.util.Locale;

/** Where an approval stands (spec 05, the picture at the top). */
public enum ApprovalState {
    PENDING,
    APPROVED,
    REJECTED,
    EXPIRED,
    CANCELLED,
    VOIDED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    UNKNOWN;

    /** The word in the API and on cards: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the call was forwarded and that came to an end. */
    public boolean isExecuted() {
        return this == SUCCEEDED || this == FAILED || this == UNKNOWN;
    }

    /** Whether the call will never be forwarded. */
    public boolean isRefused() {
        return this == REJECTED || this == EXPIRED || this == CANCELLED || this == VOIDED;
    }
}
