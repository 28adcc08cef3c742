package io.holdpoint.gateway.limit;

import java.util.Comparator;

/** One counter in one window. Sorted, so that transactions lock rows in the same order and never wait in a circle. */
record CounterKey(String name, long windowStart, long windowEnd) implements Comparable<CounterKey> {

    private static final Comparator<CounterKey> ORDER =
            Comparator.comparing(CounterKey::name).thenComparingLong(CounterKey::windowStart);

    @Override
    public int compareTo(CounterKey other) {
        return ORDER.compare(this, other);
    }
}
