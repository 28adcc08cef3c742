package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.policy.Explanation.Asked;
import io.holdpoint.gateway.policy.Explanation.Found;
import io.holdpoint.gateway.policy.Explanation.Kind;
import io.holdpoint.gateway.policy.Explanation.Step;
import io.holdpoint.gateway.policy.Explanation.Verdict;
import io.holdpoint.workflow.Risk;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTests {

    private static final Policy POLICY = Policies.yaml("""
            version: "1"
            default: deny
            hide: [drop_all]
            all_tools: { limits: [ { window: minute, max: 60 } ] }
            by_risk: { Critical: { require_approval: true } }
            tools:
              "*": { deny_if: [ { conditions: [ { path: args.dry, op: neq, value: true } ] } ] }
              "delete_*": {}
              "delete_st*": {}
              pay:
                require:
                  - { path: args.to, op: regex, value: "^acme-" }
                limits:
                  - { window: day, max: 500, amount: args.amount }
                require_approval:
                  - conditions: [ { path: args.amount, op: gt, value: 100 }, { path: args.note, op: contains, value: x } ]
                  - { conditions: [ { path: args.password, op: eq, value: hunter2 } ] }
            """);

    private static final String GOOD = "{\"to\":\"acme-1\",\"amount\":120,\"note\":\"ax\",\"dry\":true}";

    @Test
    void theStepsStandInTheOrderInWhichTheyAreTaken() {
        assertThat(explain("pay", GOOD).steps())
                .extracting(Step::kind)
                .containsExactly(
                        Kind.HIDE,
                        Kind.RULE,
                        Kind.RULE,
                        Kind.REQUIRE,
                        Kind.DENY_IF,
                        Kind.ATTACHING,
                        Kind.LIMITS,
                        Kind.LIMITS,
                        Kind.REQUIRE_APPROVAL,
                        Kind.REQUIRE_APPROVAL,
                        Kind.OUTCOME);
    }

    @Test
    void aStepNamesItsPlaceInTheDocument() {
        assertThat(step("pay", GOOD, Kind.REQUIRE)).satisfies(step -> {
            assertThat(step.rule()).hasToString("/tools/pay/require/0");
            assertThat(step.line()).isEqualTo(12);
        });
    }

    @Test
    void aConditionSaysWhatWasAskedAndWhatWasFound() {
        assertThat(step("pay", GOOD, Kind.REQUIRE).asked())
                .containsExactly(new Asked(
                        12,
                        "args.to",
                        "regex",
                        "\"^acme-\"",
                        Optional.of(new Found("a text", "\"acme-1\"", false)),
                        Verdict.HOLDS));
    }

    @Test
    void whatDecidesIsMarkedAndWhatComesAfterIsNotReached() {
        var steps =
                explain("pay", "{\"to\":\"other\",\"amount\":1,\"dry\":true}").steps();

        assertThat(steps).filteredOn(Step::decides).extracting(Step::kind).containsExactly(Kind.REQUIRE);
        assertThat(steps.subList(4, steps.size() - 1)).extracting(Step::verdict).containsOnly(Verdict.NOT_REACHED);
    }

    @Test
    void aRequirementOnAnAbsentArgumentCannotBeJudgedAndDenies() {
        var step = step("pay", "{\"amount\":1,\"dry\":true}", Kind.REQUIRE);

        assertThat(step.verdict()).isEqualTo(Verdict.CANNOT_BE_JUDGED);
        assertThat(step.decides()).isTrue();
        assertThat(step.asked()).singleElement().extracting(Asked::found).isEqualTo(Optional.of(Found.ABSENT));
    }

    @Test
    void anAbsentArgumentIsUnequalWhereThatDenies() {
        assertThat(step("pay", "{\"to\":\"acme-1\",\"amount\":1}", Kind.DENY_IF).verdict())
                .isEqualTo(Verdict.HOLDS);
    }

    @Test
    void anAbsentArgumentIsNotUnequalEnoughForARequirement() {
        var policy =
                Policies.ofPay("require: [{path: args.to, op: neq, value: x}, {path: args.b, op: not_in, value: [1]}]");

        assertThat(policy.explain(Policies.call("pay", "{}")).steps())
                .filteredOn(Step::decides)
                .singleElement()
                .extracting(Step::verdict)
                .isEqualTo(Verdict.DOES_NOT_HOLD);
    }

    @Test
    void aWrongTypeIsPutBeforePeople() {
        var step = step("pay", "{\"to\":\"acme-1\",\"amount\":120,\"dry\":true,\"note\":7}", Kind.REQUIRE_APPROVAL);

        assertThat(step.verdict()).isEqualTo(Verdict.CANNOT_BE_JUDGED);
        assertThat(step.decides()).isTrue();
    }

    @Test
    void anEqualCallThatWaitsIsToldWhereALimitWouldCount() {
        assertThat(step("pay", GOOD, Kind.ATTACHING).verdict()).isEqualTo(Verdict.NOT_KNOWN);
        assertThat(explain("delete_x", "{\"dry\":true}").steps())
                .as("nothing of it can wait")
                .extracting(Step::kind)
                .doesNotContain(Kind.ATTACHING);
    }

    @Test
    void limitsSayWhatTheyWouldBeCharged() {
        assertThat(explain("pay", GOOD).steps())
                .filteredOn(step -> step.kind() == Kind.LIMITS)
                .extracting(Step::about)
                .containsExactly(
                        "uses 120 of 500 per day, counter pay/day, scope grant",
                        "uses 1 of 60 per minute, counter (all tools)/minute, scope grant");
    }

    @Test
    void anAmountThatCannotBeCountedDecides() {
        var step = step("pay", "{\"to\":\"acme-1\",\"amount\":-1,\"dry\":true}", Kind.LIMITS);

        assertThat(step.verdict()).isEqualTo(Verdict.CANNOT_BE_JUDGED);
        assertThat(step.decides()).isTrue();
    }

    @Test
    void aCallThatAloneAsksForMoreThanALimitIsDecidedThere() {
        var explained = explain("pay", "{\"to\":\"acme-1\",\"amount\":501,\"dry\":true}");
        var step = explained.steps().stream()
                .filter(each -> each.kind() == Kind.LIMITS)
                .findFirst()
                .orElseThrow();

        assertThat(List.of(step.about(), step.verdict(), step.decides()))
                .containsExactly("uses 501 of 500 per day, counter pay/day, scope grant", Verdict.DOES_NOT_HOLD, true);
        assertThat(explained.judgement().then().word()).isEqualTo("limit");
    }

    @Test
    void secretsAreMaskedOnBothSidesOfAComparison() {
        var explained = explain("pay", "{\"to\":\"acme-1\",\"amount\":1,\"password\":\"hunter2\",\"dry\":true}");

        assertThat(explained.toString()).doesNotContain("hunter2").contains("•••• (7 characters)", "(masked)");
    }

    @Test
    void whatTheSchemaMarksIsMaskedToo() {
        var schema = Policies.tree("{\"properties\":{\"to\":{\"writeOnly\":true}}}");
        var explained = POLICY.explain(Policies.call("pay", GOOD), schema);

        assertThat(explained.toString()).doesNotContain("acme-1");
    }

    @ParameterizedTest
    @CsvSource({
        "pay, 'pay, its exact name'",
        "delete_study, 'glob delete_st*, which comes before delete_*'",
        "delete_x, 'glob delete_*'",
        "other, 'no rule of its own; risk class Critical'"
    })
    void theRuleIsChosenForAReason(String tool, String why) {
        var call = new Call("imaging", tool, Policies.arguments("{}"), Risk.CRITICAL);

        assertThat(POLICY.explain(call).steps().get(1).about()).isEqualTo(why);
    }

    @Test
    void aHiddenToolIsDeniedByTheEntryThatHidesIt() {
        var step = step("drop_all", "{}", Kind.HIDE);

        assertThat(step.rule()).hasToString("/hide/0");
        assertThat(step.line()).isEqualTo(3);
        assertThat(step.decides()).isTrue();
    }

    @Test
    void hidingEverythingIsNamedWhereItStands() {
        var policy = Policies.of("default: allow, hide: \"*\"");

        assertThat(policy.explain(Policies.call("x", "{}")).steps().get(0).rule())
                .hasToString("/hide");
    }

    @Test
    void anUnlistedToolIsDeniedByTheDefault() {
        assertThat(explain("other", "{}").steps().get(1))
                .isEqualTo(new Step(
                        Kind.RULE,
                        new RuleId("/default"),
                        2,
                        "no rule; default deny",
                        List.of(),
                        Verdict.DOES_NOT_HOLD,
                        true));
    }

    @Test
    void aRiskClassFromARuleNamesTheRule() {
        var policy = Policies.ofPay("risk: Low");
        var explained = policy.explain(new Call("imaging", "pay", Policies.arguments("{}"), Risk.CRITICAL));

        assertThat(explained.risk()).isEqualTo(Risk.LOW);
        assertThat(explained.riskRule()).contains(new RuleId("/tools/pay"));
    }

    @Test
    void aLongValueIsCut() {
        var found = step("pay", "{\"to\":\"" + "a".repeat(5000) + "\"}", Kind.REQUIRE)
                .asked()
                .get(0)
                .found()
                .orElseThrow();

        assertThat(found.value()).hasSize(201).endsWith("…");
    }

    private static Explanation explain(String tool, String arguments) {
        return POLICY.explain(Policies.call(tool, arguments));
    }

    /** The first step of its kind. */
    private static Step step(String tool, String arguments, Kind kind) {
        return explain(tool, arguments).steps().stream()
                .filter(step -> step.kind() == kind)
                .findFirst()
                .orElseThrow();
    }
}
