package io.holdpoint.gateway.console;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * One at a time: a document that somebody sends is read, compiled and run at the cost of memory and a processor, and
 * calls must not feel it. Safe for any thread; nobody waits.
 */
@Component
class PolicyTurn {

    private final Semaphore turn = new Semaphore(1);

    interface Work<T> {
        T run() throws IOException;
    }

    /** Works, or refuses where somebody else does. */
    <T> T take(Work<T> work) throws IOException {
        if (!turn.tryAcquire()) {
            throw Refused.busy("Another policy is being explained or tried at this moment.");
        }
        try {
            return work.run();
        } finally {
            turn.release();
        }
    }
}
