package io.holdpoint.gateway.console;

import io.holdpoint.gateway.console.VisibleText.Piece;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Execution;
import io.holdpoint.workflow.approval.Review;
import io.holdpoint.workflow.people.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An approval as its page shows it to one visitor. Every text an agent, a server or a person chose is in pieces.
 *
 * @param arguments laid out, never cut short
 * @param masked whether a value in them is hidden
 * @param digest whole; the decision sends it back, so that it is about what was shown
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
        boolean masked,
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

    static Card of(Approval approval, Visitor visitor, Names names, Instant now) {
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
                call.arguments().contains(MASK),
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
                asked(approval, visitor, names),
                approval.reviews().stream()
                        .map(review -> Given.of(review, names, now))
                        .toList(),
                approval.execution().map(execution -> Run.of(execution, now)),
                approval.terms().reasonRequired(),
                decides,
                decides && sure,
                whyNot(approval, visitor, sure),
                visitor.is(Role.OPERATOR) && isOpen(approval.state()),
                visitor.maySettle(approval) && approval.state() == ApprovalState.UNKNOWN);
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(SHORT_HASH, hash.length()));
    }

    private static boolean isOpen(ApprovalState state) {
        return state == ApprovalState.PENDING || state == ApprovalState.APPROVED;
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
    record Run(String state, Moment started, Optional<Moment> finished) {

        static Run of(Execution execution, Instant now) {
            return new Run(
                    execution.state().word(),
                    Moment.of(execution.startedAt(), now),
                    execution.finishedAt().map(time -> Moment.of(time, now)));
        }
    }
}
