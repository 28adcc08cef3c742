package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.mcp.ArgumentTree;
import io.holdpoint.gateway.mcp.MessageReader;
import io.holdpoint.gateway.mcp.Unacceptable;
import io.holdpoint.gateway.policy.Call;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.upstream.ServerRequest;
import io.holdpoint.gateway.upstream.Upstream;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalId;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Executions;
import io.holdpoint.workflow.approval.HeldMessage;
import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.vault.NotOpenable;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.BufferUnderflowException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs approved calls, each at most once (spec 04, Execution): everything is checked again, the right to run is taken
 * by compare-and-set, and only then does the first byte go out, on a connection of its own. Methods block and run on
 * workers unless they say otherwise.
 */
final class ApprovedCalls {

    private static final Logger log = LoggerFactory.getLogger(ApprovedCalls.class);
    private static final long DRAIN_NANOS = 20_000_000;
    private static final String CANCELLED = "the agent cancelled the call while it was being run";
    private static final Duration DEFINITION_AGE = Duration.ofSeconds(60);

    private final String node;
    private final Supplier<Grants> grants;
    private final Catalog catalog;
    private final Approvals approvals;
    private final Executions executions;
    private final Upstream upstream;
    private final EventLoopGroup loops;
    private final HeldCalls held;
    private final MessageReader reader;
    private final Executor workers;
    private final Executor runners;
    private final Clock clock;
    private final Map<ApprovalId, ServerReply> running = new ConcurrentHashMap<>();
    private final Set<ApprovalId> begun = ConcurrentHashMap.newKeySet();
    private final Map<ApprovalId, Pause> unsent = new ConcurrentHashMap<>();
    private final Map<ApprovalId, Unrecorded> unrecorded = new ConcurrentHashMap<>();
    private final Set<ApprovalId> aborted = ConcurrentHashMap.newKeySet();
    private volatile BiConsumer<Approval, byte[]> whenFinished = (approval, answer) -> {};

    ApprovedCalls(
            String node,
            Supplier<Grants> grants,
            Catalog catalog,
            Approvals approvals,
            Executions executions,
            Upstream upstream,
            EventLoopGroup loops,
            HeldCalls held,
            MessageReader reader,
            Executor workers,
            Executor runners,
            Clock clock) {
        this.node = node;
        this.grants = grants;
        this.catalog = catalog;
        this.approvals = approvals;
        this.executions = executions;
        this.upstream = upstream;
        this.loops = loops;
        this.held = held;
        this.reader = reader;
        this.workers = workers;
        this.runners = runners;
        this.clock = clock;
    }

    /** @param listener told, on a worker, when an execution ended and is written down, with the answer's bytes */
    void onFinished(BiConsumer<Approval, byte[]> listener) {
        whenFinished = listener;
    }

    /** Runs an approved call on a runner; does not block. */
    void start(Approval approval) {
        runners.execute(Edge.guarding("running " + approval.id(), () -> run(approval)));
    }

    /** Runs an approved call unless somebody else does, or the world has changed since people said yes. */
    private void run(Approval approval) {
        var id = approval.id();
        if (!begun.add(id)) {
            return;
        }
        var sent = false;
        try {
            sent = begin(approval);
        } catch (Catalog.ServerUnreadable e) {
            log.warn("{} is approved but its server cannot be asked now: {}", id, e.getMessage());
            later(id);
        } catch (NotOpenable | BufferUnderflowException | Unacceptable e) {
            log.error("{} is not run because its message cannot be read: {}", id, e.toString());
            executions.voided(id, "the stored message cannot be read");
        } finally {
            if (!sent) {
                begun.remove(id);
            }
        }
    }

    /** Tries again in a while, each time after a longer one. */
    private void later(ApprovalId id) {
        unsent.compute(
                id, (key, before) -> before == null ? Pause.first(clock.instant()) : before.next(clock.instant()));
    }

    private boolean begin(Approval approval) {
        var id = approval.id();
        var before = standing(approval);
        if (before.isEmpty()) {
            executions.voided(id, Revocations.WHY);
            return false;
        }
        var message = executions.message(id);
        if (message.isEmpty()) {
            return false;
        }
        var server = before.get().server();
        var definition = catalog.definition(server, approval.call().tool(), DEFINITION_AGE);
        // To read the definition may take long: what the grant may do is asked after it.
        var access = standing(approval);
        if (access.filter(now -> !now.server().equals(server)).isPresent()) {
            return begin(approval); // each time only after the server was configured anew
        }
        var changed = access.map(now -> changed(approval, now, definition, message.get()))
                .orElse(Optional.of(Revocations.WHY));
        if (changed.isPresent()) {
            executions.voided(id, changed.get());
            return false;
        }
        return executions
                .begin(id, node)
                .map(held -> send(approval, access.get(), held))
                .isPresent();
    }

    /** What the grant that asked for it may do now; empty if it is not what it was. */
    private Optional<Grant.Access> standing(Approval approval) {
        var call = approval.call();
        return executions
                .grantState(approval.id())
                .flatMap(state -> grants.get().standing(call.grant(), call.server(), state, clock.instant()))
                .map(grant -> grant.servers().get(call.server()));
    }

    private Optional<String> changed(
            Approval approval, Grant.Access access, Definition definition, HeldMessage message) {
        var call = approval.call();
        if (!definition.sha256().equals(approval.definition())) {
            return Optional.of(Definition.CHANGED);
        }
        var arguments = ArgumentTree.of(reader.read(message.body()));
        var now = access.policy()
                .map(policy -> policy.judgeAgain(new Call(call.server(), call.tool(), arguments, definition.risk())));
        if (now.isEmpty() || now.get() instanceof Decision.Deny) {
            return Optional.of("the policy denies it now");
        }
        var same = now.get() instanceof Decision.Hold hold
                && hold.terms().hash().equals(approval.terms().hash());
        return same ? Optional.empty() : Optional.of("the policy's rule for it changed");
    }

    private ServerReply send(Approval approval, Grant.Access access, HeldMessage message) {
        var waiters = held.waiters(approval.id());
        var loop = waiters.isEmpty() ? loops.next() : waiters.get(0).loop();
        waiters.forEach(waiter -> waiter.loop().execute(waiter::runs));
        var reply = new ServerReply(
                reader.read(message.body()).id().of(message.body()),
                event -> held.waiters(approval.id()).stream()
                        .limit(1)
                        .forEach(waiter -> waiter.loop().execute(() -> waiter.event(event))),
                ending -> workers.execute(Edge.guarding("recording " + approval.id(), () -> ended(approval, ending))));
        reply.on(loop);
        running.put(approval.id(), reply);
        loop.execute(() -> sendOrGiveUp(loop, approval, access, message, reply));
        return reply;
    }

    private void sendOrGiveUp(
            EventLoop loop, Approval approval, Grant.Access access, HeldMessage message, ServerReply reply) {
        try {
            send(loop, approval, access, message, reply);
        } catch (Throwable e) {
            // The edge of the loop, for errors too: the call is taken, so it must end; whether a byte went out is not
            // known here.
            log.error("{} could not be sent", approval.id(), e);
            reply.broken("a fault in the gateway while the call was sent");
        }
    }

    private void send(EventLoop loop, Approval approval, Grant.Access access, HeldMessage message, ServerReply reply) {
        if (reply.isOver()) {
            return;
        }
        if (aborted.contains(approval.id())) {
            reply.failed(true, CANCELLED);
            return;
        }
        var headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        message.headers().forEach(headers::set);
        // The session of when the call was made may be over by now; whoever waits has one that is not.
        held.waiters(approval.id()).stream()
                .map(waiter -> waiter.caller().session())
                .filter(session -> !session.isEmpty())
                .findFirst()
                .ifPresent(session -> headers.set(ForwardedHeaders.SESSION, session));
        var request = new ServerRequest(HttpMethod.POST, message.body(), headers, true);
        reply.sent(upstream.send(loop, access.server(), request, Upstream.SERVER_TIMEOUT, reply));
    }

    private void ended(Approval approval, ServerReply.Ending ending) {
        var id = approval.id();
        running.remove(id);
        try {
            record(approval, ending);
            begun.remove(id);
        } catch (Throwable e) {
            // The server has answered; that must not be lost, whatever was thrown. Stays begun, so that nobody runs it
            // meanwhile.
            log.error("what became of {} will be recorded later: {}", id, e.toString());
            unrecorded.put(id, new Unrecorded(approval, ending));
        }
    }

    private void record(Approval approval, ServerReply.Ending ending) {
        var id = approval.id();
        if (ending.nothingSent()) {
            executions.nothingSent(id, ending.error());
            if (aborted.remove(id)) {
                approvals.cancel(id, Actor.agent(approval.call().grant()), CANCELLED);
            } else {
                later(id);
            }
            return;
        }
        aborted.remove(id);
        unsent.remove(id);
        var answer = ending.answer().length == 0 ? Optional.<byte[]>empty() : Optional.of(ending.answer());
        var error = ending.error().isEmpty() ? Optional.<String>empty() : Optional.of(ending.error());
        executions.finish(id, new Executions.Finish(ending.state(), answer, error, ending.didNothing()));
        approvals.find(id).ifPresent(after -> whenFinished.accept(after, ending.answer()));
    }

    /** Records endings that could not be recorded when they came. */
    void recordAgain() {
        for (var id : Set.copyOf(unrecorded.keySet())) {
            Optional.ofNullable(unrecorded.remove(id)).ifPresent(left -> ended(left.approval(), left.ending()));
        }
    }

    /** Waits until nothing runs any more, so that a planned stop leaves nothing unknown; at most so long. */
    void drain(Duration atMost) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while ((!running.isEmpty() || !unrecorded.isEmpty()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(DRAIN_NANOS);
        }
    }

    private record Unrecorded(Approval approval, ServerReply.Ending ending) {}

    /** When to try again what could not be sent. */
    private record Pause(Instant until, Duration length) {

        private static final Duration FIRST = Duration.ofSeconds(1);
        private static final Duration LONGEST = Duration.ofSeconds(30);

        static Pause first(Instant now) {
            return new Pause(now.plus(FIRST), FIRST);
        }

        Pause next(Instant now) {
            var doubled = length.multipliedBy(2);
            var longer = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
            return new Pause(now.plus(longer), longer);
        }
    }

    /**
     * Breaks a running call off; what became of it is unknown then, unless nothing was sent yet. May be called on any
     * thread.
     */
    void abort(ApprovalId id) {
        if (!begun.contains(id)) {
            return;
        }
        aborted.add(id);
        var reply = running.get(id);
        if (reply != null) {
            reply.abort(CANCELLED);
        }
    }

    /** Tries again what was approved but could not be sent, when it is time. Does not block. */
    void retryUnsent() {
        var now = clock.instant();
        unsent.forEach((id, pause) -> {
            if (now.isAfter(pause.until())) {
                runOnWorker(id, approval -> held.isWaiting(id) || approval.toldPending());
            }
        });
    }

    /** Runs what agents were told is pending and was approved meanwhile, perhaps before a restart. */
    void runWaiting() {
        for (var id : executions.waitingToRun()) {
            if (!unsent.containsKey(id)) {
                runOnWorker(id, approval -> true);
            }
        }
    }

    private void runOnWorker(ApprovalId id, Predicate<Approval> wanted) {
        runners.execute(Edge.guarding("running " + id, () -> {
            var approval = approvals.find(id).filter(found -> found.state() == ApprovalState.APPROVED);
            if (approval.isEmpty()) {
                unsent.remove(id);
            } else {
                approval.filter(wanted).ifPresent(this::run);
            }
        }));
    }
}
