package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.Risk;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be said of a call without its arguments. */
class ForecastTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "risk: High                                                                  | allow",
                "deny_if: [{conditions: []}]                                                 | deny",
                "deny_if: [{conditions: [{path: args.a, op: eq, value: 1}]}]                 | allow deny",
                "deny_if: [{conditions: [{path: args.a, op: eq, value: 1}]}, {conditions: []}] | deny",
                "require: [{path: args.a, op: eq, value: 1}]                                 | allow deny",
                "require_approval: true                                                      | hold",
                "require_approval: [{conditions: [{path: args.a, op: eq, value: 1}]}]        | allow hold",
                "require_approval: [{conditions: [{path: args.a, op: eq, value: 1}]}, {}]    | hold",
                "limits: [{window: day, max: 1}]                                             | allow",
                "limits: [{window: day, max: 1, amount: args.a}]                             | allow deny",
            })
    void allThatMayComeIsSaid(String rule, String words) {
        assertThat(String.join(" ", forecast(Policies.ofPay(rule)).words())).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"allow, allow", "deny, deny"})
    void aToolWithoutARuleNeedsNoArguments(String fallback, String word) {
        assertThat(forecast(Policies.of("default: " + fallback)).words()).containsExactly(word);
    }

    @Property(tries = 3000, seed = "20261126", shrinking = ShrinkingMode.OFF)
    void whateverTheArgumentsAreTheDecisionIsAmongThoseForecast(@ForAll long seed) {
        var random = new Random(seed);
        var document = MadeUpPolicy.document(random);
        var policy = Policies.load(document.toString());
        var tool = MadeUpPolicy.tool(document, random);
        var forecast = policy.forecast("imaging", tool, Risk.LOW);
        for (var i = 0; i < 20; i++) {
            var judgement = policy.judge(new Call("imaging", tool, MadeUpPolicy.arguments(random), Risk.LOW));
            if (judgement.then() instanceof Decision.Limit limit) {
                assertThat(forecast.uses())
                        .extracting(use -> use.charge().rule())
                        .contains(limit.rule());
                continue;
            }
            assertThat(forecast.words()).contains(judgement.then().word());
            if (!(judgement.then() instanceof Decision.Deny)) {
                assertThat(judgement.charges()).hasSameSizeAs(forecast.uses());
                assertChargesAreForecast(judgement.charges(), forecast.uses());
            }
        }
    }

    private static void assertChargesAreForecast(List<Charge> charges, List<Forecast.Use> uses) {
        for (var i = 0; i < charges.size(); i++) {
            var most = uses.get(i).charge();
            assertThat(charges.get(i).rule()).isEqualTo(most.rule());
            assertThat(charges.get(i).amount()).isLessThanOrEqualTo(most.amount());
            if (uses.get(i).isExact()) {
                assertThat(charges.get(i)).isEqualTo(most);
            }
        }
    }

    private static Forecast forecast(Policy policy) {
        return policy.forecast("imaging", "pay", Risk.LOW);
    }
}
