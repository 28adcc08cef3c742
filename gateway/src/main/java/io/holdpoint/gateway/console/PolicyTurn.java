package io.holdpoint.gateway.console;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * One at a time: a document that somebody sends is parsed, compiled and run at the cost of memory and a processor, and
 * calls must not feel it. Take it when the request is read, for a slow sender would keep it. Safe for any thread; nobody
 * waits.
 */
@Component
class PolicyTurn {

    private final Semaphore turn = new Semaphore(1);

    /** Works, or refuses where somebody else does. */
    <T> T take(Supplier<T> work) {
        if (!turn.tryAcquire()) {
            throw Refused.busy("Another policy is being explained or tried at this moment.");
        }
        try {
            return work.get();
        } finally {
            turn.release();
        }
    }
}
