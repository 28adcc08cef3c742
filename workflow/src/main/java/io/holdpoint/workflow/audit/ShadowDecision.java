package io.holdpoint.workflow.audit;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a grant's shadow policy said about a call (spec 03, {@code grants.X.shadow}). It decided nothing.
 *
 * @param policy the shadow's SHA-256, lower-case hex
 * @param decision {@code allow}, {@code deny}, {@code limit}, {@code hold}, or {@code fault} where it could not be judged
 * @param rule what would have decided; empty for a fault
 * @param limitsCounted false where the shadow has limits for the call and they were left out
 */
public record ShadowDecision(String policy, String decision, String rule, boolean limitsCounted) {

    public ShadowDecision {
        Objects.requireNonNull(policy);
        Objects.requireNonNull(decision);
        Objects.requireNonNull(rule);
    }

    /** The shadow could not be judged. */
    public static ShadowDecision fault(String policy) {
        return new ShadowDecision(policy, "fault", "", true);
    }

    /** As an entry says it. */
    Map<String, String> data() {
        var data = new TreeMap<>(Map.of("policy", policy, "decision", decision));
        if (!rule.isEmpty()) {
            data.put("rule", rule);
        }
        if (!limitsCounted) {
            data.put("limits", "not counted");
        }
        return data;
    }
}
