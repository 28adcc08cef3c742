package io.holdpoint.gateway.authoring.intercept;

/** Where a policy carried over from Intercept decides otherwise than there; on the safe side but for {@link #NUMBERS}. */
enum Note {
    NAMES("A name that only looks like that of a tool that is hidden or has a rule is denied."),
    LISTING("Tools without a rule are no longer listed; add list: all to list them though they are denied."),
    /** An agent may send such numbers on purpose; nothing a policy can say tells them apart as floating point does. */
    NUMBERS("Numbers are compared exactly; Intercept rounded them to 53 bits first. So a number with more digits than"
            + " these bits hold may pass here and not there: 4.9999999999999999999 is less than 5, where Intercept, and"
            + " perhaps your server, took it for 5. Where that matters, let the server refuse such numbers."),
    NULLS("An argument that is null counts as absent, so neq and not_in deny it; Intercept let it pass."),
    COUNTERS("Limits count all calls to one server together, as one Intercept did; with scope: grant each agent has its"
            + " own. They begin at zero."),
    AMOUNTS(
            "Amounts are counted exactly, and negative, missing or huge ones are denied; Intercept cut off fractions, and"
                    + " let negative amounts give back."),
    UNCLEAR("Where the condition of require_approval cannot be judged, because an argument is missing or of another"
            + " type, people are asked; Intercept let the call pass."),
    HELD("A held call waits and is answered once; Intercept's agents had to call again. Who is asked, and for how long"
            + " where no expires_after stands, says approvals in holdpoint.yaml.");

    private final String text;

    Note(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
