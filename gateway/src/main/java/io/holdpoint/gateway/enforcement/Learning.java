package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.catalog.Definition;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gives calls their tools' definitions before they go on. A call waits on no thread: the catalogue reads on threads of its
 * own, and what follows is done on the call's event loop, with its grant and policy as they are by then.
 */
final class Learning {

    private static final int MOST_WAITING = 10_000;

    /** How often a call is looked up that finds its server configured anew each time. */
    private static final int MOST_LOOKS = 3;

    private final Catalog catalog;
    private final Renewal renewal;
    private final Busy busy;
    private final int mostWaiting;
    private final AtomicInteger waiting = new AtomicInteger();

    Learning(Catalog catalog, Renewal renewal, Busy busy) {
        this(catalog, renewal, busy, MOST_WAITING);
    }

    /** @param mostWaiting how many calls may wait for readings, of all servers together */
    Learning(Catalog catalog, Renewal renewal, Busy busy, int mostWaiting) {
        this.catalog = catalog;
        this.renewal = renewal;
        this.busy = busy;
        this.mostWaiting = mostWaiting;
    }

    /** How it ends, on the call's event loop; not at all for a call whose agent is gone. */
    interface Next {

        /** @param now the call with the definition, and with its grant and policy as they are now */
        void known(ToolCall now);

        /** @param why the server's tools cannot be read, without secrets */
        void unreadable(String why);

        /** The grant is not what it was. */
        void changed();
    }

    /**
     * Looks a call's tool up. Called on the call's event loop; goes on at once where there is a reading that ended at most
     * {@code maxAge} ago.
     */
    void learn(ToolCall call, Duration maxAge, Next next) {
        renewal.renewed(call).ifPresentOrElse(now -> new Look(now, maxAge, next, MOST_LOOKS).take(), next::changed);
    }

    private final class Look {

        private final ToolCall call;
        private final Duration maxAge;
        private final Next next;
        private final int looks;

        /** @param looks how many there may be, this one too */
        Look(ToolCall call, Duration maxAge, Next next, int looks) {
            this.call = call;
            this.maxAge = maxAge;
            this.next = next;
            this.looks = looks;
        }

        void take() {
            // From here on it cannot fail: what is thrown while a call goes on must reach the edge of its thread.
            var found =
                    catalog.learn(call.access().server(), call.tool(), maxAge).handle(Found::new);
            if (found.isDone()) {
                goOn(found.join());
            } else if (waiting.incrementAndGet() > mostWaiting) {
                waiting.decrementAndGet();
                busy.refuse(call);
            } else {
                found.thenAccept(this::goOnByLoop);
            }
        }

        private void goOnByLoop(Found found) {
            waiting.decrementAndGet();
            call.exchange().loop().execute(Edge.guarding(call, () -> goOn(found)));
        }

        private void goOn(Found found) {
            if (!call.exchange().isOver()) {
                renewal.renewed(call).ifPresentOrElse(now -> goOn(now, found), next::changed);
            }
        }

        private void goOn(ToolCall now, Found found) {
            if (!now.access().server().equals(call.access().server())) {
                again(now);
            } else if (found.definition() != null) {
                next.known(now.withDefinition(found.definition()));
            } else {
                next.unreadable(found.why());
            }
        }

        /** What was read is another server's by now, or the same one's as it was trusted then. */
        private void again(ToolCall now) {
            if (looks > 1) {
                new Look(now, maxAge, next, looks - 1).take();
            } else {
                next.changed();
            }
        }
    }

    /** How a look ended: with one of them. */
    private record Found(
            @Nullable Definition definition, @Nullable Throwable fault) {

        String why() {
            var cause = fault == null || fault.getCause() == null ? fault : fault.getCause();
            return cause == null ? "its tools cannot be read" : String.valueOf(cause.getMessage());
        }
    }
}
