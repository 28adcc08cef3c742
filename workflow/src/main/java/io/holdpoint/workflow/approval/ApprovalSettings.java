package io.holdpoint.workflow.approval;

import java.time.Duration;

/**
 * What of approvals is configurable.
 *
 * @param keepResult how long an answer nobody fetched is kept for an equal call ({@code approvals.keep-result})
 * @param retainArguments how long the arguments of an ended approval are kept ({@code approvals.retain-arguments})
 */
public record ApprovalSettings(Duration keepResult, Duration retainArguments) {

    public ApprovalSettings {
        if (keepResult.isNegative()) {
            throw new IllegalArgumentException(
                    "approvals.keep-result is %s; use 0s or more, such as 1h".formatted(keepResult));
        }
        if (retainArguments.isNegative()) {
            throw new IllegalArgumentException(
                    "approvals.retain-arguments is %s; use 0s or more, such as 30d".formatted(retainArguments));
        }
    }
}
