package io.holdpoint.gateway.configuration;

/** What is in force at this moment, exchanged as a whole. Safe for any thread. */
final class InForce {

    private volatile Reloadable current;

    InForce(Reloadable first) {
        current = first;
    }

    Reloadable get() {
        return current;
    }

    void exchange(Reloadable next) {
        current = next;
    }
}
