package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.gateway.limit.Tally;
import io.holdpoint.gateway.policy.Call;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.workflow.audit.ShadowDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a grant's shadow policy says about a call, to stand beside the decision in the log. It changes nothing: no
 * decision, no counter of the policy's, and a fault in it is written down and lets the call go its way.
 *
 * @param policy the shadow's SHA-256
 * @param judgement empty if it could not be judged, or not briefly enough
 */
record Shadow(String policy, Optional<Decision.Judgement> judgement) {

    private static final Logger log = LoggerFactory.getLogger(Shadow.class);

    /**
     * The call with what its shadow says, or just the call if its grant has none. Called on the call's event loop.
     *
     * @param riskKnown whether the call's risk class is one to judge by
     */
    static ToolCall beside(ToolCall call, boolean riskKnown) {
        var policy = call.access().shadow();
        return policy.isEmpty() ? call : call.with(judge(policy.get(), call, riskKnown));
    }

    private static Shadow judge(Policy policy, ToolCall call, boolean riskKnown) {
        if (policy.asksForRisk(call.tool()) && !riskKnown) {
            return new Shadow(policy.sha256(), Optional.empty()); // it would be judged by a class nobody has seen
        }
        try {
            var judgement = policy.judgeBriefly(new Call(
                    call.server(),
                    call.tool(),
                    call.arguments(),
                    call.definition().risk()));
            return new Shadow(policy.sha256(), judgement);
        } catch (RuntimeException e) {
            // The edge between the shadow and the call: whatever it failed with, the call must not notice.
            log.warn("a shadow policy could not judge a call of {}: {}", call.tool(), e.toString());
            return new Shadow(policy.sha256(), Optional.empty());
        }
    }

    /** What it is going to count; nothing where it has no limits for the call. */
    Optional<Limits.Use> use(ToolCall call) {
        return judgement
                .filter(Shadow::hasLimits)
                .map(judged -> new Limits.Use(call.scopes().ofShadow(), judged.charges()));
    }

    /** Its word, its limits counted. They are never given back: what a call does later is not the shadow's to know. */
    ShadowDecision counted(ToolCall call, Tally tally) {
        return judgement
                .map(judged -> word(judged.decide(tally.of(call.scopes().ofShadow())), true))
                .orElseGet(() -> ShadowDecision.fault(policy));
    }

    /** Its word, its limits left out. */
    ShadowDecision uncounted() {
        return judgement
                .map(judged -> word(judged.then(), !hasLimits(judged)))
                .orElseGet(() -> ShadowDecision.fault(policy));
    }

    /** Its word in a transaction of its own caller, counted there. */
    ShadowDecision count(ToolCall call, Limits limits, Instant now) {
        var use = use(call);
        if (use.isEmpty()) {
            return uncounted();
        }
        var tally = limits.tally(now, List.of(use.get()));
        var word = counted(call, tally);
        limits.save(tally);
        return word;
    }

    boolean holds() {
        return judgement
                .filter(judged -> judged.then() instanceof Decision.Hold)
                .isPresent();
    }

    private static boolean hasLimits(Decision.Judgement judged) {
        return !judged.charges().isEmpty();
    }

    private ShadowDecision word(Decision decision, boolean limitsCounted) {
        return new ShadowDecision(policy, decision.word(), decision.rule().value(), limitsCounted);
    }
}
