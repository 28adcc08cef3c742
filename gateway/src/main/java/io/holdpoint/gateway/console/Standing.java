package io.holdpoint.gateway.console;

import io.holdpoint.gateway.console.VisibleText.Piece;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Execution;
import io.holdpoint.workflow.approval.Settlement;
import java.time.Instant;
import java.util.List;

/**
 * Where an approval stands, in words for people.
 *
 * @param tone how it looks: {@code waiting}, {@code good}, {@code bad} or {@code unsure}
 * @param headline what happened, and by whom
 * @param meaning what that means for the call
 * @param reason what was given as the reason, or went wrong; may be empty
 */
record Standing(String tone, List<Piece> headline, String meaning, List<Piece> reason) {

    static Standing of(Approval approval, Names names, Instant now) {
        return new Standing(
                tone(approval.state()),
                VisibleText.of(headline(approval, names, now)),
                meaning(approval, now),
                VisibleText.ofLines(reason(approval)));
    }

    private static String tone(ApprovalState state) {
        return switch (state) {
            case PENDING -> "waiting";
            case APPROVED, RUNNING, SUCCEEDED -> "good";
            case REJECTED, EXPIRED, CANCELLED, VOIDED -> "bad";
            case FAILED, UNKNOWN -> "unsure";
        };
    }

    private static String headline(Approval approval, Names names, Instant now) {
        var by = approval.decidedBy().map(person -> " by " + names.of(person)).orElse("");
        var when = approval.decidedAt()
                .map(time -> Moment.of(time, now))
                .map(time -> ", " + time.shown() + " (" + time.near() + ")")
                .orElse("");
        return switch (approval.state()) {
            case PENDING -> isLate(approval, now) ? "Expired" : "Waiting for a decision";
            case REJECTED -> "Rejected" + by + when;
            case EXPIRED -> "Expired" + when;
            case CANCELLED -> "Cancelled" + by + when;
            case VOIDED -> "Voided" + when;
            case APPROVED, RUNNING, SUCCEEDED, FAILED, UNKNOWN -> "Approved" + by + when;
        };
    }

    private static String meaning(Approval approval, Instant now) {
        return switch (approval.state()) {
            case PENDING ->
                isLate(approval, now)
                        ? "Nobody decided in time. Nothing was sent."
                        : "Nothing has been sent. It expires "
                                + Moment.of(approval.expiresAt(), now).near() + ".";
            case APPROVED -> "It has not run yet.";
            case RUNNING -> "It was sent to the server and is running.";
            case SUCCEEDED -> "It ran once, and the server reported success.";
            case FAILED -> "It was sent once, and the server reported an error.";
            case UNKNOWN -> meaningOfUnknown(approval);
            case REJECTED, CANCELLED -> "Nothing was sent.";
            case EXPIRED -> "Time ran out. Nothing was sent.";
            case VOIDED -> "Something it was bound to changed. Nothing was sent.";
        };
    }

    private static String meaningOfUnknown(Approval approval) {
        return approval.execution()
                .flatMap(Execution::settlement)
                .map(Settlement::happened)
                .map(happened -> "It was sent, but no answer came back. Somebody has found out since: the server "
                        + (happened ? "acted." : "did not act."))
                .orElse("It was sent, but no answer came back: whether the server acted is unknown."
                        + " It will not be repeated.");
    }

    private static boolean isLate(Approval approval, Instant now) {
        return !now.isBefore(approval.expiresAt());
    }

    private static String reason(Approval approval) {
        return approval.execution()
                .flatMap(Execution::error)
                .or(approval::decidedReason)
                .orElse("");
    }
}
