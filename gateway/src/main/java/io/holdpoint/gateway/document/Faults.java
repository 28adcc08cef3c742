package io.holdpoint.gateway.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects all that is wrong before anything is refused, so that a user mends everything at once. Not thread-safe. */
public final class Faults {

    private final List<Fault> found = new ArrayList<>();

    /** Notes a fault at a value; the message begins after the path, such as {@code is "minutes"; use …}. */
    public void at(Node node, String message) {
        found.add(new Fault(node.file(), node.line(), node.path(), message));
    }

    public void add(Fault fault) {
        found.add(fault);
    }

    public void addAll(Collection<Fault> faults) {
        found.addAll(faults);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Fault> all() {
        return List.copyOf(found);
    }

    /** Throws all of them, or does nothing if there are none. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new FaultyDocument(found);
        }
    }
}
