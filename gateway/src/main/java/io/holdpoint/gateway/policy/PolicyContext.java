package io.holdpoint.gateway.policy;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What an installation brings to its policies: defaults for what a rule leaves out, and what names mean something.
 *
 * @param flows the process ids of all flows; empty where they are not known, so that any name may be one
 * @param approverNames all people and groups, in the order in which they are told; empty where they are not known, so
 *     that any name may be one
 */
public record PolicyContext(
        ApprovalDefaults defaults, Optional<Set<String>> flows, Optional<Set<String>> approverNames) {

    public PolicyContext {
        Objects.requireNonNull(defaults);
        flows = flows.map(Set::copyOf);
        approverNames = approverNames.map(names -> Collections.unmodifiableSet(new LinkedHashSet<>(names)));
    }
}
