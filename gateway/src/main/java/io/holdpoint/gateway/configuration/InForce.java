package io.holdpoint.gateway.configuration;

import java.util.concurrent.atomic.AtomicReference;

/** What is in force at this moment, exchanged as a whole. Safe for any thread. */
final class InForce {

    private final AtomicReference<Reloadable> current;

    InForce(Reloadable first) {
        current = new AtomicReference<>(first);
    }

    Reloadable get() {
        return current.get();
    }

    void exchange(Reloadable next) {
        current.set(next);
    }
}
