package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.gateway.mcp.Refusal;
import io.holdpoint.gateway.mcp.Sameness;
import io.holdpoint.gateway.policy.Charge;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.RuleId;
import io.holdpoint.gateway.policy.argument.Redaction;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalRequest;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Executions;
import io.holdpoint.workflow.approval.HeldMessage;
import io.holdpoint.workflow.approval.NotOpened;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.audit.ShadowDecision;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;

/** Puts a call before people and parks its connection: approval, flow, limits and log entry in one transaction. */
final class Holding {

    private static final Logger log = LoggerFactory.getLogger(Holding.class);
    private static final Duration DEFINITION_AGE = Duration.ofSeconds(60);
    private static final Duration RETRY_LATER = Duration.ofSeconds(30);
    private static final int TRIES = 5;

    private final HoldWorkers workers;
    private final Busy busy;
    private final Learning learning;
    private final Limits limits;
    private final Approvals approvals;
    private final Executions executions;
    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final HoldSettings settings;
    private final Waiting waiting;
    private final SamenessKey samenessKey;
    private final Renewal renewal;
    private final PendingCounts pending;
    private final Clock clock;

    Holding(
            HoldWorkers workers,
            Busy busy,
            Learning learning,
            Limits limits,
            Approvals approvals,
            Executions executions,
            AuditLog audit,
            TransactionTemplate transactions,
            HoldSettings settings,
            Waiting waiting,
            SamenessKey samenessKey,
            Renewal renewal,
            Clock clock) {
        this.workers = workers;
        this.busy = busy;
        this.learning = learning;
        this.limits = limits;
        this.approvals = approvals;
        this.executions = executions;
        this.audit = audit;
        this.transactions = transactions;
        this.settings = settings;
        this.waiting = waiting;
        this.samenessKey = samenessKey;
        this.renewal = renewal;
        this.pending = new PendingCounts(executions, System::nanoTime);
        this.clock = clock;
    }

    /** How opening ended: an approval to wait for, or a refusal that is written down. */
    private sealed interface Opened {
        record Waits(Approval approval) implements Opened {}

        record Refused(Refusal refusal) implements Opened {}
    }

    /**
     * A call that is going to be put before people, with what must not be made while counters are locked: to show long
     * arguments takes its time.
     *
     * @param call with the definition as read just now
     */
    private record Question(ToolCall call, Decision.Hold hold, List<Charge> charges, String shown, String sameness) {

        RuleId rule() {
            return hold.rule();
        }
    }

    /**
     * Holds a call. Called on its event loop; the work is done on a worker of its grant, once the tool's definition is
     * there: no server keeps those waiting whose calls are for others.
     *
     * @param anew takes the call if its tool turns out to be of another risk class than it was judged by, or its policy
     *     changed
     */
    void hold(ToolCall call, Decision.Hold hold, List<Charge> charges, Consumer<ToolCall> anew) {
        learning.learn(call, DEFINITION_AGE, new Learning.Next() {
            @Override
            public void known(ToolCall now) {
                if (now.definition().risk() != call.definition().risk()) {
                    anew.accept(now);
                } else {
                    var read = call.withDefinition(now.definition());
                    onWorker(call, () -> open(read, hold, charges, anew));
                }
            }

            @Override
            public void unreadable(String why) {
                onWorker(call, () -> answer(call, new Opened.Refused(refused(call, hold.rule(), why))));
            }

            @Override
            public void changed() {
                onWorker(call, () -> answer(call, Holding.this.changed(call)));
            }
        });
    }

    private void onWorker(ToolCall call, Runnable work) {
        try {
            workers.of(call.grant().id()).execute(Edge.guarding(call, work));
        } catch (RejectedExecutionException e) {
            busy.refuse(call);
        }
    }

    private static void onLoop(ToolCall call, Consumer<ToolCall> next) {
        call.exchange().loop().execute(Edge.guarding(call, () -> next.accept(call)));
    }

    private Opened changed(ToolCall call) {
        return new Opened.Refused(refused(call, Renewal.CHANGED.rule(), Renewal.CHANGED.message()));
    }

    private void open(ToolCall call, Decision.Hold hold, List<Charge> charges, Consumer<ToolCall> anew) {
        if (!renewal.isCurrent(call)) {
            renewal.renewed(call).ifPresentOrElse(now -> onLoop(now, anew), () -> answer(call, changed(call)));
            return;
        }
        Opened opened;
        try {
            opened = open(question(call, hold, charges), TRIES);
        } catch (NotOpened e) {
            opened = new Opened.Refused(refused(call, hold.rule(), String.valueOf(e.getMessage())));
        } catch (DataAccessException | TransactionException e) {
            log.error("a call was refused because it could not be recorded: {}", e.toString());
            opened = new Opened.Refused(NotRecorded.refusal());
        }
        answer(call, opened);
    }

    private void answer(ToolCall call, Opened opened) {
        if (opened instanceof Opened.Waits waits) {
            waiting.attach(call, waits.approval());
        } else if (opened instanceof Opened.Refused refused) {
            call.exchange().loop().execute(() -> Answers.refuse(call, refused.refusal()));
        }
    }

    private Question question(ToolCall call, Decision.Hold hold, List<Charge> charges) {
        if (HeldParams.hasOthers(call.message())) {
            throw new NotOpened(
                    "The call has parameters besides name, arguments and _meta, which people would not see");
        }
        return new Question(call, hold, charges, shown(call), sameness(call));
    }

    private Opened open(Question question, int tries) {
        try {
            // At last without the shadow's counters: one that is in dispute must not be what a call is refused for.
            var opened = transactions.execute(status -> open(question, tries > 1));
            return Objects.requireNonNull(opened);
        } catch (Approvals.AlreadyOpen | DuplicateKeyException | PessimisticLockingFailureException e) {
            if (tries == 1) {
                throw new NotOpened("An equal call is being put before people at this moment. Repeat the call.");
            }
            return open(question, tries - 1);
        }
    }

    private Opened open(Question question, boolean countShadow) {
        return refusedIfChanged(question, countShadow)
                .or(() -> attached(question, countShadow))
                .or(() -> refusedIfFull(question, countShadow))
                .orElseGet(() -> reservedAndOpened(question, countShadow));
    }

    private Optional<Opened> refusedIfChanged(Question question, boolean countShadow) {
        if (renewal.isCurrent(question.call())) {
            return Optional.empty();
        }
        audit.append(AuditWords.entry(question.call(), Renewal.CHANGED, shadow(question.call(), countShadow)));
        return Optional.of(new Opened.Refused(
                Refusal.of(Refusal.Kind.DENY, Renewal.CHANGED.rule().value(), Renewal.CHANGED.message())));
    }

    private Optional<Opened> attached(Question question, boolean countShadow) {
        var call = question.call();
        var same = executions.attachable(question.sameness(), call.grant().state(call.server()));
        same.ifPresent(approval -> audit.append(new AuditEntry.CallAttached(
                call.summary(question.rule()), approval.id().value(), attachedShadow(call, countShadow))));
        return same.map(Opened.Waits::new);
    }

    private Optional<Opened> refusedIfFull(Question question, boolean countShadow) {
        var call = question.call();
        var full = tooMany(call);
        full.ifPresent(why -> audit.append(
                new AuditEntry.CallRefused(call.summary(question.rule()), "limit", why, shadow(call, countShadow))));
        return full.map(why -> new Opened.Refused(Refusal.limit(question.rule().value(), why, RETRY_LATER)));
    }

    private Opened reservedAndOpened(Question question, boolean countShadow) {
        var call = question.call();
        var use = new Limits.Use(call.scopes(), question.charges());
        var tally = limits.tally(clock.instant(), List.of(use));
        var counters = tally.of(call.scopes());
        var usedUp = counters.reserve(question.charges());
        if (usedUp.isPresent()) {
            audit.append(AuditWords.entry(call, usedUp.get(), shadow(call, countShadow)));
            return new Opened.Refused(Refusal.limit(
                    usedUp.get().rule().value(),
                    usedUp.get().message(),
                    usedUp.get().retryAfter()));
        }
        limits.save(tally);
        pending.opened(call.grant().id());
        var approval = approvals.open(request(question, shadow(call, countShadow)));
        limits.keepFor(approval.id().value(), counters.reserved());
        return new Opened.Waits(approval);
    }

    /** Counts in this transaction, after the policy's own counters, as everybody does who locks both. */
    private Optional<ShadowDecision> shadow(ToolCall call, boolean count) {
        return call.shadow().map(shadow -> count ? shadow.count(call, limits, clock.instant()) : shadow.uncounted());
    }

    /** An equal call is held already: where the shadow holds it too, it would reserve nothing a second time. */
    private Optional<ShadowDecision> attachedShadow(ToolCall call, boolean count) {
        return shadow(call, count && !call.shadow().filter(Shadow::holds).isPresent());
    }

    private Optional<String> tooMany(ToolCall call) {
        var most = call.grant().maxPending().orElse(settings.maxPendingPerGrant());
        if (pending.reach(Optional.of(call.grant().id()), most)) {
            return Optional.of(
                    "This grant has %d calls waiting for approval, which is the most it may have. Wait until some are decided."
                            .formatted(most));
        }
        if (pending.reach(Optional.empty(), settings.maxPending())) {
            return Optional.of(
                    "%d calls wait for approval, which is the most this installation allows. Wait until some are decided."
                            .formatted(settings.maxPending()));
        }
        return Optional.empty();
    }

    private static ApprovalRequest request(Question question, Optional<ShadowDecision> shadow) {
        var call = question.call();
        return new ApprovalRequest(
                call.summary(question.rule(), question.shown()),
                question.hold().terms(),
                message(call),
                call.definition().sha256(),
                call.grant().state(call.server()),
                question.sameness(),
                call.message().agentSays(),
                shadow);
    }

    /** The arguments as people see them: what policy, name or the tool's own schema calls secret is masked. */
    private static String shown(ToolCall call) {
        var redaction = call.access()
                .policy()
                .map(policy -> policy.redaction(call.tool()))
                .orElseGet(Redaction::byName);
        return redaction
                .withSchema(call.definition().inputSchema())
                .show(call.arguments())
                .json();
    }

    private static HeldMessage message(ToolCall call) {
        var message = call.message();
        return new HeldMessage(
                message.body(),
                message.arguments().from(),
                message.arguments().to(),
                HeldParams.boundMeta(message),
                ForwardedHeaders.kept(call.exchange().headers(), call.session()));
    }

    /** Under a key: who reads the database must not find out arguments by trying some. */
    private String sameness(ToolCall call) {
        var whole = JsonNodeFactory.instance.objectNode();
        whole.put("grant", call.grant().id()).put("server", call.server()).put("tool", call.tool());
        whole.set("arguments", call.arguments());
        return HexFormat.of().formatHex(samenessKey.sign(Sameness.of(whole)));
    }

    private Refusal refused(ToolCall call, RuleId rule, String message) {
        try {
            transactions.executeWithoutResult(status ->
                    audit.append(new AuditEntry.CallRefused(call.summary(rule), "deny", message, shadow(call, false))));
        } catch (DataAccessException | TransactionException e) {
            log.error("a refusal could not be recorded: {}", e.toString());
        }
        return Refusal.of(Refusal.Kind.DENY, rule.value(), message);
    }
}
