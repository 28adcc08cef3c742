package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.policy.ToolStanding.Kind;
import io.holdpoint.workflow.Risk;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolStandingTests {

    private static final String CONDITION = "[{path: args.n, op: gt, value: 1}]";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    default: allow, hide: [pay]                                     | hidden  | (hidden)
                    default: deny, hide: [pay], tools: {pay: {}}                    | hidden  | (hidden)
                    default: deny                                                   | denied  | (default deny)
                    default: deny, list: all                                        | denied  | (default deny)
                    default: allow                                                  | allowed | (default allow)
                    default: deny, tools: {pay: {}}                                 | allowed | /tools/pay
                    default: deny, tools: {"p*": {}}                                | allowed | /tools/p*
                    default: deny, by_risk: {High: {}}                              | allowed | /by_risk/High
                    default: deny, by_risk: {Low: {}}                               | denied  | (default deny)
                    default: deny, tools: {PAY: {}, "*": {}}                        | denied  | (default deny)
                    default: allow, tools: {PAY: {}}                                | denied  | /tools/PAY
                    default: allow, tools: {pay: {action: deny}}                    | denied  | /tools/pay/action
                    default: allow, tools: {pay: {deny_if: [{conditions: []}], require_approval: true}} | denied | /tools/pay/deny_if/0
                    default: allow, tools: {pay: {}, "*": {deny_if: [{conditions: []}]}} | denied | /tools/*/deny_if/0
                    default: allow, tools: {pay: {deny_if: [{conditions: C}]}}      | checked | /tools/pay/deny_if/0
                    default: allow, tools: {pay: {require: C, limits: [{window: minute, max: 1, scope: grant}]}} | checked | /tools/pay/require/0
                    default: allow, tools: {pay: {limits: [{window: minute, max: 1, scope: grant}]}} | limited | /tools/pay/limits/0
                    default: allow, all_tools: {limits: [{window: minute, max: 1, scope: grant}]} | limited | /all_tools/limits/0
                    default: allow, tools: {pay: {require_approval: true, require: C}} | approval | /tools/pay/require_approval
                    default: allow, tools: {"*": {require_approval: true}}          | approval | /tools/*/require_approval
                    default: allow, tools: {pay: {require_approval: [{conditions: C}]}} | conditional-approval | /tools/pay/require_approval/0
                    default: allow, tools: {pay: {require_approval: [{conditions: C}, {conditions: []}]}} | approval | /tools/pay/require_approval/1
                    default: allow, tools: {pay: {require_approval: [{conditions: C}]}, "*": {require_approval: true}} | approval | /tools/*/require_approval
                    """)
    void aToolStandsWhereItsRulesPutIt(String members, String kind, String rule) {
        var standing = Policies.of(members.replace(": C", ": " + CONDITION)).standing("pay", Risk.HIGH);
        assertThat(standing.kind().word()).isEqualTo(kind);
        assertThat(standing.rule().value()).isEqualTo(rule);
    }

    @Test
    void theRiskIsThePolicysWhereItSaysOne() {
        var policy = Policies.of("default: deny, tools: {pay: {risk: Low}, other: {}}");
        assertThat(policy.standing("pay", Risk.HIGH).risk()).isEqualTo(Risk.LOW);
        assertThat(policy.standing("other", Risk.HIGH).risk()).isEqualTo(Risk.HIGH);
    }

    @Test
    void aNameThatOnlyLooksLikeARuleOfAnotherToolGetsNoFurther() {
        var outline = Policies.of("default: allow, tools: {pay: {}}").outline();
        assertThat(outline.looksAtArguments("Pay", Risk.HIGH)).isFalse();
        assertThat(outline.looksAtArguments("pay", Risk.HIGH)).isTrue();
    }

    @Test
    void theLineIsTheRules() {
        var policy = Policies.json("""
                {"version":"1","default":"deny","tools":{
                  "pay":{
                    "require_approval":[
                      {"conditions":[]}]},
                  "list":{}}}""");
        assertThat(policy.standing("pay", Risk.LOW).line()).hasValue(4);
        assertThat(policy.standing("list", Risk.LOW).line()).hasValue(5);
        assertThat(policy.standing("other", Risk.LOW).line()).isEmpty();
    }

    @Test
    void withoutAPolicyEverythingIsDenied() {
        assertThat(ToolStanding.withoutPolicy(Risk.LOW))
                .isEqualTo(new ToolStanding(Kind.DENIED, RuleId.NO_POLICY, OptionalInt.empty(), Risk.LOW));
    }
}
