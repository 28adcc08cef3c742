package io.holdpoint.workflow.approval;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The gateway's side of approvals: running an approved call at most once and keeping its answer. Safe for any thread;
 * every method blocks on the database and, unless it says otherwise, has a transaction of its own.
 */
public interface Executions {

    /**
     * Takes the right to forward an approved call: {@code APPROVED} to {@code RUNNING} by compare-and-set, with its audit
     * entry, durable on return. Also checks expiry, that every approving reviewer still is one, and the digest over
     * the stored bytes; if one fails the approval ends ({@code EXPIRED}, {@code VOIDED}).
     *
     * @param node the node that forwards, so that its death is noticed
     * @return the message to forward, or empty if it is not this caller's to run
     */
    Optional<HeldMessage> begin(ApprovalId id, String node);

    /** The message that will be forwarded, to be checked before that; empty if it is not kept any more. */
    Optional<HeldMessage> message(ApprovalId id);

    /** Records how the forwarding ended. {@code UNKNOWN} is final until a person settles it. */
    void finish(ApprovalId id, Finish finish);

    /**
     * Nothing was sent to the server: back to {@code APPROVED}, to be tried again within {@code approved_for} when the
     * caller sees fit. Publishes no event: the call would be tried again at once.
     */
    void nothingSent(ApprovalId id, String error);

    /** The world changed between approval and execution: {@code APPROVED} or {@code PENDING} to {@code VOIDED}. */
    void voided(ApprovalId id, String why);

    /**
     * The definitions of a server's tools were read: {@code APPROVED} and {@code PENDING} ones that are bound to another
     * definition than their tool's present one end as {@code VOIDED}. Those asked for after {@code readAt} stay: what they
     * are bound to may be newer than what was read.
     *
     * @param current SHA-256 of a tool's present definition by the tool's name, or what stands for none
     * @return how many were bound to another definition
     */
    int voidOutdated(String server, UnaryOperator<String> current, Instant readAt, String why);

    /**
     * Definitions of a server's tools were replaced: {@code APPROVED} and {@code PENDING} ones that are bound to one of
     * them and were asked for until {@code readAt} end as {@code VOIDED}, no others.
     *
     * @param replaced SHA-256 of the definition a tool had, by the tool's name
     * @return how many were bound to one
     */
    int voidReplaced(String server, Map<String, String> replaced, Instant readAt, String why);

    /**
     * The approval an equal call of the same grant attaches to: pending, approved and unused, running, or finished and not delivered
     * (within {@code approvals.keep-result}). Joins the caller's transaction and keeps the row locked until that ends:
     * whoever locks limits as well locks them after it, as every step of an approval does.
     */
    Optional<Approval> attachable(String sameness, String grantState);

    /** What the grant was when it asked, as {@link ApprovalRequest#grantState} had it. */
    Optional<String> grantState(ApprovalId id);

    /** All that may still run: pending ones, and approved ones that nobody has begun. */
    List<Asked> asked();

    /**
     * Who asked for something that may still run.
     *
     * @param grantState what the grant was then
     */
    record Asked(ApprovalId id, String grant, String server, String grantState) {}

    /** The stored answer of a finished one; empty if none was kept. */
    Optional<byte[]> answer(ApprovalId id);

    /** The agent has the answer, the refusal included: an equal call is a new one from now on. */
    void delivered(ApprovalId id);

    /** The agent's word to the reviewers, added to what it said before; nothing once the approval is decided. */
    void say(ApprovalId id, String note);

    /** The agent was told that the approval is pending: the call runs when approved, connection or not. */
    void toldPending(ApprovalId id);

    /** How many approvals are pending, of one grant or of all. Joins the caller's transaction. */
    int pending(Optional<String> grant);

    /** Approved, the agent was told pending, and not yet running: to be run by whoever sees it first. */
    List<ApprovalId> waitingToRun();

    /** Ends approved ones whose {@code approved_for} is over as {@code EXPIRED}. */
    void expireUnused(Instant now);

    /**
     * Deletes the arguments, as sent and as shown, the nonces and the answers of some approvals that ended longer ago than
     * {@code approvals.retain-arguments}. Never those of one that can still run or whose answer is kept for delivery.
     * The audit log keeps its own.
     *
     * @return whether there may be more
     */
    boolean deleteOldArguments(Instant now);

    /** Makes {@code RUNNING} ones {@code UNKNOWN} whose node is not among those alive. */
    void abandonExcept(List<String> nodesAlive);

    /** The states of these approvals now, for callers that wait and may have missed an event. */
    List<ApprovalChanged> states(List<ApprovalId> ids);

    /**
     * How a forwarding ended.
     *
     * @param state {@code SUCCEEDED}, {@code FAILED} or {@code UNKNOWN}
     * @param answer the server's JSON-RPC answer, byte for byte; empty where there was none or it is too large to keep
     * @param error what went wrong, without secrets
     * @param didNothing whether the server certainly did nothing: HTTP 4xx or a JSON-RPC error (spec 03, Order)
     */
    record Finish(ApprovalState state, Optional<byte[]> answer, Optional<String> error, boolean didNothing) {
        public Finish {
            if (!state.isExecuted()) {
                throw new IllegalArgumentException("an execution does not end as " + state);
            }
        }
    }
}
