package io.holdpoint.gateway.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.Execution;
import io.holdpoint.workflow.approval.FlowPosition;
import io.holdpoint.workflow.approval.Review;
import io.holdpoint.workflow.approval.Settlement;
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
        Optional<ExecutionBody> execution,
        @JsonInclude(Include.NON_ABSENT) Optional<Instant> argumentsDeletedAt) {

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
                approval.execution().map(ExecutionBody::of),
                approval.argumentsDeletedAt());
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
    record ExecutionBody(
            String state,
            Instant startedAt,
            Optional<Instant> finishedAt,
            Optional<String> error,
            @JsonInclude(Include.NON_ABSENT) Optional<SettlementBody> settlement) {

        static ExecutionBody of(Execution execution) {
            return new ExecutionBody(
                    execution.state().word(),
                    execution.startedAt(),
                    execution.finishedAt(),
                    execution.error(),
                    execution.settlement().map(SettlementBody::of));
        }
    }

    /** What a person found out about an unknown execution, in the API. */
    record SettlementBody(String by, Instant at, boolean happened, String note) {

        static SettlementBody of(Settlement settlement) {
            return new SettlementBody(
                    settlement.by().value(), settlement.at(), settlement.happened(), settlement.note());
        }
    }

    /** A place the flow waits at, in the API. */
    record PositionBody(String element, String name) {

        static PositionBody of(FlowPosition position) {
            return new PositionBody(position.element(), position.name());
        }
    }

    /**
     * An equal call that was forwarded, in the API: no more of it than any visitor of this approval may know.
     *
     * @param approval its id, where the visitor may see it
     * @param happened what a person found out, where it was unknown
     */
    record EqualCallBody(
            @JsonInclude(Include.NON_ABSENT) Optional<String> approval,
            String state,
            Instant startedAt,
            Optional<Instant> finishedAt,
            @JsonInclude(Include.NON_ABSENT) Optional<Boolean> happened) {

        static Optional<EqualCallBody> of(Approval equal, Visitor visitor) {
            return equal.execution()
                    .map(execution -> new EqualCallBody(
                            Optional.of(equal)
                                    .filter(visitor::sees)
                                    .map(seen -> seen.id().value()),
                            execution.state().word(),
                            execution.startedAt(),
                            execution.finishedAt(),
                            execution.settlement().map(Settlement::happened)));
        }
    }

    /** The equal calls of an approval, in the API. */
    record EqualCallsBody(Optional<EqualCallBody> last, List<EqualCallBody> unsettled) {

        static EqualCallsBody of(Surroundings around, Visitor visitor) {
            return new EqualCallsBody(
                    around.lastEqual().flatMap(equal -> EqualCallBody.of(equal, visitor)),
                    around.unsettledEquals().stream()
                            .flatMap(equal -> EqualCallBody.of(equal, visitor).stream())
                            .toList());
        }
    }

    /** One approval with everything about it. */
    record Full(
            @JsonUnwrapped ApprovalBody approval,
            @JsonInclude(Include.NON_ABSENT) Optional<Json.Raw> sentAlong,
            List<PositionBody> flowPosition,
            EqualCallsBody equalCalls,
            List<Json.Raw> auditEntries) {

        static Full of(Approval approval, Surroundings around, List<Json.Raw> auditEntries, Visitor visitor) {
            return new Full(
                    ApprovalBody.of(approval),
                    Optional.of(around.sentAlong().json())
                            .filter(text -> !text.isEmpty())
                            .map(Json.Raw::of),
                    around.flowPosition().stream().map(PositionBody::of).toList(),
                    EqualCallsBody.of(around, visitor),
                    auditEntries);
        }
    }
}
