package io.holdpoint.gateway.enforcement;

import io.holdpoint.workflow.approval.ApprovalId;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The connections of this node that wait for approvals. Safe for any thread; a connection itself is only touched on
 * its event loop.
 */
final class HeldCalls {

    private final Map<ApprovalId, List<Waiter>> waiting = new ConcurrentHashMap<>();
    private final Map<EventLoop, Set<Waiter>> byLoop = new ConcurrentHashMap<>();
    private volatile Consumer<Waiter> whenOver = waiter -> {};
    private volatile BiConsumer<ApprovalId, Boolean> whenCancelled = (approval, timedOut) -> {};

    /** Whose request it is: request ids are unique only within it. */
    record Caller(String grant, String server, String session) {}

    /** @param listener told, on the event loop, when a connection has waited as long as it may */
    void onOver(Consumer<Waiter> listener) {
        whenOver = listener;
    }

    /** @param listener told when an agent cancelled its call and nobody else waits for it, and whether it timed out */
    void onCancelled(BiConsumer<ApprovalId, Boolean> listener) {
        whenCancelled = listener;
    }

    /** Parks a connection. Called on its event loop. */
    void park(Waiter waiter) {
        waiting.merge(waiter.approval(), List.of(waiter), HeldCalls::joined);
        on(waiter.loop()).add(waiter);
        waiter.begin();
    }

    private static List<Waiter> joined(List<Waiter> some, List<Waiter> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    private Set<Waiter> on(EventLoop loop) {
        return byLoop.computeIfAbsent(loop, unused -> {
            Set<Waiter> parked = ConcurrentHashMap.newKeySet();
            loop.scheduleAtFixedRate(() -> tick(parked), 1, 1, TimeUnit.SECONDS);
            return parked;
        });
    }

    private void tick(Set<Waiter> parked) {
        var now = System.nanoTime();
        for (var waiter : parked) {
            if (waiter.tick(now) && remove(waiter)) {
                whenOver.accept(waiter);
            }
        }
    }

    boolean isWaiting(ApprovalId approval) {
        return waiting.containsKey(approval);
    }

    List<Waiter> waiters(ApprovalId approval) {
        return waiting.getOrDefault(approval, List.of());
    }

    /** The approvals anybody here waits for. */
    List<ApprovalId> approvals() {
        return List.copyOf(waiting.keySet());
    }

    /** Takes all connections that wait for an approval, to answer them. */
    List<Waiter> take(ApprovalId approval) {
        var taken = waiting.remove(approval);
        if (taken == null) {
            return List.of();
        }
        taken.forEach(waiter -> on(waiter.loop()).remove(waiter));
        return taken;
    }

    /** The connection is gone; its approval stays open (spec 04, When the agent is gone). */
    void gone(Waiter waiter) {
        remove(waiter);
    }

    /**
     * The agent cancels a request. One that was held gets no answer any more; if nobody else waits, the approval ends,
     * unless the reason is the client's own time-out: that is a connection lost, not a change of mind. A call that is
     * running already is broken off in any case.
     *
     * Without sessions two agents of a grant may use equal ids; then nobody's call is cancelled.
     *
     * @param requestId the request's id, as JSON
     * @return whether that request was held here
     */
    boolean cancel(Caller caller, byte[] requestId, String reason) {
        var meant = waiting.values().stream()
                .flatMap(List::stream)
                .filter(waiter -> waiter.caller().equals(caller) && Arrays.equals(waiter.requestId(), requestId))
                .toList();
        if (meant.size() == 1) {
            cancel(meant.get(0), reason);
        }
        return !meant.isEmpty();
    }

    private void cancel(Waiter waiter, String reason) {
        if (!remove(waiter)) {
            return;
        }
        waiter.loop().execute(waiter::abandon);
        if (waiter.isOwn() && !isWaiting(waiter.approval())) {
            whenCancelled.accept(waiter.approval(), TimeOut.isNamedIn(reason));
        }
    }

    private boolean remove(Waiter waiter) {
        var removed = on(waiter.loop()).remove(waiter);
        waiting.computeIfPresent(waiter.approval(), (approval, waiters) -> {
            var rest = waiters.stream().filter(other -> other != waiter).toList();
            return rest.isEmpty() ? null : rest;
        });
        return removed;
    }
}
