package io.holdpoint.workflow.people;

/** How sure we are that the reviewer is who they say, from least to most (spec 05, Reviewers). */
public enum Assurance {
    LINK("link"),
    SLACK("slack"),
    LOGIN("login"),
    LOGIN_FRESH("login+fresh");

    private final String label;

    Assurance(String label) {
        this.label = label;
    }

    /** The word policies, the API and the log use. */
    public String label() {
        return label;
    }

    public boolean reaches(Assurance least) {
        return compareTo(least) >= 0;
    }
}
