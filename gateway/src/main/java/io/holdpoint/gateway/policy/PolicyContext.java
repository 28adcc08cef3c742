package io.holdpoint.gateway.policy;

import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.people.Assurance;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an installation brings to its policies: defaults for what a rule leaves out, and what names mean something.
 *
 * @param flows the process ids of all flows
 * @param knowsApprover whether there is a person or group of that name
 * @param approverNames all those names, to tell which was meant; empty where they are not known
 * @param minAssurance the least assurance that approves, by risk class
 */
public record PolicyContext(
        String flow,
        List<String> approvers,
        Duration expiresAfter,
        Duration approvedFor,
        boolean allowOwner,
        Map<Risk, Assurance> minAssurance,
        Set<String> flows,
        Predicate<String> knowsApprover,
        Set<String> approverNames) {

    public PolicyContext {
        Objects.requireNonNull(flow);
        approvers = List.copyOf(approvers);
        Objects.requireNonNull(expiresAfter);
        Objects.requireNonNull(approvedFor);
        minAssurance = Map.copyOf(minAssurance);
        flows = Set.copyOf(flows);
        Objects.requireNonNull(knowsApprover);
        approverNames = Collections.unmodifiableSet(new LinkedHashSet<>(approverNames));
    }

    /** One in which the names of approvers are not told, only whether there is one. */
    public PolicyContext(
            String flow,
            List<String> approvers,
            Duration expiresAfter,
            Duration approvedFor,
            boolean allowOwner,
            Map<Risk, Assurance> minAssurance,
            Set<String> flows,
            Predicate<String> knowsApprover) {
        this(flow, approvers, expiresAfter, approvedFor, allowOwner, minAssurance, flows, knowsApprover, Set.of());
    }
}
