package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.gateway.limit.Reserved;
import io.holdpoint.gateway.limit.Tally;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.audit.ShadowDecision;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reserves limits and writes audit entries for all calls that arrived meanwhile in one transaction, on one thread, and
 * only then lets them go on: durable before forwarded, at the price of one commit for many (02, Admission is a batch).
 */
final class Admissions implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Admissions.class);
    private static final int MAX_WAITING = 20_000;
    private static final int MAX_BATCH = 512;
    private static final int TRIES = 3;
    /** From so many calls in two batches on, more are surely on their way: waiting for them saves commits. */
    private static final int MANY = 24;

    private static final long GATHER_NANOS = 600_000;
    private static final int IDLE_MILLIS = 200;
    private static final int STOP_MILLIS = 5000;

    private final Limits limits;
    private final AuditLog audit;
    private final TransactionTemplate transactions;
    private final Renewal renewal;
    private final Clock clock;
    private final BlockingQueue<Item> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private volatile boolean running;
    private Thread worker = new Thread(this::work, "admission");

    Admissions(Limits limits, AuditLog audit, TransactionTemplate transactions, Renewal renewal, Clock clock) {
        this.limits = limits;
        this.audit = audit;
        this.transactions = transactions;
        this.renewal = renewal;
        this.clock = clock;
    }

    /** What happens to a call once its decision is durable; called on the call's event loop. */
    interface Next {

        /** @param reserved what the call used of its limits */
        void go(Decision decision, List<Reserved> reserved);

        /** Nothing could be written, so nothing passes. */
        void notRecorded();
    }

    private record Item(ToolCall call, Decision.Judgement judgement, Next next) {

        EventLoop loop() {
            return call.exchange().loop();
        }

        boolean counts() {
            return !judgement.charges().isEmpty();
        }

        Limits.Use use() {
            return new Limits.Use(call.scopes(), judgement.charges());
        }
    }

    private record Result(Decision decision, List<Reserved> reserved) {}

    /** Puts a judged call into the next batch. Does not block. */
    void admit(ToolCall call, Decision.Judgement judgement, Next next) {
        if (!running || !waiting.offer(new Item(call, judgement, next))) {
            next.notRecorded();
        }
    }

    private void work() {
        var batch = new ArrayList<Item>();
        var lately = 0;
        while (running || !waiting.isEmpty()) {
            try {
                var first = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    lately = 0;
                } else {
                    batch.add(first);
                    gather(batch, lately);
                    lately = batch.size();
                    settle(batch, TRIES);
                }
            } catch (InterruptedException e) {
                running = false;
            } catch (Throwable e) {
                // The edge of the only thread that admits: without it nothing would pass until the next start.
                log.error("calls may be without an answer because of a fault in the gateway", e);
            }
            batch.clear();
        }
    }

    /** What PostgreSQL calls commit_delay: a lone call never waits, of many each waits a moment for the others. */
    private void gather(List<Item> batch, int lately) {
        if (lately + waiting.size() >= MANY) {
            LockSupport.parkNanos(GATHER_NANOS);
        }
        waiting.drainTo(batch, MAX_BATCH - 1);
    }

    /** @return false if calls were refused because a counter stays locked */
    private boolean settle(List<Item> batch, int tries) {
        List<Result> results;
        try {
            // At last without the shadows' counters: one that is in dispute must not be what a call is refused for.
            results = record(batch, tries > 1);
        } catch (DataIntegrityViolationException e) {
            return e instanceof DuplicateKeyException && tries > 1 ? settle(batch, tries - 1) : settleSingly(batch, e);
        } catch (PessimisticLockingFailureException e) {
            return settleLocked(batch, tries, e);
        } catch (Throwable e) {
            // The edge of the worker's thread, for errors such as a full memory too: whatever was thrown, nothing was
            // recorded, so nothing passes.
            refuse(batch, e);
            return true;
        }
        byLoop(batch, results, (item, result) -> item.next().go(result.decision(), result.reserved()));
        return true;
    }

    /**
     * One call whose data the store does not take must not refuse all that came with it. Once a counter stays locked the
     * other calls that count are not tried one by one, as each would keep everybody waiting for as long again.
     */
    private boolean settleSingly(List<Item> batch, DataIntegrityViolationException e) {
        if (batch.size() == 1) {
            refuse(batch, e);
            return true;
        }
        var lockable = true;
        for (var item : batch) {
            if (lockable || !item.counts()) {
                lockable &= settle(List.of(item), TRIES);
            } else {
                refuse(List.of(item), e);
            }
        }
        return lockable;
    }

    /**
     * A counter is locked, perhaps for long: calls that count nothing go on before the others wait for it again. They do
     * so without their shadows' counters, as it may be one of those.
     */
    private boolean settleLocked(List<Item> batch, int tries, PessimisticLockingFailureException e) {
        var counted = batch.stream().filter(Item::counts).toList();
        if (!counted.isEmpty() && counted.size() < batch.size()) {
            settle(batch.stream().filter(item -> !item.counts()).toList(), 1);
            return settleLocked(counted, tries, e);
        }
        if (tries > 1) {
            return settle(batch, tries - 1);
        }
        refuse(batch, e);
        return false;
    }

    private static void refuse(List<Item> batch, Throwable e) {
        log.error("{} calls refused because they could not be recorded: {}", batch.size(), e.toString());
        byLoop(batch, results(batch.size()), (item, unused) -> item.next().notRecorded());
    }

    private List<Result> record(List<Item> batch, boolean countShadows) {
        return transactions.execute(status -> reserveAndAppend(batch, countShadows));
    }

    private List<Result> reserveAndAppend(List<Item> batch, boolean countShadows) {
        var tally = limits.tally(clock.instant(), uses(batch, countShadows));
        var results = new ArrayList<Result>(batch.size());
        var entries = new ArrayList<AuditEntry>(batch.size());
        for (var item : batch) {
            var result = reserve(tally, item);
            results.add(result);
            entries.add(AuditWords.entry(item.call(), result.decision(), shadow(tally, item, countShadows)));
        }
        limits.save(tally);
        audit.append(entries);
        return results;
    }

    private static List<Limits.Use> uses(List<Item> batch, boolean countShadows) {
        var uses = new ArrayList<Limits.Use>(batch.size());
        for (var item : batch) {
            if (item.counts()) {
                uses.add(item.use());
            }
            if (countShadows && item.call().shadow().isPresent()) {
                item.call().shadow().get().use(item.call()).ifPresent(uses::add);
            }
        }
        return uses;
    }

    private static Optional<ShadowDecision> shadow(Tally tally, Item item, boolean countShadows) {
        var shadow = item.call().shadow();
        if (shadow.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                countShadows
                        ? shadow.get().counted(item.call(), tally)
                        : shadow.get().uncounted());
    }

    private Result reserve(Tally tally, Item item) {
        if (!renewal.isCurrent(item.call())) {
            return new Result(Renewal.CHANGED, List.of());
        }
        var counters = tally.of(item.call().scopes());
        return new Result(item.judgement().decide(counters), counters.reserved());
    }

    private static List<Result> results(int size) {
        return java.util.Collections.nCopies(size, new Result(NotRecorded.DECISION, List.of()));
    }

    private interface Going {
        void go(Item item, Result result);
    }

    /** One task for each event loop, not for each call: waking a loop is dear. */
    private static void byLoop(List<Item> batch, List<Result> results, Going going) {
        Map<EventLoop, List<Runnable>> tasks = new HashMap<>();
        for (var i = 0; i < batch.size(); i++) {
            var item = batch.get(i);
            var result = results.get(i);
            tasks.computeIfAbsent(item.loop(), loop -> new ArrayList<>())
                    .add(Edge.guarding(item.call(), () -> going.go(item, result)));
        }
        tasks.forEach((loop, list) -> loop.execute(() -> list.forEach(Runnable::run)));
    }

    @Override
    public void start() {
        running = true;
        worker = new Thread(this::work, "admission");
        worker.start();
    }

    @Override
    public void stop() {
        running = false;
        try {
            // Never interrupted: an interrupt inside H2 would close the database's file for everybody.
            worker.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }
}
