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

    private static final RuleId RISK_UNKNOWN = new RuleId("(risk unknown)");
    private static final Duration DEFINITION_AGE = Duration.ofSeconds(60);
    /** How long a reading without the called tool counts before there is another. */
    private static final Duration UNLISTED_AGE = Duration.ofSeconds(2);

    private final Learning learning;
    private final Admissions admissions;
    private final Forwarding forwarding;
    private final Holding holding;
    private final Clock clock;

    ToolCallGate(Learning learning, Admissions admissions, Forwarding forwarding, Holding holding, Clock clock) {
        this.learning = learning;
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
        var riskKnown = arrived.hasKnownRisk(clock.instant());
        if (riskKnown || !asksForRisk(arrived)) {
            settle(arrived, riskKnown);
        } else {
            arrived.arguments(); // unreadable ones are refused here, where that is noted
            learn(arrived);
        }
    }

    private static boolean asksForRisk(ToolCall call) {
        return call.access()
                .policy()
                .filter(policy -> policy.asksForRisk(call.tool()))
                .isPresent();
    }

    /**
     * A rule by risk class must not miss a tool. A call of one that its server does not list has the server read again, but
     * not at once: names that an agent makes up must not keep the server busy. Until then such a call is refused, as its
     * tool may be a new one of any class.
     */
    private void learn(ToolCall arrived) {
        var asked = clock.instant();
        learning.learn(arrived, arrived.isListed() ? DEFINITION_AGE : UNLISTED_AGE, new Learning.Next() {
            @Override
            public void known(ToolCall now) {
                if (now.isListed() || !now.definition().readAt().isBefore(asked)) {
                    settle(now, true);
                } else {
                    unreadable(unlisted(now));
                }
            }

            @Override
            public void unreadable(String why) {
                refuse(arrived, new Decision.Deny(RISK_UNKNOWN, why));
            }

            @Override
            public void changed() {
                refuse(arrived, Renewal.CHANGED);
            }
        });
    }

    private static String unlisted(ToolCall call) {
        return ("%s was not run: what is allowed depends on its risk class, and a moment ago %s did not list it. If it is a"
                        + " new tool, call it again in %d seconds.")
                .formatted(call.tool(), call.server(), UNLISTED_AGE.toSeconds());
    }

    private void refuse(ToolCall call, Decision.Deny why) {
        settle(Shadow.beside(call, false), new Decision.Judgement(List.of(), why));
    }

    private void settle(ToolCall call, boolean riskKnown) {
        settle(Shadow.beside(call, riskKnown), judge(call));
    }

    private void settle(ToolCall call, Decision.Judgement judgement) {
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
