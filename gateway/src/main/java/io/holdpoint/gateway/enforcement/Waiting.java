package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.mcp.AnswerReader;
import io.holdpoint.gateway.mcp.JsonRpc;
import io.holdpoint.gateway.mcp.ObjectEdit;
import io.holdpoint.gateway.mcp.Refusal;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalId;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Executions;
import io.holdpoint.workflow.approval.ReviewRefused;
import io.holdpoint.workflow.audit.Actor;
import io.netty.channel.ChannelFuture;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Brings connections and approvals together: parks a connection until its approval is decided, and answers all that
 * wait. Methods block and run on workers unless they say otherwise.
 */
final class Waiting {

    private static final Logger log = LoggerFactory.getLogger(Waiting.class);

    private static final String REPLAYED = "io.holdpoint/replayedFrom";
    private static final int AT_ONCE = 500;

    private final HeldCalls held;
    private final Approvals approvals;
    private final Executions executions;
    private final ApprovedCalls approved;
    private final Verdicts verdicts;
    private final HoldTime holdTime;
    private final Executor workers;
    private int round;

    Waiting(
            HeldCalls held,
            Approvals approvals,
            Executions executions,
            ApprovedCalls approved,
            Verdicts verdicts,
            HoldTime holdTime,
            Executor workers) {
        this.held = held;
        this.approvals = approvals;
        this.executions = executions;
        this.approved = approved;
        this.verdicts = verdicts;
        this.holdTime = holdTime;
        this.workers = workers;
        held.onOver(this::over);
        held.onCancelled(this::cancelled);
        approved.onFinished(this::finished);
    }

    /** Lets a call wait for an approval: its own, or an equal call's. */
    void attach(ToolCall call, Approval approval) {
        attach(call, approval, holdTime.of(call), true);
    }

    /** Lets {@code approval_await} wait for an approval. */
    void await(ToolCall call, Approval approval, Duration patience) {
        attach(call, approval, patience, false);
    }

    private void attach(ToolCall call, Approval approval, Duration holdFor, boolean own) {
        var state = approval.state();
        if (state.isRefused()) {
            reply(call, verdicts.refused(approval));
        } else if (state.isExecuted()) {
            replay(call, approval);
        } else {
            var waiter = new Waiter(call, held, approval.id(), verdicts.waitingFor(approval), holdFor, own);
            call.exchange().loop().execute(Edge.guarding(call, () -> park(call, waiter)));
        }
    }

    private void park(ToolCall call, Waiter waiter) {
        if (!call.exchange().isOver()) {
            held.park(waiter);
            // What happened between opening and parking is seen now; what happens later wakes the waiter.
            workers.execute(() -> changed(waiter.approval()));
        }
    }

    /** Looks at an approval again and does what is due. */
    void changed(ApprovalId id) {
        Edge.guarding("looking at " + id, () -> approvals.find(id).ifPresent(this::due))
                .run();
    }

    private void due(Approval approval) {
        var id = approval.id();
        var state = approval.state();
        if (state == ApprovalState.APPROVED) {
            if (held.isWaiting(id) || approval.toldPending()) {
                approved.start(approval);
            }
        } else if (state.isRefused()) {
            answerAll(id, waiter -> waiter.refuse(verdicts.refused(approval)));
        } else if (state.isExecuted() && held.isWaiting(id)) {
            finished(approval, executions.answer(id).orElse(new byte[0]));
        }
    }

    /** An execution ended and is written down; everybody who waits gets the server's own answer. */
    private void finished(Approval approval, byte[] answer) {
        answerAll(approval.id(), answering(approval, answer));
    }

    private Function<Waiter, ChannelFuture> answering(Approval approval, byte[] answer) {
        if (answer.length > 0) {
            var read = AnswerReader.read(answer);
            return read.error().isPresent()
                    ? waiter -> waiter.error(read.error().of(answer))
                    : waiter -> waiter.result(read.result().of(answer));
        }
        if (approval.state() == ApprovalState.FAILED) {
            return waiter -> waiter.error(Verdicts.failed(approval));
        }
        var told = approval.state() == ApprovalState.UNKNOWN ? verdicts.unknown(approval) : verdicts.notKept(approval);
        return waiter -> waiter.refuse(told);
    }

    private void answerAll(ApprovalId id, Function<Waiter, ChannelFuture> answer) {
        held.take(id).forEach(waiter -> deliver(waiter, id, answer));
    }

    private void deliver(Waiter waiter, ApprovalId id, Function<Waiter, ChannelFuture> answer) {
        waiter.loop()
                .execute(() -> answer.apply(waiter).addListener(written -> {
                    if (written.isSuccess()) {
                        workers.execute(() -> delivered(id));
                    }
                }));
    }

    private void delivered(ApprovalId id) {
        try {
            executions.delivered(id);
        } catch (DataAccessException | TransactionException e) {
            log.warn("the answer to {} was delivered, but that could not be recorded: {}", id, e.toString());
        }
    }

    private void replay(ToolCall call, Approval approval) {
        var message = replayed(call, approval, executions.answer(approval.id()).orElse(new byte[0]));
        call.exchange()
                .loop()
                .execute(Edge.guarding(
                        call,
                        () -> Answers.json(call.exchange(), 200, message).addListener(written -> {
                            if (written.isSuccess()) {
                                workers.execute(() -> delivered(approval.id()));
                            }
                        })));
    }

    private byte[] replayed(ToolCall call, Approval approval, byte[] answer) {
        if (answer.length == 0 && approval.state() == ApprovalState.FAILED) {
            return JsonRpc.error(call.requestId(), Verdicts.failed(approval));
        }
        if (answer.length == 0) {
            var told =
                    approval.state() == ApprovalState.UNKNOWN ? verdicts.unknown(approval) : verdicts.notKept(approval);
            return JsonRpc.result(call.requestId(), told.result(call.revision()));
        }
        var read = AnswerReader.read(answer);
        return read.error().isPresent()
                ? JsonRpc.error(call.requestId(), read.error().of(answer))
                : JsonRpc.result(
                        call.requestId(),
                        ObjectEdit.withMeta(
                                read.result().of(answer),
                                REPLAYED,
                                "\"" + approval.id().value() + "\""));
    }

    private static void reply(ToolCall call, Refusal refusal) {
        call.exchange().loop().execute(Edge.guarding(call, () -> Answers.refuse(call, refusal)));
    }

    /** A connection has waited as long as it may: the agent is told, and from then on the call runs without it. */
    private void over(Waiter waiter) {
        workers.execute(() -> {
            try {
                executions.toldPending(waiter.approval());
                approvals.find(waiter.approval()).ifPresent(approval -> overAs(waiter, approval));
            } catch (Throwable e) {
                // The edge of the thread: this agent must be answered, whatever was thrown.
                log.error("an agent could not be told \"pending\" because that cannot be recorded: {}", e.toString());
                waiter.loop().execute(() -> waiter.refuse(NotRecorded.refusal()));
            }
        });
    }

    /** It may have been decided in the very moment; then that is what the agent is told. */
    private void overAs(Waiter waiter, Approval approval) {
        var state = approval.state();
        if (state.isRefused()) {
            waiter.loop().execute(() -> waiter.refuse(verdicts.refused(approval)));
        } else if (state.isExecuted()) {
            var answer = answering(approval, executions.answer(approval.id()).orElse(new byte[0]));
            deliver(waiter, approval.id(), answer);
        } else {
            waiter.loop().execute(() -> waiter.refuse(verdicts.pending(approval)));
            due(approval);
        }
    }

    /** The agent took its call back and nobody else waits for it. */
    private void cancelled(ApprovalId id, boolean timedOut) {
        workers.execute(Edge.guarding("cancelling " + id, () -> {
            if (timedOut) {
                approved.abort(id);
            } else {
                approvals.find(id).ifPresent(this::cancel);
            }
        }));
    }

    private void cancel(Approval approval) {
        try {
            var agent = Actor.agent(approval.call().grant());
            approvals.cancel(approval.id(), agent, "the agent took the call back");
        } catch (ReviewRefused.AlreadyResolved e) {
            approved.abort(approval.id());
        }
    }

    /** Looks again at approvals whose decision this node may not have heard of: another node's, or after a fault. */
    void lookAgain() {
        var waitedFor = held.approvals();
        var from = Math.floorMod(round++, Math.max(1, (waitedFor.size() + AT_ONCE - 1) / AT_ONCE)) * AT_ONCE;
        var some = waitedFor.subList(Math.min(from, waitedFor.size()), Math.min(from + AT_ONCE, waitedFor.size()));
        executions.states(some).stream()
                .filter(now -> now.state() != ApprovalState.PENDING && now.state() != ApprovalState.RUNNING)
                .forEach(now -> workers.execute(() -> changed(now.id())));
    }
}
