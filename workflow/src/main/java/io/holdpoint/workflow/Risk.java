package io.holdpoint.workflow;

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
}
