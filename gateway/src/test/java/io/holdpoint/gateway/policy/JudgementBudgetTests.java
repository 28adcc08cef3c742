package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.holdpoint.gateway.policy.Explanation.Step;
import io.holdpoint.workflow.Risk;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** All conditions of a judgement draw on one budget, and beyond it nothing helps the agent. */
class JudgementBudgetTests {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** One of a megabyte takes more than half of the budget. */
    private static final String REGEX = "{path: args.v, op: regex, value: '(b|c)+(d|e)+(f|g)'}";

    private static final JsonNode MEGABYTE = JSON.stringNode("x".repeat(1_000_000));

    @Test
    void aLongTextSatisfiesNoMoreProhibitionsThanTheBudgetIsFor() {
        var policy = Policies.ofPay("deny_if: [" + many(50, "{conditions: [" + REGEX + "]}") + "]");
        assertThat(rule(policy, MEGABYTE)).isEqualTo("/tools/pay/deny_if/1");
    }

    @Test
    void aUsualTextSatisfiesThemAll() {
        var policy = Policies.ofPay("deny_if: [" + many(50, "{conditions: [" + REGEX + "]}") + "]");
        assertThat(rule(policy, JSON.stringNode("x".repeat(10_000)))).isEqualTo("/tools/pay");
    }

    @Test
    void theRuleForAllToolsDrawsOnTheSameBudget() {
        var rule = "{deny_if: [{conditions: [" + REGEX + "]}]}";
        var policy = Policies.of("default: deny, tools: {pay: " + rule + ", '*': " + rule + "}");
        assertThat(rule(policy, MEGABYTE)).isEqualTo("/tools/*/deny_if/0");
    }

    @Test
    void aRequirementTheBudgetDoesNotSufficeForDenies() {
        var matching = "{path: args.v, op: regex, value: '(b|c|x)+(d|x)+(f|x)$'}";
        var policy = Policies.ofPay("require: [" + many(3, matching) + "]");
        assertThat(rule(policy, MEGABYTE)).isEqualTo("/tools/pay/require/1");
    }

    @Test
    void peopleAreAskedAboutWhatTheBudgetDoesNotSufficeFor() {
        var policy = Policies.ofPay(
                "deny_if: [{conditions: [" + REGEX + "]}], require_approval: [{conditions: [" + REGEX + "]}]");
        assertThat(policy.judge(call(MEGABYTE)).then().word()).isEqualTo("hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"contains, value: y", "contains, value: 5", "path_within, value: /srv"})
    void otherOperatorsDrawOnItToo(String condition) {
        var list = JSON.arrayNode();
        IntStream.range(0, 100_000).forEach(i -> list.add("x" + i));
        var argument = condition.endsWith("5") ? list : JSON.stringNode("/" + "x".repeat(999_999));
        var conditions = many(500, "{conditions: [{path: args.v, op: " + condition + "}]}");
        var policy = Policies.ofPay("deny_if: [" + conditions + "]");
        assertThat(rule(policy, argument)).startsWith("/tools/pay/deny_if/");
    }

    @Test
    void aTextMadeForItDoesNotSlowTheSearchDown() {
        var value = "x".repeat(100_000) + "y";
        var policy = Policies.ofPay("deny_if: [{conditions: [{path: args.v, op: contains, value: " + value + "}]}]");
        var rule = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> rule(policy, MEGABYTE));
        assertThat(rule).isEqualTo("/tools/pay");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 50})
    void anExplanationSpendsAsTheJudgeDoes(int conditions) {
        var policy = Policies.ofPay("require: [{path: args.v, op: exists, value: true}], deny_if: [{conditions: ["
                + many(2, "{path: args.v, op: eq, value: y}") + "," + many(conditions, REGEX) + "]}, "
                + many(conditions, "{conditions: [" + REGEX + "]}") + "]");
        var judgement = policy.judge(call(MEGABYTE));
        var explained = policy.explain(call(MEGABYTE));
        var decided = judgement.then().word().equals("deny") ? 1 : 0;
        assertThat(explained.steps().stream().filter(Step::decides).map(Step::rule))
                .containsExactlyElementsOf(
                        Collections.nCopies(decided, judgement.then().rule()));
    }

    @Test
    void aShadowIsJudgedInATenthOfIt() {
        var policy = Policies.ofPay("deny_if: [{conditions: [" + REGEX + "]}]");
        assertThat(policy.judgeBriefly(call(MEGABYTE))).isEmpty();
        var brief = call(JSON.stringNode("x".repeat(10_000)));
        assertThat(policy.judgeBriefly(brief)).isEqualTo(Optional.of(policy.judge(brief)));
    }

    private static String many(int count, String text) {
        return String.join(", ", Collections.nCopies(count, text));
    }

    private static String rule(Policy policy, JsonNode argument) {
        return policy.judge(call(argument)).then().rule().value();
    }

    private static Call call(JsonNode argument) {
        var arguments = JSON.objectNode();
        arguments.set("v", argument);
        return new Call("imaging", "pay", arguments, Risk.LOW);
    }
}
