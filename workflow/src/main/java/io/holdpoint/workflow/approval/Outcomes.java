package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.audit.AuditEntry.OutcomeReached;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.people.PersonId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;

/** Ends approvals: row, audit entry and event, in the caller's transaction, which holds the row's lock. */
final class Outcomes {

    private final ApprovalRows rows;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Outcomes(ApprovalRows rows, AuditLog audit, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Ends an approval, or makes it an approved one.
     *
     * @param person whose review or cancellation it was
     */
    void reached(Approval approval, Outcome outcome, Actor actor, Optional<PersonId> person, Optional<String> reason) {
        var now = now();
        var runnableUntil = outcome == Outcome.APPROVED
                ? Optional.of(now.plus(approval.terms().approvedFor()))
                : approval.runnableUntil();
        rows.decide(approval.id(), outcome, now, person, reason, runnableUntil);
        var word = outcome.name().toLowerCase(Locale.ROOT);
        audit.append(
                new OutcomeReached(approval.call(), approval.id().value(), approval.digest(), actor, word, reason));
        publish(approval.id(), ApprovalState.valueOf(outcome.name()));
    }

    void publish(ApprovalId id, ApprovalState state) {
        publish(new ApprovalChanged(id, state));
    }

    void publish(ApprovalChanged change) {
        events.publishEvent(change);
    }

    /** The time, as exact as the databases keep it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
