package io.holdpoint.gateway.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What an installation brings to its policies where one group approves everything that names no other. */
public final class SmallInstallation {

    private static final Duration EXPIRES_AFTER = Duration.ofHours(1);
    private static final Duration APPROVED_FOR = Duration.ofMinutes(15);

    private SmallInstallation() {}

    /** With one flow, and nobody else to approve. */
    public static PolicyContext approvedBy(String approver) {
        return approvedBy(approver, Set.of("single-approval"), approver::equals);
    }

    /** With these flows, and whoever is known besides. */
    public static PolicyContext approvedBy(String approver, Set<String> flows, Predicate<String> known) {
        return new PolicyContext(
                "single-approval", List.of(approver), EXPIRES_AFTER, APPROVED_FOR, false, Map.of(), flows, known);
    }
}
