package io.holdpoint.gateway.catalog;

import io.holdpoint.workflow.Risk;
import java.util.Arrays;
import java.util.Optional;

/** What kind of thing a tool does, from the least risky to the riskiest (spec 03, Catalogue). */
public enum Category {
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

    /** The word that pages, drafts, the API, the database and the audit log use. */
    public String label() {
        return label;
    }

    /** The class of a tool of this kind, unless a policy says otherwise. */
    public Risk risk() {
        return risk;
    }

    /** The category with this word, spelled exactly so. */
    public static Optional<Category> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(category -> category.label.equals(label))
                .findFirst();
    }

    Category riskier(Category other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
