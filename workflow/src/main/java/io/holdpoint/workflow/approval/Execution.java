package io.holdpoint.workflow.approval;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The one forwarding of an approved call, as far as it has come.
 *
 * @param state {@code RUNNING}, {@code SUCCEEDED}, {@code FAILED} or {@code UNKNOWN}
 * @param error what went wrong, without secrets
 * @param settlement what a person found out, where the state is {@code UNKNOWN}; empty until then
 */
public record Execution(
        ApprovalState state,
        Instant startedAt,
        Optional<Instant> finishedAt,
        Optional<String> error,
        Optional<Settlement> settlement) {

    public Execution {
        Objects.requireNonNull(state);
        Objects.requireNonNull(startedAt);
        Objects.requireNonNull(finishedAt);
        Objects.requireNonNull(error);
        Objects.requireNonNull(settlement);
    }

    /** An execution nobody has settled. */
    public Execution(ApprovalState state, Instant startedAt, Optional<Instant> finishedAt, Optional<String> error) {
        this(state, startedAt, finishedAt, error, Optional.empty());
    }
}
