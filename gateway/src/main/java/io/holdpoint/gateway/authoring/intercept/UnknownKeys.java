package io.holdpoint.gateway.authoring.intercept;

import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Node;
import java.util.Map;
import java.util.Set;

/** Refuses keys that Intercept's grammar does not have: it reads over them, so whoever wrote them is not protected. */
final class UnknownKeys {

    private static final Map<String, String> ADVICE = Map.of(
            "approvals",
            "belongs to the installation here; give each rule its approval_timeout, and see approvals in holdpoint.yaml",
            "spend",
            "caps what paid tools cost, which Holdpoint does not know; remove it, and write a limit with amount instead",
            "idempotency_window",
            "has no like here; remove it",
            "validate",
            "belongs to an old form that Intercept never enforced; remove it, and write conditions instead",
            "limits",
            "is not Intercept's, which reads over it and never enforced it; remove it here and add it to the result",
            "require",
            "is not Intercept's, which reads over it and never enforced it; remove it here and add it to the result",
            "deny_if",
            "is not Intercept's, which reads over it and never enforced it; remove it here and add it to the result",
            "all_tools",
            "is not Intercept's, which reads over it and never enforced it; remove it here and add it to the result");

    private UnknownKeys() {}

    static void refuse(Node.Obj object, Set<String> known, Faults faults) {
        object.members().forEach((key, node) -> {
            if (!known.contains(key)) {
                faults.at(node, ADVICE.getOrDefault(key, unknown(known)));
            }
        });
    }

    private static String unknown(Set<String> known) {
        return "is unknown to Intercept, which reads over it, so it never did anything; remove it, or use one of "
                + String.join(", ", known.stream().sorted().toList());
    }
}
