package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.approval.ApprovalRow.Answered;
import io.holdpoint.workflow.approval.FlowEngine.FlowVersion;
import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.audit.AuditEntry.ArgumentsRevealed;
import io.holdpoint.workflow.audit.AuditEntry.CallHeld;
import io.holdpoint.workflow.audit.AuditEntry.ExecutionSettled;
import io.holdpoint.workflow.audit.AuditEntry.ReviewRecorded;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.people.Role;
import io.holdpoint.workflow.vault.NotOpenable;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Approvals whose truth is a row in the database; the flow engine only moves them on. */
final class JdbcApprovals implements Approvals {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcApprovals.class);

    private final ApprovalRows rows;
    private final HeldMessages messages;
    private final FlowEngine flows;
    private final Outcomes outcomes;
    private final Steps steps;
    private final AuditLog audit;
    private final Supplier<People> people;

    JdbcApprovals(
            ApprovalRows rows,
            HeldMessages messages,
            FlowEngine flows,
            Outcomes outcomes,
            Steps steps,
            AuditLog audit,
            Supplier<People> people) {
        this.rows = rows;
        this.messages = messages;
        this.flows = flows;
        this.outcomes = outcomes;
        this.steps = steps;
        this.audit = audit;
        this.people = people;
    }

    @Override
    public Approval open(ApprovalRequest request) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException(
                    "an approval is opened in the caller's transaction; there is none");
        }
        var flow = flow(request);
        var approvers = approvers(request);
        var key = Digest.attachKey(request.sameness(), request.grantState());
        makeRoom(key, request.sameness());
        var nonce = Digest.nonce();
        var approval = pending(request, flow, approvers, nonce);
        add(approval, flow, key, request, nonce);
        return start(approval, flow);
    }

    private FlowVersion flow(ApprovalRequest request) {
        var name = request.terms().flow();
        return flows.find(name)
                .orElseThrow(
                        () -> new NotOpened("Nobody was asked: the rule %s names the flow \"%s\", which is not there."
                                .formatted(request.call().rule(), name)));
    }

    private List<PersonId> approvers(ApprovalRequest request) {
        var approvers = ReviewRules.approvers(request.terms(), request.call().owner(), people.get());
        if (approvers.isEmpty()) {
            throw new NotOpened("Nobody can approve this: the rule %s asks %s, and there is no reviewer among them%s."
                    .formatted(
                            request.call().rule(),
                            String.join(", ", request.terms().approvers()),
                            request.terms().allowOwner() ? "" : " besides the grant's owner"));
        }
        return List.copyOf(approvers);
    }

    /** An equal call attaches to what is open; what is over makes room. */
    private void makeRoom(String key, String sameness) {
        var before = rows.lockByKey(key);
        if (before.isEmpty()) {
            return;
        }
        var approval = before.get().approval();
        if (rows.isAttachable(approval.id(), outcomes.now())) {
            throw new AlreadyOpen(sameness);
        }
        if (approval.state() == ApprovalState.APPROVED) {
            JdbcExecutions.expire(outcomes, approval);
        } else {
            rows.release(approval.id());
        }
    }

    private Approval pending(ApprovalRequest request, FlowVersion flow, List<PersonId> approvers, byte[] nonce) {
        var terms = request.terms();
        var now = outcomes.now();
        return new Approval(
                ApprovalId.random(),
                ApprovalState.PENDING,
                request.call(),
                terms,
                Digest.of(
                        request.call(),
                        request.message(),
                        request.definition(),
                        terms.hash(),
                        flow.definition(),
                        nonce),
                request.definition(),
                flow.version(),
                request.agentSays(),
                approvers,
                now,
                now.plus(terms.expiresAfter()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private void add(Approval approval, FlowVersion flow, String key, ApprovalRequest request, byte[] nonce) {
        try {
            rows.add(approval, flow.definition(), request.grantState(), key, Digest.key(request.sameness()));
        } catch (DuplicateKeyException e) { // another one was faster, between our look and our insert
            throw new AlreadyOpen(request.sameness());
        }
        var message = request.message();
        messages.add(approval.id(), new HeldMessages.Stored(message, nonce));
        audit.append(new CallHeld(
                approval.call(),
                approval.id().value(),
                approval.digest(),
                flow.definition(),
                approval.approvers(),
                approval.expiresAt(),
                message.arguments(),
                request.shadow()));
        outcomes.publish(approval.id(), ApprovalState.PENDING);
    }

    private Approval start(Approval approval, FlowVersion flow) {
        var instance = flows.start(flow, approval.id(), FlowFacts.of(approval));
        return rows.started(approval.id(), instance)
                ? approval
                : find(approval.id()).orElseThrow();
    }

    @Override
    public Approval review(ApprovalId id, ReviewSubmission review) {
        try {
            return steps.take(() -> record(id, review));
        } catch (ReviewRefused refused) {
            note(id, review, refused);
            throw refused;
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) { // the flow itself fails, every time: it must not stay open for ever
            if (StoreFault.isBehind(e)) {
                throw new DataAccessResourceFailureException("the review could not be stored; nothing changed", e);
            }
            LOG.warn("The flow of {} fails at a review; it ends as rejected: {}", id, e.toString());
            return steps.take(() -> rejectBroken(id));
        }
    }

    private Approval record(ApprovalId id, ReviewSubmission submission) {
        var row = locked(id);
        ReviewRules.check(row.approval(), submission, people.get(), outcomes.now());
        var task = rows.openTask(id)
                .orElseThrow(() -> new ReviewRefused.NobodyAsked("Nobody is asked at this moment; the flow is busy."));
        var answered = new Answered(task.element(), review(submission));
        rows.add(id, answered);
        audit.append(recorded(row.approval(), submission));
        var all = new ArrayList<>(row.reviews());
        all.add(answered);
        flows.complete(task.id(), ReviewCounts.of(all));
        return find(id).orElseThrow();
    }

    private Review review(ReviewSubmission submission) {
        return new Review(
                submission.reviewer(),
                submission.verdict(),
                submission.reason().filter(reason -> !reason.isBlank()),
                submission.channel(),
                submission.assurance(),
                outcomes.now());
    }

    private Approval rejectBroken(ApprovalId id) {
        var row = locked(id);
        var approval = row.approval();
        ReviewRules.checkOpen(approval, people.get(), outcomes.now());
        var why = Optional.of("the flow %s failed".formatted(approval.terms().flow()));
        outcomes.reached(approval, Outcome.REJECTED, Actor.flow(approval.terms().flow()), Optional.empty(), why);
        row.processInstance().ifPresent(instance -> flows.abandon(instance, why.get()));
        return find(id).orElseThrow();
    }

    private void note(ApprovalId id, ReviewSubmission review, ReviewRefused refused) {
        steps.take(() -> find(id).ifPresent(
                        approval -> audit.append(new io.holdpoint.workflow.audit.AuditEntry.ReviewRefused(
                                approval.call(),
                                id.value(),
                                actor(review),
                                word(review),
                                String.valueOf(refused.getMessage())))));
    }

    private static ReviewRecorded recorded(Approval approval, ReviewSubmission review) {
        return new ReviewRecorded(
                approval.call(),
                approval.id().value(),
                approval.digest(),
                actor(review),
                word(review),
                review.reason());
    }

    @Override
    public Approval cancel(ApprovalId id, Actor by, String reason) {
        return steps.take(() -> {
            var row = locked(id);
            var approval = row.approval();
            if (approval.state() != ApprovalState.PENDING && approval.state() != ApprovalState.APPROVED) {
                throw new ReviewRefused.AlreadyResolved(Ending.of(approval, people.get()), approval);
            }
            outcomes.reached(approval, Outcome.CANCELLED, by, person(by), given(reason));
            if (approval.state() == ApprovalState.PENDING) {
                row.processInstance().ifPresent(instance -> flows.abandon(instance, "cancelled"));
            }
            return find(id).orElseThrow();
        });
    }

    @Override
    public Approval settle(ApprovalId id, Actor by, boolean happened, String note) {
        return steps.take(() -> {
            var row = locked(id);
            var approval = row.approval();
            checkSettler(approval, by);
            refuseSettled(approval);
            rows.settled(id, new Settlement(new PersonId(by.id()), outcomes.now(), happened, note));
            audit.append(new ExecutionSettled(approval.call(), id.value(), by, happened, note));
            outcomes.publish(id, ApprovalState.UNKNOWN);
            return find(id).orElseThrow();
        });
    }

    private void refuseSettled(Approval approval) {
        approval.execution().flatMap(Execution::settlement).ifPresent(settlement -> {
            throw new ReviewRefused.AlreadySettled(Ending.of(settlement, people.get()), settlement);
        });
        if (approval.state() != ApprovalState.UNKNOWN) {
            throw new ReviewRefused.AlreadyResolved(Ending.of(approval, people.get()), approval);
        }
    }

    private void checkSettler(Approval approval, Actor by) {
        var person =
                person(by).filter(one -> !one.value().equals(approval.call().owner()));
        var known = person.flatMap(one -> people.get().find(one));
        if (known.filter(one -> one.has(Role.OPERATOR) || approval.approvers().contains(one.id()))
                .isEmpty()) {
            throw new ReviewRefused.NotASettler(
                    "Settling this is for its reviewers and for operators, and not for the grant's owner.");
        }
    }

    @Override
    public Optional<byte[]> reveal(ApprovalId id, Actor by) {
        return steps.take(() -> {
            var approval = locked(id).approval();
            ReviewRules.checkMaySeeAll(approval, by, people.get());
            var arguments = messages.find(id).map(HeldMessages.Stored::message).map(HeldMessage::arguments);
            if (arguments.isPresent()) {
                audit.append(new ArgumentsRevealed(approval.call(), id.value(), approval.digest(), by));
            }
            return arguments;
        });
    }

    @Override
    public Optional<Approval> find(ApprovalId id) {
        return rows.find(id).map(ApprovalRow::approval);
    }

    @Override
    public ApprovalPage list(ApprovalQuery query) {
        return rows.list(query);
    }

    @Override
    public List<FlowPosition> flowPosition(ApprovalId id) {
        return rows.find(id)
                .filter(row -> row.state() == ApprovalState.PENDING)
                .flatMap(ApprovalRow::processInstance)
                .map(flows::position)
                .orElse(List.of());
    }

    @Override
    public Optional<SentAlong> sentAlong(ApprovalId id) {
        try {
            return messages.find(id).map(stored -> SentAlong.of(stored.message()));
        } catch (NotOpenable | BufferUnderflowException e) {
            LOG.warn("The stored message of {} cannot be shown: {}", id, e.toString());
            return Optional.empty();
        }
    }

    @Override
    public Optional<Approval> equalThatRan(ApprovalId id) {
        return rows.equalThatRan(id);
    }

    @Override
    public List<Approval> unsettledEquals(ApprovalId id) {
        return rows.unsettledEquals(id);
    }

    private ApprovalRow locked(ApprovalId id) {
        return rows.lock(id).orElseThrow(() -> new ReviewRefused.UnknownApproval(id.value()));
    }

    private static Actor actor(ReviewSubmission review) {
        return Actor.person(review.reviewer(), review.channel(), review.assurance());
    }

    private static String word(ReviewSubmission review) {
        return review.verdict().name().toLowerCase(Locale.ROOT);
    }

    private static Optional<PersonId> person(Actor by) {
        return by.kind() == Actor.Kind.PERSON ? Optional.of(new PersonId(by.id())) : Optional.empty();
    }

    private static Optional<String> given(String reason) {
        return reason.isBlank() ? Optional.empty() : Optional.of(reason);
    }
}
