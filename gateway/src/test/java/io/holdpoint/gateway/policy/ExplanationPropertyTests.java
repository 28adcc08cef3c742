package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.policy.Explanation.Kind;
import io.holdpoint.gateway.policy.Explanation.Step;
import io.holdpoint.gateway.policy.Explanation.Verdict;
import io.holdpoint.workflow.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The steps an explanation shows lead to the decision that is made, whatever the policy and the call. */
class ExplanationPropertyTests {

    private static final List<String> TOOLS = List.of("pay", "pay_all", "Pay", "read", "delete_x", "x");
    private static final List<String> KEYS = List.of("pay", "pay*", "*", "delete_*", "p*", "read");
    private static final List<String> PATHS = List.of("args.a", "args.b", "args.a.c", "args.l[0]", "args.password");
    private static final List<String> VALUES =
            List.of("1", "2.5", "\"x\"", "true", "null", "{\"c\":1}", "[\"x\"]", "\"/srv/a\"", "-1", "1e20");

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void theStepsLeadToTheDecisionThatIsMade(@ForAll long seed) {
        var random = new Random(seed);
        var policy = Policies.json(policy(random));
        var call = new Call("imaging", one(TOOLS, random), Policies.arguments(arguments(random)), one(risks(), random));

        var judgement = policy.judge(call);
        var explained = policy.explain(call);

        assertThat(explained.judgement()).isEqualTo(judgement);
        assertLeadsTo(judgement, explained.steps());
    }

    private static void assertLeadsTo(Decision.Judgement judgement, List<Step> steps) {
        var deciding = steps.stream().filter(Step::decides).toList();
        var word = Policies.word(judgement.then());
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
                .filter(step -> !word.equals("deny"))
                .filter(step -> step.kind() == Kind.LIMITS && step.verdict() == Verdict.HOLDS)
                .map(Step::rule)
                .toList();
    }

    private static String policy(Random random) {
        var rules = KEYS.stream()
                .filter(key -> random.nextInt(3) == 0)
                .map(key -> "\"" + key + "\":" + rule(random))
                .collect(Collectors.joining(","));
        var hide = random.nextInt(6) == 0 ? "\"hide\":[\"x\",\"pay_*\"]," : "";
        var byRisk = random.nextInt(3) == 0 ? "\"by_risk\":{\"High\":" + rule(random) + "}," : "";
        var all = random.nextInt(3) == 0 ? "\"all_tools\":{\"limits\":" + limits(random, "all") + "}," : "";
        return "{\"version\":\"1\",\"default\":\"%s\",%s%s%s\"tools\":{%s}}"
                .formatted(random.nextBoolean() ? "deny" : "allow", hide, byRisk, all, rules);
    }

    private static String rule(Random random) {
        var members = new ArrayList<String>();
        maybe(random, members, () -> "\"require\":[" + condition(random) + "]");
        maybe(random, members, () -> "\"deny_if\":[{\"conditions\":" + conditions(random) + "}]");
        maybe(random, members, () -> "\"limits\":" + limits(random, "c" + random.nextInt(1_000_000)));
        maybe(
                random,
                members,
                () -> "\"require_approval\":[{\"conditions\":[" + condition(random) + "]}," + "{\"conditions\":"
                        + conditions(random) + "}]");
        return "{" + String.join(",", members) + "}";
    }

    private static void maybe(Random random, List<String> members, Supplier<String> member) {
        if (random.nextInt(3) == 0) {
            members.add(member.get());
        }
    }

    private static String limits(Random random, String counter) {
        var amount = random.nextInt(3) == 0 ? ",\"amount\":\"" + one(PATHS, random) + "\"" : "";
        return "[{\"window\":\"minute\",\"max\":5,\"counter\":\"%s\"%s},{\"window\":\"day\",\"max\":9,\"counter\":\"%s\"}]"
                .formatted(counter, amount, counter);
    }

    private static String conditions(Random random) {
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> condition(random))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String condition(Random random) {
        var operand = random.nextBoolean() ? "\"x\"" : "1";
        var operators = List.of(
                "\"eq\",\"value\":" + operand,
                "\"neq\",\"value\":" + operand,
                "\"in\",\"value\":[" + operand + "]",
                "\"not_in\",\"value\":[" + operand + "]",
                "\"gt\",\"value\":1",
                "\"lte\",\"value\":2",
                "\"regex\",\"value\":\"x\"",
                "\"contains\",\"value\":" + operand,
                "\"exists\",\"value\":true",
                "\"path_within\",\"value\":\"/srv\"");
        return "{\"path\":\"" + one(PATHS, random) + "\",\"op\":" + one(operators, random) + "}";
    }

    private static String arguments(Random random) {
        return List.of("a", "b", "l", "password").stream()
                .filter(name -> random.nextInt(4) > 0)
                .map(name -> "\"" + name + "\":" + one(VALUES, random))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static List<Risk> risks() {
        return List.of(Risk.values());
    }

    private static <T> T one(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
