package io.holdpoint.gateway.document;

import java.util.List;
import java.util.stream.Collectors;

/** A document, or several, with all their faults; nothing of them is used. */
public final class FaultyDocument extends RuntimeException {

    private final transient List<Fault> faults;

    public FaultyDocument(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
