package io.holdpoint.gateway.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.Execution;
import io.holdpoint.workflow.approval.Review;
import io.holdpoint.workflow.people.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An approval in the API: the names and their order are a promise (spec 05, API of the console). */
record ApprovalBody(
        String id,
        String state,
        String server,
        String tool,
        String grant,
        String owner,
        Json.Raw arguments,
        String digest,
        String rule,
        Optional<String> reason,
        String risk,
        String category,
        String flow,
        int flowVersion,
        List<String> reviewers,
        Instant requestedAt,
        Instant expiresAt,
        Optional<Instant> decidedAt,
        List<ReviewBody> reviews,
        Optional<ExecutionBody> execution) {

    static ApprovalBody of(Approval approval) {
        var call = approval.call();
        return new ApprovalBody(
                approval.id().value(),
                approval.state().word(),
                call.server(),
                call.tool(),
                call.grant(),
                call.owner(),
                arguments(call.arguments()),
                approval.digest(),
                call.rule(),
                approval.terms().reason(),
                call.risk().label(),
                call.category(),
                approval.terms().flow(),
                approval.flowVersion(),
                approval.approvers().stream().map(PersonId::value).toList(),
                approval.requestedAt(),
                approval.expiresAt(),
                approval.decidedAt(),
                approval.reviews().stream().map(ReviewBody::of).toList(),
                approval.execution().map(ExecutionBody::of));
    }

    private static Json.Raw arguments(String text) {
        return text.isEmpty() ? new Json.Raw("null") : Json.Raw.of(text);
    }

    /** A review in the API. */
    record ReviewBody(
            String reviewer, String verdict, Optional<String> reason, String channel, String assurance, Instant at) {

        static ReviewBody of(Review review) {
            return new ReviewBody(
                    review.reviewer().value(),
                    review.verdict().name().toLowerCase(Locale.ROOT),
                    review.reason(),
                    review.channel(),
                    review.assurance().label(),
                    review.at());
        }
    }

    /** An execution in the API. */
    record ExecutionBody(String state, Instant startedAt, Optional<Instant> finishedAt, Optional<String> error) {

        static ExecutionBody of(Execution execution) {
            return new ExecutionBody(
                    execution.state().word(), execution.startedAt(), execution.finishedAt(), execution.error());
        }
    }

    /** One approval with everything about it. */
    record Full(@JsonUnwrapped ApprovalBody approval, List<Json.Raw> auditEntries) {}
}
