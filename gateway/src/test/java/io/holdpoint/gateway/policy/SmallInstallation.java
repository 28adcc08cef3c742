package io.holdpoint.gateway.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an installation brings to its policies where one group approves everything that names no other. */
public final class SmallInstallation {

    private SmallInstallation() {}

    /** With one flow, and nobody else to approve. */
    public static PolicyContext approvedBy(String approver) {
        return approvedBy(approver, Set.of("single-approval"), Optional.of(Set.of(approver)));
    }

    /** With these flows, and whoever is known; empty knows everybody. */
    public static PolicyContext approvedBy(String approver, Set<String> flows, Optional<Set<String>> known) {
        var standard = ApprovalDefaults.standard();
        var defaults = new ApprovalDefaults(
                standard.flow(),
                List.of(approver),
                standard.expiresAfter(),
                standard.approvedFor(),
                standard.allowOwner(),
                standard.minAssurance());
        return new PolicyContext(defaults, Optional.of(flows), known);
    }
}
