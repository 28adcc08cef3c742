package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.document.DocumentReader;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.policy.PolicyContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a policy is read with where no configuration is at hand: any flow and any approver may be there. */
public final class NeutralContext {

    /** What therefore was not checked. */
    public static final String NOTE = "without a configuration: approvers and flows were not checked, and what rules"
            + " leave out has Holdpoint's own defaults";

    private static final String FLOW = "single-approval";

    private NeutralContext() {}

    /** A context in which every flow the document names is known. */
    public static PolicyContext of(String file, byte[] document) {
        var flows = new HashSet<String>(Set.of(FLOW));
        DocumentReader.read(file, document, new Faults()).ifPresent(root -> collectFlows(root, flows));
        return new PolicyContext(
                FLOW, List.of(), Duration.ofHours(1), Duration.ofMinutes(15), false, Map.of(), flows, anybody -> true);
    }

    private static void collectFlows(Node node, Set<String> flows) {
        if (node instanceof Node.Obj object) {
            if (object.members().get("flow") instanceof Node.Text flow
                    && !flow.value().isBlank()) {
                flows.add(flow.value());
            }
            object.members().values().forEach(member -> collectFlows(member, flows));
        } else if (node instanceof Node.Arr list) {
            list.elements().forEach(element -> collectFlows(element, flows));
        }
    }
}
