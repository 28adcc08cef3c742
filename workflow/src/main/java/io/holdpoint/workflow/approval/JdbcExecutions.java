package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.audit.AuditEntry.ExecutionFinished;
import io.holdpoint.workflow.audit.AuditEntry.ExecutionStarted;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.vault.NotOpenable;
import java.nio.BufferUnderflowException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.CannotCreateTransactionException;

/** Executions that are claimed under the lock of the approval's row: at most one caller gets the message. */
final class JdbcExecutions implements Executions {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcExecutions.class);

    private static final int LONGEST_NOTE = 2_000;
    private static final int MOST_SAID = 8_000;

    /** So many approvals lose their arguments in one transaction. */
    private static final int BATCH = 200;

    /** How late a flow's own expiry may be before we do without it. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Map<ApprovalId, Claim> claims = new ConcurrentHashMap<>();
    private final ApprovalRows rows;
    private final ApprovalStates states;
    private final HeldMessages messages;
    private final FlowEngine flows;
    private final Outcomes outcomes;
    private final Steps steps;
    private final AuditLog audit;
    private final Supplier<People> people;
    private final ApprovalSettings settings;

    /** The right to run one call, taken by one begin; not a record: two of one node are not the same. */
    private static final class Claim {
        private final String node;

        Claim(String node) {
            this.node = node;
        }

        String node() {
            return node;
        }
    }

    JdbcExecutions(
            ApprovalRows rows,
            ApprovalStates states,
            HeldMessages messages,
            FlowEngine flows,
            Outcomes outcomes,
            Steps steps,
            AuditLog audit,
            Supplier<People> people,
            ApprovalSettings settings) {
        this.rows = rows;
        this.states = states;
        this.messages = messages;
        this.flows = flows;
        this.outcomes = outcomes;
        this.steps = steps;
        this.audit = audit;
        this.people = people;
        this.settings = settings;
    }

    @Override
    public Optional<HeldMessage> begin(ApprovalId id, String node) {
        var claim = new Claim(node);
        return steps.take(() -> in(id, ApprovalState.APPROVED, ApprovalState.RUNNING)
                .flatMap(row -> row.state() == ApprovalState.APPROVED ? begin(row, claim) : begunBefore(row, claim)));
    }

    /** A commit whose acknowledgement was lost is repeated as a step; what it finds running is its own. */
    private Optional<HeldMessage> begunBefore(ApprovalRow row, Claim claim) {
        return claims.get(row.id()) == claim && isOf(row, claim) ? approvedMessage(row) : Optional.empty();
    }

    private static boolean isOf(ApprovalRow row, Claim claim) {
        return row.node().filter(claim.node()::equals).isPresent();
    }

    /** The run this process began, and not another node's that came after it. */
    private Optional<ApprovalRow> mine(ApprovalId id) {
        return in(id, ApprovalState.RUNNING)
                .filter(row -> Optional.ofNullable(claims.get(id))
                        .filter(claim -> isOf(row, claim))
                        .isPresent());
    }

    @Override
    public Optional<HeldMessage> message(ApprovalId id) {
        return messages.find(id).map(HeldMessages.Stored::message);
    }

    private Optional<HeldMessage> begin(ApprovalRow row, Claim claim) {
        var approval = row.approval();
        if (!outcomes.now().isBefore(approval.runnableUntil().orElseThrow())) {
            expire(outcomes, approval);
            return Optional.empty();
        }
        if (approval.reviews().stream().noneMatch(review -> review.verdict() == Review.Verdict.APPROVE)) {
            end(row, Outcome.VOIDED, "nobody approved it");
            return Optional.empty();
        }
        var lost = lostReviewer(approval);
        if (lost.isPresent()) {
            end(row, Outcome.VOIDED, lost.get() + " approved it and is no reviewer of it any more");
            return Optional.empty();
        }
        var message = approvedMessage(row);
        if (message.isEmpty()) {
            end(row, Outcome.VOIDED, "the stored message is not the one that was approved");
            return Optional.empty();
        }
        rows.running(approval.id(), claim.node(), outcomes.now());
        claims.put(approval.id(), claim);
        audit.append(new ExecutionStarted(approval.call(), approval.id().value(), approval.digest(), claim.node()));
        outcomes.publish(approval.id(), ApprovalState.RUNNING);
        return message;
    }

    private Optional<String> lostReviewer(Approval approval) {
        var known = people.get();
        var reviewers = ReviewRules.approvers(approval.terms(), approval.call().owner(), known);
        return approval.reviews().stream()
                .filter(review -> review.verdict() == Review.Verdict.APPROVE)
                .map(Review::reviewer)
                .filter(reviewer -> !reviewers.contains(reviewer))
                .map(reviewer -> Ending.name(reviewer, known))
                .findFirst();
    }

    /** The stored message, if its digest is the one people approved. */
    private Optional<HeldMessage> approvedMessage(ApprovalRow row) {
        var approval = row.approval();
        try {
            return messages.find(approval.id())
                    .filter(stored -> digest(row, stored).equals(approval.digest()))
                    .map(HeldMessages.Stored::message);
        } catch (NotOpenable | BufferUnderflowException e) {
            LOG.warn("The stored message of {} is not run: {}", approval.id(), e.toString());
            return Optional.empty();
        }
    }

    private static String digest(ApprovalRow row, HeldMessages.Stored stored) {
        var approval = row.approval();
        return Digest.of(
                approval.call(),
                stored.message(),
                approval.definition(),
                approval.terms().hash(),
                row.flowDefinition(),
                stored.nonce());
    }

    @Override
    public void finish(ApprovalId id, Finish finish) {
        steps.take(() -> mine(id).ifPresentOrElse(
                        row -> finish(row, finish),
                        () -> LOG.warn("{} ended as {} but was not running here any more", id, finish.state())));
        claims.remove(id);
    }

    private void finish(ApprovalRow row, Finish finish) {
        var now = outcomes.now();
        rows.finished(row.id(), finish.state(), finish.error(), now, now.plus(settings.keepResult()));
        finish.answer().ifPresent(answer -> messages.keepAnswer(row.id(), answer));
        append(row, finish.state(), finish.error(), finish.answer());
        outcomes.publish(new ApprovalChanged(row.id(), finish.state(), finish.didNothing()));
    }

    @Override
    public void nothingSent(ApprovalId id, String error) {
        steps.take(() -> mine(id).ifPresent(row -> {
            rows.notRunning(id, error);
            append(row, ApprovalState.APPROVED, Optional.of(error), Optional.empty());
        }));
        claims.remove(id);
    }

    private void append(ApprovalRow row, ApprovalState state, Optional<String> error, Optional<byte[]> answer) {
        var approval = row.approval();
        audit.append(new ExecutionFinished(
                approval.call(), approval.id().value(), approval.digest(), state.word(), error, answer));
    }

    @Override
    public void voided(ApprovalId id, String why) {
        steps.take(() ->
                in(id, ApprovalState.PENDING, ApprovalState.APPROVED).ifPresent(row -> end(row, Outcome.VOIDED, why)));
    }

    @Override
    public int voidOutdated(String server, UnaryOperator<String> current, Instant readAt, String why) {
        return voidThose(server, readAt, open -> !open.definition().equals(current.apply(open.tool())), why);
    }

    @Override
    public int voidReplaced(String server, Map<String, String> replaced, Instant readAt, String why) {
        return voidThose(server, readAt, open -> open.definition().equals(replaced.get(open.tool())), why);
    }

    private int voidThose(String server, Instant readAt, Predicate<ApprovalStates.Bound> which, String why) {
        var outdated = states.open(server, readAt).stream().filter(which).toList();
        for (var open : outdated) {
            apart(
                    open.id(),
                    () -> in(open.id(), ApprovalState.PENDING, ApprovalState.APPROVED)
                            .ifPresent(row -> end(row, Outcome.VOIDED, why)));
        }
        return outdated.size();
    }

    @Override
    public List<Asked> asked() {
        return states.asked();
    }

    @Override
    public Optional<String> grantState(ApprovalId id) {
        return states.grantState(id);
    }

    @Override
    public Optional<Approval> attachable(String sameness, String grantState) {
        return rows.lockByKey(Digest.attachKey(sameness, grantState))
                .map(ApprovalRow::approval)
                .filter(approval -> rows.isAttachable(approval.id(), outcomes.now()));
    }

    @Override
    public Optional<byte[]> answer(ApprovalId id) {
        return messages.answer(id);
    }

    @Override
    public void delivered(ApprovalId id) {
        steps.take(() -> rows.release(id));
    }

    @Override
    public void say(ApprovalId id, String note) {
        steps.take(() -> in(id, ApprovalState.PENDING).ifPresent(row -> {
            var said = row.approval().agentSays();
            var cut = note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) : note;
            if (said.length() + cut.length() < MOST_SAID) {
                rows.say(id, said.isEmpty() ? cut : said + "\n" + cut);
            }
        }));
    }

    @Override
    public void toldPending(ApprovalId id) {
        steps.take(() -> rows.toldPending(id));
    }

    @Override
    public int pending(Optional<String> grant) {
        return states.pending(grant);
    }

    @Override
    public List<ApprovalId> waitingToRun() {
        return states.waitingToRun(outcomes.now());
    }

    @Override
    public void expireUnused(Instant now) {
        for (var id : states.unused(now)) {
            apart(id, () -> in(id, ApprovalState.APPROVED).ifPresent(row -> expire(outcomes, row.approval())));
        }
        for (var id : states.overdue(now.minus(GRACE))) {
            apart(
                    id,
                    () -> in(id, ApprovalState.PENDING)
                            .ifPresent(row -> end(row, Outcome.EXPIRED, "its flow did not end in time")));
        }
    }

    @Override
    public boolean deleteOldArguments(Instant now) {
        return steps.take(() -> {
            var ids = states.withOldArguments(now, now.minus(settings.retainArguments()), BATCH);
            if (!ids.isEmpty()) {
                rows.argumentsDeleted(ids, outcomes.now());
                messages.delete(ids);
            }
            return ids.size() == BATCH;
        });
    }

    @Override
    public void abandonExcept(List<String> nodesAlive) {
        for (var id : states.runningElsewhere(nodesAlive)) {
            apart(
                    id,
                    () -> in(id, ApprovalState.RUNNING)
                            .filter(row -> !nodesAlive.contains(row.node().orElseThrow()))
                            .ifPresent(row -> finish(row, lost(row.node().orElseThrow()))));
        }
    }

    /** One approval that cannot be ended must not keep all others from ending. */
    private void apart(ApprovalId id, Runnable step) {
        try {
            steps.take(step);
        } catch (CannotCreateTransactionException e) {
            throw e;
        } catch (RuntimeException e) { // an engine or a damaged row may throw anything
            LOG.error("{} could not be ended and will be tried again: {}", id, e.toString());
        }
    }

    private static Finish lost(String node) {
        var error = "the node %s ended while it forwarded the call".formatted(node);
        return new Finish(ApprovalState.UNKNOWN, Optional.empty(), Optional.of(error), false);
    }

    @Override
    public List<ApprovalChanged> states(List<ApprovalId> ids) {
        return states.of(ids);
    }

    /** Ends an approved one that was not run in time. */
    static void expire(Outcomes outcomes, Approval approval) {
        var why = "approved, but not run by %s"
                .formatted(Ending.at(approval.runnableUntil().orElseThrow()));
        outcomes.reached(approval, Outcome.EXPIRED, Actor.GATEWAY, Optional.empty(), Optional.of(why));
    }

    private void end(ApprovalRow row, Outcome outcome, String why) {
        outcomes.reached(row.approval(), outcome, Actor.GATEWAY, Optional.empty(), Optional.of(why));
        if (row.state() == ApprovalState.PENDING) {
            row.processInstance().ifPresent(instance -> flows.abandon(instance, why));
        }
    }

    private Optional<ApprovalRow> in(ApprovalId id, ApprovalState... wanted) {
        return rows.lock(id).filter(row -> List.of(wanted).contains(row.state()));
    }
}
