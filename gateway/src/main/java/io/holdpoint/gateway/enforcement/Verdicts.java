package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.mcp.JsonRpc;
import io.holdpoint.gateway.mcp.Refusal;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Execution;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.PersonId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;

/** What an agent is told about an approval: enough for a model to act on, never how to approve (spec 03). */
final class Verdicts {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private static final int SERVER_REFUSED = -32603;

    private final Supplier<People> people;

    Verdicts(Supplier<People> people) {
        this.people = people;
    }

    /** What progress says while people are asked. */
    String waitingFor(Approval approval) {
        return "Waiting for approval by %s, %d asked, expires %s"
                .formatted(
                        String.join(", ", approval.terms().approvers()),
                        approval.approvers().size(),
                        TIME.format(approval.expiresAt()));
    }

    Refusal pending(Approval approval) {
        if (approval.state() != ApprovalState.PENDING) {
            return refusal(Refusal.Kind.PENDING, approval, "This call was approved and is being run");
        }
        return refusal(
                Refusal.Kind.PENDING,
                approval,
                "This call waits for a person's approval (%s) until %s"
                        .formatted(String.join(", ", approval.terms().approvers()), TIME.format(approval.expiresAt())));
    }

    /** How a call ended that will not run. */
    Refusal refused(Approval approval) {
        return switch (approval.state()) {
            case REJECTED -> refusal(Refusal.Kind.REJECTED, approval, rejected(approval));
            case EXPIRED -> refusal(Refusal.Kind.EXPIRED, approval, "Nobody approved this call in time");
            case CANCELLED -> refusal(Refusal.Kind.CANCELLED, approval, "This call was cancelled" + because(approval));
            default ->
                refusal(
                        Refusal.Kind.VOIDED,
                        approval,
                        "This call had been put before people, but %s"
                                .formatted(approval.decidedReason().orElse("something changed meanwhile")));
        };
    }

    /** What became of it is not known. */
    Refusal unknown(Approval approval) {
        return refusal(
                Refusal.Kind.UNKNOWN,
                approval,
                "This call was approved and sent to the server, but whether the server acted on it is not known: %s"
                        .formatted(
                                approval.execution().flatMap(Execution::error).orElse("no answer came")));
    }

    /** The server refused the request itself: nothing ran. A JSON-RPC error object. */
    static byte[] failed(Approval approval) {
        var why = approval.execution().flatMap(Execution::error).orElse("the server refused the request");
        return JsonRpc.errorObject(SERVER_REFUSED, "The call was approved, but nothing was run: " + why);
    }

    /** The call ran, and its answer is not kept. */
    Refusal notKept(Approval approval) {
        return refusal(
                Refusal.Kind.UNKNOWN,
                approval,
                "This call was approved and ended as \"%s\", but the server's answer was not kept"
                        .formatted(approval.state().word()));
    }

    private String rejected(Approval approval) {
        return "Rejected by %s%s"
                .formatted(approval.decidedBy().map(this::name).orElse("the approval flow"), because(approval));
    }

    private static String because(Approval approval) {
        return approval.decidedReason()
                .filter(reason -> !reason.isBlank())
                .map(reason -> ": " + reason)
                .orElse("");
    }

    private String name(PersonId id) {
        return people.get().find(id).map(person -> person.name()).orElse(id.value());
    }

    private static Refusal refusal(Refusal.Kind decision, Approval approval, String message) {
        return Refusal.about(approval.id(), decision, approval.call().rule(), message);
    }
}
