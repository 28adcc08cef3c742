package io.holdpoint.gateway.policy;

import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.people.Assurance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an entry of {@code require_approval} has where it says nothing itself.
 *
 * @param flow the process id
 * @param approvers people and groups; with none, each entry has to name its own
 * @param expiresAfter how long people have
 * @param approvedFor how long an approved call may wait for its agent
 * @param allowOwner whether the owner of a grant may approve its calls
 * @param minAssurance the least assurance that approves, for every risk class
 */
public record ApprovalDefaults(
        String flow,
        List<String> approvers,
        Duration expiresAfter,
        Duration approvedFor,
        boolean allowOwner,
        Map<Risk, Assurance> minAssurance) {

    private static final ApprovalDefaults STANDARD = new ApprovalDefaults(
            "single-approval",
            List.of(),
            Duration.ofHours(1),
            Duration.ofMinutes(15),
            false,
            Map.of(
                    Risk.LOW, Assurance.LINK,
                    Risk.MEDIUM, Assurance.LINK,
                    Risk.HIGH, Assurance.LINK,
                    Risk.CRITICAL, Assurance.SLACK));

    public ApprovalDefaults {
        Objects.requireNonNull(flow);
        approvers = List.copyOf(approvers);
        Objects.requireNonNull(expiresAfter);
        Objects.requireNonNull(approvedFor);
        minAssurance = Map.copyOf(minAssurance);
        for (var risk : Risk.values()) {
            Objects.requireNonNull(minAssurance.get(risk), risk.label());
        }
    }

    /** Those of an installation that says nothing itself (spec 03, Grammar; spec 05, Reviewers). */
    public static ApprovalDefaults standard() {
        return STANDARD;
    }
}
