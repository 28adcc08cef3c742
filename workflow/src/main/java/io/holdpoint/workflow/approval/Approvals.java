package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.audit.Actor;
import java.util.List;
import java.util.Optional;

/**
 * The people's side of approvals: the question, the reviews, the outcome. Safe for any thread; every method blocks on
 * the database. Each change locks the approval's row first and stands in one transaction with its audit entry and the
 * flow's progress (spec 05).
 */
public interface Approvals {

    /**
     * Opens an approval and starts its flow, in the caller's transaction.
     *
     * @throws NotOpened if nobody could approve it or there is no such flow
     * @throws AlreadyOpen if an equal call's approval can still be attached to
     */
    Approval open(ApprovalRequest request);

    /**
     * Records a person's review and moves the flow on, in a transaction of its own.
     *
     * @return the approval after it
     * @throws ReviewRefused if it is not accepted; then nothing was recorded but that refusal
     */
    Approval review(ApprovalId id, ReviewSubmission submission);

    /**
     * Ends a pending or approved one as {@code CANCELLED}, in a transaction of its own.
     *
     * @throws ReviewRefused.AlreadyResolved if it is already running or over
     */
    Approval cancel(ApprovalId id, Actor by, String reason);

    /**
     * Records what a person found out about an {@code UNKNOWN} execution; repeats nothing (spec 05).
     *
     * @throws ReviewRefused.AlreadySettled if somebody did before
     */
    Approval settle(ApprovalId id, Actor by, boolean happened, String note);

    /**
     * The arguments as the agent sent them, hidden values in clear, for a reviewer who asked to see them (spec 03, Secrets).
     * Its audit entry is durable before they are returned.
     *
     * @param by a person who is asked, at assurance {@code login} or more
     * @return the JSON text's bytes; empty if they are not kept any more
     * @throws ReviewRefused.NotAReviewer if the person is not asked, or owns the grant
     * @throws ReviewRefused.NotSureEnough if they came with less than {@code login}
     */
    Optional<byte[]> reveal(ApprovalId id, Actor by);

    Optional<Approval> find(ApprovalId id);

    ApprovalPage list(ApprovalQuery query);

    /** Where the flow of a pending approval waits; empty once it is decided. */
    List<FlowPosition> flowPosition(ApprovalId id);

    /**
     * What goes to the server beside the arguments, unredacted. Empty where it was deleted with them, or cannot be opened:
     * then the call does not run either.
     */
    Optional<SentAlong> sentAlong(ApprovalId id);

    /**
     * The approval of the equal call (same grant, server, tool and arguments) that was forwarded last, the one asked about
     * aside. Equal calls are found until their arguments are deleted.
     */
    Optional<Approval> equalThatRan(ApprovalId id);

    /** Approvals of equal calls whose execution is {@code UNKNOWN} and not settled, newest first, at most a few. */
    List<Approval> unsettledEquals(ApprovalId id);

    /** An equal call's approval is open: attach to it instead. */
    final class AlreadyOpen extends RuntimeException {
        public AlreadyOpen(String sameness) {
            super("an equal call's approval is open: " + sameness);
        }
    }
}
