package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.PersonId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tells in one sentence who or what decided an approval, and when. */
final class Ending {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Ending() {}

    static String of(Approval approval, People people) {
        var at = at(approval.decidedAt().orElse(approval.requestedAt()));
        var because = approval.decidedReason().map(reason -> ": " + reason).orElse("");
        return switch (approval.state()) {
            case PENDING -> "This is pending.";
            case EXPIRED -> "This expired at %s%s.".formatted(at, because);
            case VOIDED -> "This was voided at %s%s.".formatted(at, because);
            case REJECTED -> "%s rejected this at %s%s".formatted(who(approval, people, "The flow"), at, because);
            case CANCELLED -> "%s cancelled this at %s%s".formatted(who(approval, people, "The agent"), at, because);
            case APPROVED, RUNNING, SUCCEEDED, FAILED, UNKNOWN ->
                "%s approved this at %s%s".formatted(who(approval, people, "The flow"), at, because);
        };
    }

    /** Tells who settled an execution, when, and what they found. */
    static String of(Settlement settlement, People people) {
        return "%s settled this at %s: it %s."
                .formatted(
                        name(settlement.by(), people),
                        at(settlement.at()),
                        settlement.happened() ? "happened" : "did not happen");
    }

    static String at(Instant time) {
        return TIME.format(time);
    }

    static String name(PersonId person, People people) {
        return people.find(person).map(found -> found.name()).orElse(person.value());
    }

    private static String who(Approval approval, People people, String nobody) {
        return approval.decidedBy().map(person -> name(person, people)).orElse(nobody);
    }
}
