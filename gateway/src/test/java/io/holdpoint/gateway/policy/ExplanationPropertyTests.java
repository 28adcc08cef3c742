package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.policy.Explanation.Kind;
import io.holdpoint.gateway.policy.Explanation.Step;
import io.holdpoint.gateway.policy.Explanation.Verdict;
import io.holdpoint.workflow.Risk;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The steps an explanation shows lead to the decision that is made, whatever the policy and the call. */
class ExplanationPropertyTests {

    @Property(tries = 3000, seed = "20261125", shrinking = ShrinkingMode.OFF)
    void theStepsLeadToTheDecisionThatIsMade(@ForAll long seed) {
        var random = new Random(seed);
        var document = MadeUpPolicy.document(random);
        var policy = Policies.load(document.toString());
        var risk = Risk.values()[random.nextInt(Risk.values().length)];
        var call = new Call("imaging", MadeUpPolicy.tool(document, random), MadeUpPolicy.arguments(random), risk);

        var judgement = policy.judge(call);

        assertLeadsTo(judgement, policy.explain(call).steps());
    }

    private static void assertLeadsTo(Decision.Judgement judgement, List<Step> steps) {
        var deciding = steps.stream().filter(Step::decides).toList();
        var word = judgement.then().word();
        if (deciding.isEmpty()) {
            assertThat(word).isEqualTo("allow");
        } else {
            assertThat(deciding).hasSize(1);
            assertThat(rule(deciding.get(0))).isEqualTo(judgement.then().rule());
            assertThat(deciding.get(0).kind() == Kind.REQUIRE_APPROVAL).isEqualTo(word.equals("hold"));
        }
        assertThat(charged(steps, word))
                .isEqualTo(judgement.charges().stream().map(Charge::rule).toList());
        var outcome = steps.get(steps.size() - 1);
        assertThat(outcome.kind()).isEqualTo(Kind.OUTCOME);
        assertThat(outcome.about()).isEqualTo(word);
    }

    /** How denials name what stands nowhere under a tool. */
    private static RuleId rule(Step step) {
        if (step.kind() == Kind.HIDE) {
            return RuleId.HIDDEN;
        }
        return step.rule().value().equals("/default") ? RuleId.DEFAULT_DENY : step.rule();
    }

    private static List<RuleId> charged(List<Step> steps, String word) {
        return steps.stream()
                .filter(step -> word.equals("allow") || word.equals("hold"))
                .filter(step -> step.kind() == Kind.LIMITS && step.verdict() == Verdict.HOLDS)
                .map(Step::rule)
                .toList();
    }
}
