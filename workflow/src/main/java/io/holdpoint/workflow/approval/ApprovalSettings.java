package io.holdpoint.workflow.approval;

import java.time.Duration;

/**
 * What of approvals is configurable.
 *
 * @param keepResult how long an answer nobody fetched is kept for an equal call ({@code approvals.keep-result})
 */
public record ApprovalSettings(Duration keepResult) {

    public ApprovalSettings {
        if (keepResult.isNegative()) {
            throw new IllegalArgumentException(
                    "approvals.keep-result is %s; use 0s or more, such as 1h".formatted(keepResult));
        }
    }
}
