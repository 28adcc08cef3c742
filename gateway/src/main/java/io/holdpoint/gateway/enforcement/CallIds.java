package io.holdpoint.gateway.enforcement;

import io.holdpoint.workflow.CallId;
import java.util.concurrent.atomic.AtomicLong;

/** Names calls: the node's name and a count, so that naming one costs nothing. */
final class CallIds {

    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    CallIds(String node) {
        this.prefix = "call_" + node + "_";
    }

    CallId next() {
        return new CallId(prefix + Long.toString(count.incrementAndGet(), Character.MAX_RADIX));
    }
}
