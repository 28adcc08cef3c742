package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be said of a call without its arguments. */
class ForecastTests {

    private static final List<String> OPERATORS = List.of(
            "op: eq, value: 1",
            "op: neq, value: x",
            "op: in, value: [1, x]",
            "op: not_in, value: [1]",
            "op: gt, value: 1",
            "op: regex, value: '^x'",
            "op: contains, value: x",
            "op: exists, value: true",
            "op: exists, value: false",
            "op: path_within, value: /a");

    private static final List<String> VALUES =
            List.of("1", "2", "-1", "\"x\"", "\"/a/b\"", "null", "[1,\"x\"]", "{}", "true", "1e30");

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

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void whateverTheArgumentsAreTheDecisionIsAmongThoseForecast(@ForAll long seed) {
        var random = new Random(seed);
        var policy = aPolicy(random);
        var forecast = forecast(policy);
        for (var i = 0; i < 20; i++) {
            var judgement = policy.judge(Policies.call("pay", arguments(random)));
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

    private static Policy aPolicy(Random random) {
        return Policies.of("default: %s, tools: {pay: %s, \"*\": %s}, by_risk: {Low: %s}"
                .formatted(random.nextBoolean() ? "allow" : "deny", rule(random), rule(random), rule(random)));
    }

    private static String rule(Random random) {
        var keys = new ArrayList<String>();
        if (random.nextInt(3) == 0) {
            keys.add("require: [{%s}]".formatted(condition(random)));
        }
        if (random.nextInt(3) == 0) {
            keys.add("deny_if: [{conditions: [%s]}]".formatted(conditions(random)));
        }
        if (random.nextInt(3) == 0) {
            keys.add("limits: [{window: day, max: 5%s}]".formatted(random.nextBoolean() ? "" : ", amount: args.a"));
        }
        if (random.nextInt(3) == 0) {
            keys.add("require_approval: [{conditions: [{%s}]}, {conditions: [%s]}]"
                    .formatted(condition(random), conditions(random)));
        }
        return "{" + String.join(", ", keys) + "}";
    }

    private static String conditions(Random random) {
        return random.nextInt(3) == 0 ? "" : "{" + condition(random) + "}";
    }

    private static String condition(Random random) {
        return "path: args.%s, %s".formatted(random.nextBoolean() ? "a" : "b", one(OPERATORS, random));
    }

    private static String arguments(Random random) {
        var a = "\"a\":" + one(VALUES, random);
        var b = "\"b\":" + one(VALUES, random);
        return "{" + one(List.of("", a, b, a + "," + b), random) + "}";
    }

    private static <T> T one(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
