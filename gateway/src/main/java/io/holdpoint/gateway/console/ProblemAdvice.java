package io.holdpoint.gateway.console;

import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ReviewRefused;
import io.holdpoint.workflow.people.PersonId;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Turns whatever a request failed with into what its sender can use: a problem for programs, a page for people. */
@ControllerAdvice
class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final ProblemView view;

    ProblemAdvice(ProblemView view) {
        this.view = view;
    }

    @ExceptionHandler
    Object refused(Refused refused, HttpServletRequest request) {
        return view.answer(request, refused.problem());
    }

    @ExceptionHandler
    Object reviewRefused(ReviewRefused refused, HttpServletRequest request) {
        return view.answer(request, problem(refused));
    }

    /** What Spring MVC itself refuses; some of it is checked, some not. */
    @ExceptionHandler
    Object notServed(ServletException refused, HttpServletRequest request) {
        return refused instanceof ErrorResponse response
                ? view.answer(request, Problem.ofStatus(response.getStatusCode().value()))
                : failed(refused, request);
    }

    /** A request's edge: whatever else went wrong becomes a plain answer, and its cause stands in the log. */
    @ExceptionHandler
    Object failed(RuntimeException failure, HttpServletRequest request) {
        return failure instanceof ErrorResponse response
                ? view.answer(request, Problem.ofStatus(response.getStatusCode().value()))
                : failed((Exception) failure, request);
    }

    private Object failed(Exception failure, HttpServletRequest request) {
        LOG.error("{} of a console page failed", request.getMethod(), failure);
        return view.answer(request, Problem.FAILED);
    }

    /** What a review that was not accepted means for the one who gave it (spec 05, API of the console). */
    static Problem problem(ReviewRefused refused) {
        if (refused instanceof ReviewRefused.UnknownApproval) {
            return Problem.NOT_FOUND;
        }
        if (refused instanceof ReviewRefused.AlreadyResolved resolved) {
            return refusal(409, "already-resolved", "Already decided", refused, "Nothing is left to do here.")
                    .with("decision", decision(resolved.approval()));
        }
        if (refused instanceof ReviewRefused.AlreadySettled settled) {
            return refusal(409, "already-settled", "Already settled", refused, "Nothing is left to do here.")
                    .with("settlement", ApprovalBody.SettlementBody.of(settled.settlement()));
        }
        if (refused instanceof ReviewRefused.OtherDigest) {
            return refusal(
                    409, "other-digest", "The call has changed", refused, "Read it again as it is now, then decide.");
        }
        if (refused instanceof ReviewRefused.Expired) {
            return refusal(410, "expired", "Too late", refused, "The agent has to ask again.");
        }
        if (refused instanceof ReviewRefused.ReasonMissing) {
            return refusal(422, "reason-missing", "A reason is needed", refused, "Say why, and send it again.");
        }
        return notAllowed(refused);
    }

    /** What this person, or this moment, does not allow. */
    private static Problem notAllowed(ReviewRefused refused) {
        if (refused instanceof ReviewRefused.NobodyAsked) {
            return refusal(409, "nobody-asked", "Not now", refused, "Open it again in a moment.");
        }
        if (refused instanceof ReviewRefused.AlreadyReviewed) {
            return refusal(403, "already-reviewed", "You have decided", refused, "It waits for others.");
        }
        if (refused instanceof ReviewRefused.NotSureEnough) {
            return refusal(
                    403,
                    "not-sure-enough",
                    "This sign-in is not enough",
                    refused,
                    "Reject it here or approve it there.");
        }
        if (refused instanceof ReviewRefused.NotASettler) {
            return refusal(
                    403, "not-a-settler", "You may not settle this", refused, "Tell one of them what you found.");
        }
        return refusal(403, "not-a-reviewer", "You may not decide this", refused, "Leave it to those who are asked.");
    }

    private static Problem refusal(int status, String name, String title, ReviewRefused refused, String next) {
        return new Problem(status, name, title, String.valueOf(refused.getMessage()), next);
    }

    private static Map<String, Object> decision(Approval approval) {
        var decision = new LinkedHashMap<String, Object>();
        decision.put("state", approval.state().word());
        decision.put("decidedAt", approval.decidedAt());
        decision.put("decidedBy", approval.decidedBy().map(PersonId::value));
        decision.put("reason", approval.decidedReason());
        return decision;
    }
}
