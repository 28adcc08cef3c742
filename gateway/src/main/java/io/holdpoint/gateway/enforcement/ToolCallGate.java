package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.limit.Reserved;
import io.holdpoint.gateway.mcp.Refusal;
import io.holdpoint.gateway.policy.Call;
import io.holdpoint.gateway.policy.Charge;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.RuleId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where every tool call meets its policy. The four methods {@link #allow}, {@link #deny}, {@link #limit} and
 * {@link #hold} are what the product does; all four are written down before anything else happens.
 */
final class ToolCallGate implements Decision.Cases<ToolCallGate.Step> {

    /** What the agent is told while the audit log cannot be written. */
    static final Decision.Deny NOT_RECORDED = new Decision.Deny(
            new RuleId("(not recorded)"),
            "The call was not made: the audit log cannot be written, so nothing passes. Try again in a while.");

    private static final Duration RETRY_NOT_RECORDED = Duration.ofSeconds(2);

    static Refusal notRecordedRefusal() {
        return new Refusal(
                Refusal.Kind.DENY,
                NOT_RECORDED.rule().value(),
                NOT_RECORDED.message(),
                Optional.of(RETRY_NOT_RECORDED),
                Optional.empty());
    }

    private final Admissions admissions;
    private final Forwarding forwarding;
    private final Holding holding;

    ToolCallGate(Admissions admissions, Forwarding forwarding, Holding holding) {
        this.admissions = admissions;
        this.forwarding = forwarding;
        this.holding = holding;
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
            holding.learn(arrived, this::admit);
            return;
        }
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
                Answers.refuse(call, notRecordedRefusal());
            }
        });
    }

    /** Right after a start the server's tools may not have been read yet; a rule by risk class must not miss one. */
    private static boolean isRiskMissing(ToolCall call) {
        return !call.definition().isRead()
                && call.access().policy().filter(Policy::asksForRisk).isPresent();
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
