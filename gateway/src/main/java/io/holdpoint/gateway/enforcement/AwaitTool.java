package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.mcp.ApprovalAwait;
import io.holdpoint.gateway.mcp.Refusal;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalId;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Executions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The gateway's own tool {@code approval_await}: waits again for a pending approval and returns the held call's own
 * result (spec 04, Pending result). It can never decide.
 */
final class AwaitTool {

    private static final Logger log = LoggerFactory.getLogger(AwaitTool.class);
    private static final String RULE = "(approval_await)";

    private final Approvals approvals;
    private final Executions executions;
    private final Waiting waiting;
    private final HoldTime holdTime;
    private final HoldWorkers workers;

    AwaitTool(Approvals approvals, Executions executions, Waiting waiting, HoldTime holdTime, HoldWorkers workers) {
        this.approvals = approvals;
        this.executions = executions;
        this.waiting = waiting;
        this.holdTime = holdTime;
        this.workers = workers;
    }

    /** Whether a call is for this tool: its name, where the grant's policy can hold calls at all. */
    boolean isMeant(ToolCall call) {
        return call.tool().equals(ApprovalAwait.NAME)
                && call.access().policy().filter(Policy::canHold).isPresent();
    }

    /** Waits. Called on the call's event loop. */
    void take(ToolCall call) {
        // Read here, where arguments that cannot be read are refused and noted as any message is.
        var arguments = call.arguments();
        try {
            workers.of(call.grant().id()).execute(Edge.guarding(call, () -> wait(call, arguments)));
        } catch (RejectedExecutionException e) {
            Answers.refuse(call, Refusal.of(Refusal.Kind.DENY, RULE, "Too many calls wait at this moment"));
        }
    }

    private void wait(ToolCall call, ObjectNode arguments) {
        try {
            var approval = approval(call, arguments);
            if (approval.isPresent()) {
                note(approval.get(), arguments);
                waiting.await(call, approval.get(), patience(call, arguments));
            } else {
                refuse(call, "There is no approval with this approval_id that belongs to this grant and server.");
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("an agent could not wait: {}", e.toString());
            refuse(call, "The approval cannot be read at this moment. Try again.");
        }
    }

    /** Another grant's approval looks as if it did not exist, and so does that of an earlier one of the same name. */
    private Optional<Approval> approval(ToolCall call, ObjectNode arguments) {
        var id = arguments.path("approval_id");
        if (!id.isString() || !ApprovalId.isOne(id.stringValue())) {
            return Optional.empty();
        }
        return approvals
                .find(new ApprovalId(id.stringValue()))
                .filter(approval -> approval.call().grant().equals(call.grant().id()))
                .filter(approval -> approval.call().server().equals(call.server()))
                .filter(approval -> executions
                        .grantState(approval.id())
                        .filter(call.grant().state(call.server())::equals)
                        .isPresent());
    }

    /** The agent's own word to the reviewers, shown as such. */
    private void note(Approval approval, ObjectNode arguments) {
        var note = arguments.path("note");
        if (note.isString() && !note.stringValue().isBlank()) {
            executions.say(approval.id(), note.stringValue());
        }
    }

    private Duration patience(ToolCall call, ObjectNode arguments) {
        var most = holdTime.of(call);
        var seconds = arguments.path("wait_seconds");
        if (!seconds.isIntegralNumber() || !seconds.canConvertToInt()) {
            return most;
        }
        var wanted = Duration.ofSeconds(Math.max(1, Math.min(ApprovalAwait.LONGEST_WAIT_SECONDS, seconds.intValue())));
        return wanted.compareTo(most) < 0 ? wanted : most;
    }

    private static void refuse(ToolCall call, String message) {
        call.exchange().loop().execute(() -> Answers.refuse(call, Refusal.of(Refusal.Kind.DENY, RULE, message)));
    }
}
