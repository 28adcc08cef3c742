package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.limit.Reserved;
import io.holdpoint.gateway.mcp.Refusal;
import io.holdpoint.gateway.policy.Call;
import io.holdpoint.gateway.policy.Charge;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.RuleId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Where every tool call meets its policy. The four methods {@link #allow}, {@link #deny}, {@link #limit} and
 * {@link #hold} are what the product does; all four are written down before anything else happens.
 */
final class ToolCallGate implements Decision.Cases<ToolCallGate.Step> {

    /** Readings begin a minute apart and may take half of one; what is older is that of a server that rests. */
    private static final Duration OLDEST = Duration.ofSeconds(90);

    private final Admissions admissions;
    private final Forwarding forwarding;
    private final Holding holding;
    private final Clock clock;

    ToolCallGate(Admissions admissions, Forwarding forwarding, Holding holding, Clock clock) {
        this.admissions = admissions;
        this.forwarding = forwarding;
        this.holding = holding;
        this.clock = clock;
    }

    /** A judged call, and what it was charged by now. */
    record Admitted(ToolCall call, List<Charge> charges, List<Reserved> reserved) {}

    /** What to do with a call once its decision stands. */
    interface Step {
        void take(Admitted admitted);
    }

    /** Judges a call and sets it on its way. Called on the call's event loop; does not block. */
    void admit(ToolCall arrived) {
        if (isRiskMissing(arrived)) {
            arrived.arguments(); // unreadable ones are refused here, where that is noted
            holding.learn(arrived, this::settle);
        } else {
            settle(arrived);
        }
    }

    private void settle(ToolCall arrived) {
        var judgement = judge(arrived);
        var call = Shadow.beside(arrived);
        if (judgement.then() instanceof Decision.Hold) {
            judgement.then().match(this).take(new Admitted(call, judgement.charges(), List.of()));
            return;
        }
        admissions.admit(call, judgement, new Admissions.Next() {
            @Override
            public void go(Decision decision, List<Reserved> reserved) {
                decision.match(ToolCallGate.this).take(new Admitted(call, judgement.charges(), reserved));
            }

            @Override
            public void notRecorded() {
                Answers.refuse(call, NotRecorded.refusal());
            }
        });
    }

    /**
     * A rule by risk class must not miss a tool: the server's tools may not have been read yet, or the tool may have come
     * after they were.
     */
    private boolean isRiskMissing(ToolCall call) {
        var asks = call.access().policy().filter(policy -> policy.asksForRisk(call.tool()));
        return asks.isPresent() && !(call.isListed() && isFresh(call));
    }

    private boolean isFresh(ToolCall call) {
        return !call.definition().readAt().isBefore(clock.instant().minus(OLDEST));
    }

    private static Decision.Judgement judge(ToolCall call) {
        return call.access()
                .policy()
                .map(policy -> policy.judge(new Call(
                        call.server(),
                        call.tool(),
                        call.arguments(),
                        call.definition().risk())))
                .orElseGet(() -> new Decision.Judgement(List.of(), noPolicy(call)));
    }

    private static Decision.Deny noPolicy(ToolCall call) {
        return new Decision.Deny(
                RuleId.NO_POLICY,
                "This grant has no policy for the server %s, so every call is denied. Ask its owner to add one."
                        .formatted(call.server()));
    }

    @Override
    public Step allow(Decision.Allow allow) {
        return admitted -> forwarding.forward(admitted.call(), admitted.reserved());
    }

    @Override
    public Step deny(Decision.Deny deny) {
        return admitted -> Answers.refuse(
                admitted.call(), Refusal.of(Refusal.Kind.DENY, deny.rule().value(), deny.message()));
    }

    @Override
    public Step limit(Decision.Limit limit) {
        return admitted -> Answers.refuse(
                admitted.call(), Refusal.limit(limit.rule().value(), limit.message(), limit.retryAfter()));
    }

    @Override
    public Step hold(Decision.Hold hold) {
        return admitted -> holding.hold(admitted.call(), hold, admitted.charges(), this::admit);
    }
}
