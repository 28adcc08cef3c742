package io.holdpoint.workflow;

import java.util.Arrays;
import java.util.Optional;

/** How much harm a tool can do, from least to most (spec 03, Catalogue). */
public enum Risk {
    LOW("Low"),
    MEDIUM("Medium"),
    HIGH("High"),
    CRITICAL("Critical");

    private final String label;

    Risk(String label) {
        this.label = label;
    }

    /** The word policies, cards and the API use. */
    public String label() {
        return label;
    }

    /** The class of a label, which is written exactly as {@link #label()} says; empty if there is none. */
    public static Optional<Risk> ofLabel(String label) {
        return Arrays.stream(values()).filter(risk -> risk.label.equals(label)).findFirst();
    }
}
