package io.holdpoint.gateway.console;

import io.holdpoint.gateway.console.VisibleText.Piece;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Execution;
import io.holdpoint.workflow.approval.FlowPosition;
import io.holdpoint.workflow.approval.Review;
import io.holdpoint.workflow.approval.Settlement;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An approval as its page shows it to one visitor. Every text an agent, a server or a person chose is in pieces.
 *
 * @param arguments laid out, never cut short
 * @param argumentsDeleted until when they were kept; empty while they are
 * @param sentAlong what goes to the server beside them; may be empty
 * @param unusual whether that is more than what every client sends
 * @param masked whether a value in them, or in what is sent along, is hidden
 * @param mayReveal whether the visitor may see what is hidden in the arguments
 * @param digest whole; the decision sends it back, so that it is about what was shown
 * @param waitsAt where its flow waits, in the drawing's words; may be empty
 * @param lastEqual the equal call that ran last
 * @param unsettledEquals equal calls that may have happened
 * @param mayDecide whether the visitor's reject would count
 * @param mayApprove whether their approve would count too
 * @param whyNot what keeps the visitor from deciding or approving; may be empty
 */
record Card(
        String id,
        List<Piece> tool,
        List<Piece> server,
        List<Piece> agent,
        List<Piece> owner,
        String risk,
        String riskStyle,
        List<Piece> category,
        List<Piece> arguments,
        Optional<Moment> argumentsDeleted,
        List<Piece> sentAlong,
        boolean unusual,
        boolean masked,
        boolean mayReveal,
        List<Piece> why,
        List<Piece> agentSays,
        List<Piece> rule,
        String policy,
        String digest,
        String shortDigest,
        List<Piece> flow,
        Moment since,
        Moment expires,
        Standing standing,
        List<Piece> waitsAt,
        Optional<Equal> lastEqual,
        List<Equal> unsettledEquals,
        List<Asked> asked,
        List<Given> reviews,
        Optional<Run> run,
        boolean reasonRequired,
        boolean mayDecide,
        boolean mayApprove,
        String whyNot,
        boolean mayCancel,
        boolean maySettle) {

    /** What hidden values begin with (spec 03, Redacted). */
    private static final String MASK = "••••";

    private static final int SHORT_HASH = 12;

    static Card of(Approval approval, Surroundings around, Visitor visitor, Names names, Instant now) {
        var call = approval.call();
        var decides = InboxRow.isTheirs(approval, visitor) && now.isBefore(approval.expiresAt());
        var sure = visitor.assurance().reaches(approval.terms().minAssurance());
        return new Card(
                approval.id().value(),
                VisibleText.of(call.tool()),
                VisibleText.of(call.server()),
                VisibleText.of(call.grant()),
                VisibleText.of(names.of(call.owner())),
                call.risk().label(),
                "risk-" + call.risk().label().toLowerCase(Locale.ROOT),
                VisibleText.of(call.category()),
                VisibleText.ofLines(JsonLines.of(call.arguments())),
                approval.argumentsDeletedAt().map(time -> Moment.of(time, now)),
                VisibleText.ofLines(JsonLines.of(around.sentAlong().json())),
                around.sentAlong().unusual(),
                call.arguments().contains(MASK) || around.sentAlong().json().contains(MASK),
                mayReveal(approval, visitor),
                VisibleText.ofLines(approval.terms().reason().orElse("")),
                VisibleText.ofLines(approval.agentSays()),
                VisibleText.of(call.rule()),
                shortened(call.policy()),
                approval.digest(),
                approval.shortDigest(),
                VisibleText.of("%s, version %d".formatted(approval.terms().flow(), approval.flowVersion())),
                Moment.of(approval.requestedAt(), now),
                Moment.of(approval.expiresAt(), now),
                Standing.of(approval, names, now),
                VisibleText.of(
                        around.flowPosition().stream().map(FlowPosition::name).collect(Collectors.joining(", "))),
                around.lastEqual().flatMap(equal -> Equal.of(equal, visitor, now)),
                around.unsettledEquals().stream()
                        .flatMap(equal -> Equal.of(equal, visitor, now).stream())
                        .toList(),
                asked(approval, visitor, names),
                approval.reviews().stream()
                        .map(review -> Given.of(review, names, now))
                        .toList(),
                approval.execution().map(execution -> Run.of(execution, names, now)),
                approval.terms().reasonRequired(),
                decides,
                decides && sure,
                whyNot(approval, visitor, sure),
                visitor.is(Role.OPERATOR) && isOpen(approval.state()),
                visitor.maySettle(approval) && isUnsettled(approval));
    }

    private static boolean mayReveal(Approval approval, Visitor visitor) {
        return approval.call().arguments().contains(MASK)
                && visitor.isAsked(approval)
                && visitor.assurance().reaches(Assurance.LOGIN);
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(SHORT_HASH, hash.length()));
    }

    private static boolean isOpen(ApprovalState state) {
        return state == ApprovalState.PENDING || state == ApprovalState.APPROVED;
    }

    private static boolean isUnsettled(Approval approval) {
        return approval.state() == ApprovalState.UNKNOWN
                && approval.execution().flatMap(Execution::settlement).isEmpty();
    }

    private static List<Asked> asked(Approval approval, Visitor visitor, Names names) {
        return approval.approvers().stream()
                .map(person -> new Asked(
                        VisibleText.of(names.of(person)),
                        person.equals(visitor.person().id())))
                .toList();
    }

    private static String whyNot(Approval approval, Visitor visitor, boolean sure) {
        if (approval.state() != ApprovalState.PENDING) {
            return "";
        }
        if (InboxRow.hasReviewed(approval, visitor)) {
            return "You have decided. It waits for others.";
        }
        if (InboxRow.isBarredAsOwner(approval, visitor)) {
            return "You own the grant this call came with, so somebody else decides.";
        }
        if (!visitor.isAsked(approval)) {
            return "You can read this; those asked decide.";
        }
        return sure
                ? ""
                : "Approving this needs more than this sign-in (%s); rejecting does not."
                        .formatted(approval.terms().minAssurance().label());
    }

    /** Somebody who is asked. */
    record Asked(List<Piece> name, boolean you) {}

    /** A review that was given. */
    record Given(
            List<Piece> name, String verdict, List<Piece> reason, List<Piece> channel, String assurance, Moment at) {

        static Given of(Review review, Names names, Instant now) {
            return new Given(
                    VisibleText.of(names.of(review.reviewer())),
                    review.verdict() == Review.Verdict.APPROVE ? "approved" : "rejected",
                    VisibleText.ofLines(review.reason().orElse("")),
                    VisibleText.of(review.channel()),
                    review.assurance().label(),
                    Moment.of(review.at(), now));
        }
    }

    /** The forwarding, as far as it has come. */
    record Run(String state, Moment started, Optional<Moment> finished, Optional<Found> settled) {

        static Run of(Execution execution, Names names, Instant now) {
            return new Run(
                    execution.state().word(),
                    Moment.of(execution.startedAt(), now),
                    execution.finishedAt().map(time -> Moment.of(time, now)),
                    execution.settlement().map(settlement -> Found.of(settlement, names, now)));
        }
    }

    /** What somebody found out about an unknown execution. */
    record Found(List<Piece> by, Moment at, String what, List<Piece> note) {

        static Found of(Settlement settlement, Names names, Instant now) {
            return new Found(
                    VisibleText.of(names.of(settlement.by())),
                    Moment.of(settlement.at(), now),
                    settlement.happened() ? "It happened." : "It did not happen.",
                    VisibleText.ofLines(settlement.note()));
        }
    }

    /**
     * An equal call that was forwarded.
     *
     * @param link its approval's id if the visitor may open it, else empty
     */
    record Equal(String link, Moment started, String ending) {

        static Optional<Equal> of(Approval equal, Visitor visitor, Instant now) {
            return equal.execution()
                    .map(execution -> new Equal(
                            visitor.sees(equal) ? equal.id().value() : "",
                            Moment.of(execution.startedAt(), now),
                            ending(execution)));
        }

        private static String ending(Execution execution) {
            return switch (execution.state()) {
                case SUCCEEDED -> "and the server reported success";
                case FAILED -> "and the server reported an error";
                case UNKNOWN ->
                    execution
                            .settlement()
                            .map(Settlement::happened)
                            .map(happened -> happened
                                    ? "and it happened, as somebody found out"
                                    : "and it did not happen, as somebody found out")
                            .orElse("and whether the server acted is unknown");
                default -> "and is running";
            };
        }
    }
}
