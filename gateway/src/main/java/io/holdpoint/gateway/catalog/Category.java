package io.holdpoint.gateway.catalog;

import io.holdpoint.workflow.Risk;

/** What kind of thing a tool does, from the least risky to the riskiest (spec 03, Catalogue). */
enum Category {
    READ("Read", Risk.LOW),
    WRITE("Write", Risk.MEDIUM),
    UNKNOWN("Unknown", Risk.HIGH),
    EXECUTE("Execute", Risk.HIGH),
    DESTRUCTIVE("Destructive", Risk.CRITICAL),
    FINANCIAL("Financial", Risk.CRITICAL);

    private final String label;
    private final Risk risk;

    Category(String label, Risk risk) {
        this.label = label;
        this.risk = risk;
    }

    /** The word policies, cards and the API use. */
    String label() {
        return label;
    }

    Risk risk() {
        return risk;
    }

    Category riskier(Category other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
