package io.holdpoint.gateway.authoring.draft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdpoint.gateway.policy.Call;
import io.holdpoint.gateway.policy.Charge;
import io.holdpoint.gateway.policy.Counters;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.PolicyContext;
import io.holdpoint.gateway.policy.SmallInstallation;
import io.holdpoint.workflow.Risk;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A draft as the gateway loads it, with counters of its own. */
public final class Loaded {

    public static final PolicyContext CONTEXT =
            SmallInstallation.approvedBy("leads", Set.of("single-approval"), Optional.empty());

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Policy policy;
    private final Map<String, BigDecimal> used = new HashMap<>();
    private Instant now = Instant.parse("2026-01-01T10:00:00Z");

    private Loaded(Policy policy) {
        this.policy = policy;
    }

    public static Loaded yaml(String text) {
        return new Loaded(Policy.read("draft.yaml", text.getBytes(UTF_8), CONTEXT));
    }

    public static Loaded json(String text) {
        return new Loaded(Policy.read("draft.json", text.getBytes(UTF_8), CONTEXT));
    }

    public static JsonNode tree(String json) {
        return JSON.readTree(json);
    }

    public Policy policy() {
        return policy;
    }

    public void moveTo(Instant instant) {
        now = instant;
    }

    public Decision decision(String tool, String arguments) {
        var call = new Call("imaging", tool, (ObjectNode) tree(arguments), Risk.LOW);
        return policy.judge(call).decide((Counters) this::reserve);
    }

    /** The decision in one word. */
    public String decides(String tool, String arguments) {
        return decision(tool, arguments).word();
    }

    private Optional<Decision.Limit> reserve(List<Charge> charges) {
        for (var charge : charges) {
            if (sum(charge).compareTo(charge.max()) > 0) {
                return Optional.of(new Decision.Limit(charge.rule(), charge.onDeny(), Optional.empty()));
            }
        }
        charges.forEach(charge -> used.put(key(charge), sum(charge)));
        return Optional.empty();
    }

    private BigDecimal sum(Charge charge) {
        return used.getOrDefault(key(charge), BigDecimal.ZERO).add(charge.amount());
    }

    private String key(Charge charge) {
        return charge.counter() + "|" + charge.window().startOf(now) + "|" + charge.scope();
    }
}
