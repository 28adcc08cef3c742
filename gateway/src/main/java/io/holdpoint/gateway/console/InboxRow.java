package io.holdpoint.gateway.console;

import io.holdpoint.gateway.console.VisibleText.Piece;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Review;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * An approval as the inbox lists it.
 *
 * @param arguments on one line, so that equal-looking calls can be told apart
 * @param yours whether the visitor can decide it
 * @param note what else the visitor should know, may be empty
 */
record InboxRow(
        String id,
        List<Piece> tool,
        List<Piece> server,
        List<Piece> agent,
        List<Piece> owner,
        List<Piece> arguments,
        String risk,
        String riskStyle,
        String state,
        Moment since,
        Moment expires,
        boolean yours,
        String note) {

    static InboxRow of(Approval approval, Visitor visitor, Names names, Instant now) {
        var call = approval.call();
        return new InboxRow(
                approval.id().value(),
                VisibleText.of(call.tool()),
                VisibleText.of(call.server()),
                VisibleText.of(call.grant()),
                VisibleText.of(names.of(call.owner())),
                VisibleText.of(approval.argumentsDeletedAt().isPresent() ? "(arguments deleted)" : call.arguments()),
                call.risk().label(),
                "risk-" + call.risk().label().toLowerCase(Locale.ROOT),
                approval.state().word(),
                Moment.of(approval.decidedAt().orElse(approval.requestedAt()), now),
                Moment.of(approval.expiresAt(), now),
                isTheirs(approval, visitor),
                note(approval, visitor));
    }

    /** Whether the approval waits for this visitor: asked, not yet answered, and not about their own grant. */
    static boolean isTheirs(Approval approval, Visitor visitor) {
        return approval.state() == ApprovalState.PENDING
                && visitor.isAsked(approval)
                && !isBarredAsOwner(approval, visitor)
                && !hasReviewed(approval, visitor);
    }

    static boolean isBarredAsOwner(Approval approval, Visitor visitor) {
        return visitor.owns(approval) && !approval.terms().allowOwner();
    }

    static boolean hasReviewed(Approval approval, Visitor visitor) {
        return approval.reviews().stream()
                .map(Review::reviewer)
                .anyMatch(visitor.person().id()::equals);
    }

    private static String note(Approval approval, Visitor visitor) {
        return approval.state() == ApprovalState.PENDING && hasReviewed(approval, visitor) ? "You have decided." : "";
    }
}
