package io.holdpoint.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.Sha256;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTests {

    static final String SEED =
            "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"start_dicom_export_job\":{\"limits\":"
                    + "[{\"counter\":\"start_dicom_export_job_rate\",\"window\":\"minute\",\"max\":10,\"scope\":\"grant\"}]}}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # default
                    default: deny, tools: {pay: {}}                              | pay      | allow | /tools/pay
                    default: deny, tools: {pay: {}}                              | list     | deny  | (default deny)
                    default: allow, tools: {pay: {}}                             | list     | allow | (default allow)
                    default: allow                                               | list     | allow | (default allow)
                    # hide
                    default: allow, hide: [pay]                                  | pay      | deny  | (hidden)
                    default: allow, hide: ["*"]                                  | list     | deny  | (hidden)
                    default: allow, hide: "*"                                    | list     | deny  | (hidden)
                    default: deny, hide: [pay], tools: {pay: {}}                 | pay      | deny  | (hidden)
                    default: allow, hide: [pay]                                  | list     | allow | (default allow)
                    # tools["*"] is in addition, and lists no tool
                    default: deny, tools: {"*": {}}                              | pay      | deny  | (default deny)
                    default: allow, tools: {"*": {action: deny}}                 | pay      | deny  | /tools/*/action
                    default: deny, tools: {pay: {}, "*": {action: deny}}         | pay      | deny  | /tools/*/action
                    default: deny, tools: {pay: {action: deny}, "*": {action: deny}} | pay  | deny  | /tools/pay/action
                    default: deny, tools: {pay: {}, "*": {require_approval: true}} | pay    | hold  | /tools/*/require_approval
                    default: deny, tools: {pay: {require_approval: true}, "*": {require_approval: true}} | pay | hold | /tools/pay/require_approval
                    # globs
                    default: deny, tools: {"delete_*": {action: deny}}           | delete_x | deny  | /tools/delete_*/action
                    default: deny, tools: {"*_x": {}}                            | delete_x | allow | /tools/*_x
                    default: deny, tools: {"delete_*": {}}                       | delete   | deny  | (default deny)
                    default: deny, tools: {"delete_*": {action: deny}, delete_x: {}} | delete_x | allow | /tools/delete_x
                    default: deny, tools: {"d*": {action: deny}, "delete_*": {}} | delete_x | allow | /tools/delete_*
                    default: deny, tools: {"a/b~*": {}}                          | a/b~c    | allow | /tools/a~1b~0*
                    # by_risk, before default, after the tool's own rule
                    default: deny, by_risk: {Low: {}}                            | list     | allow | /by_risk/Low
                    default: deny, by_risk: {High: {}}                           | list     | deny  | (default deny)
                    default: deny, by_risk: {Low: {action: deny}}, tools: {list: {}} | list | allow | /tools/list
                    default: deny, by_risk: {Low: {action: deny}}, tools: {"l*": {}} | list | allow | /tools/l*
                    default: deny, by_risk: {High: {}}, tools: {"*": {risk: High}} | list   | allow | /by_risk/High
                    # shorthand
                    default: deny, tools: {pay: {action: allow}}                 | pay      | allow | /tools/pay
                    default: allow, tools: {pay: {action: deny, reason: no}}     | pay      | deny  | /tools/pay/action
                    default: deny, tools: {pay: {action: require_approval}}      | pay      | hold  | /tools/pay/action
                    default: deny, tools: {pay: {rate_limit: 10/minute}}         | pay      | allow | /tools/pay
                    # names that only look like others (a server may trim or fold case)
                    default: allow, tools: {pay: {action: deny}}                 | PAY      | deny  | /tools/pay
                    default: allow, tools: {pay: {action: deny}}                 | pay\u200b | deny | /tools/pay
                    default: allow, tools: {"pay*": {action: deny}}              | Pay_all  | deny  | /tools/pay*
                    default: deny, tools: {"*": {}, "*y": {}, pay: {action: deny}} | Pay    | deny  | /tools/pay
                    default: allow, hide: [pay]                                  | \uff50ay | deny  | (hidden)
                    default: deny, tools: {pay: {}, Pay: {}}                     | Pay      | allow | /tools/Pay
                    default: allow, tools: {"get*": {}}                          | getUser  | allow | /tools/get*
                    """)
    void aToolIsJudgedByItsName(String policy, String tool, String decision, String rule) {
        assertJudged(Policies.of(policy), tool, "{}", decision, rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # require: each entry must hold
                    require: [{path: args.to, op: regex, value: "^ok-"}]                       | {"to":"ok-1"}   | allow | /tools/pay
                    require: [{path: args.to, op: regex, value: "^ok-"}]                       | {"to":"x-ok-1"} | deny | /tools/pay/require/0
                    require: [{path: args.to, op: regex, value: "^ok-"}]                       | {"to":7}        | deny | /tools/pay/require/0
                    require: [{path: args.to, op: regex, value: "^ok-"}]                       | {}              | deny | /tools/pay/require/0
                    require: [{conditions: [{path: args.a, op: eq, value: 1}, {path: args.b, op: eq, value: 2}]}] | {"a":1,"b":2} | allow | /tools/pay
                    require: [{conditions: [{path: args.a, op: eq, value: 1}, {path: args.b, op: eq, value: 2}]}] | {"a":1,"b":3} | deny | /tools/pay/require/0
                    require: [{path: args.a, op: exists, value: true}, {path: args.b, op: exists, value: true}] | {"a":1}  | deny | /tools/pay/require/1
                    # deny_if: all conditions of an entry; none hold always; what cannot be judged holds
                    deny_if: [{conditions: []}]                                                | {}              | deny | /tools/pay/deny_if/0
                    deny_if: [{conditions: [{path: args.n, op: gt, value: 100}]}]              | {"n":100}       | allow | /tools/pay
                    deny_if: [{conditions: [{path: args.n, op: gt, value: 100}]}]              | {"n":100.01}    | deny | /tools/pay/deny_if/0
                    deny_if: [{conditions: [{path: args.n, op: gt, value: 100}]}]              | {}              | deny | /tools/pay/deny_if/0
                    deny_if: [{conditions: [{path: args.n, op: gt, value: 100}]}]              | {"n":null}      | deny | /tools/pay/deny_if/0
                    deny_if: [{conditions: [{path: args.n, op: gt, value: 100}]}]              | {"n":"7"}       | deny | /tools/pay/deny_if/0
                    deny_if: [{conditions: [{path: args.a, op: eq, value: 1}, {path: args.n, op: gt, value: 5}]}] | {"a":2} | allow | /tools/pay
                    deny_if: [{conditions: [{path: args.a, op: eq, value: 1}, {path: args.n, op: gt, value: 5}]}] | {"a":1} | deny | /tools/pay/deny_if/0
                    # require comes before deny_if
                    {deny_if: [{conditions: []}], require: [{path: args.a, op: eq, value: 1}]} | {}              | deny | /tools/pay/require/0
                    # deny beats approval
                    {require_approval: true, deny_if: [{conditions: []}]}                      | {}              | deny | /tools/pay/deny_if/0
                    # require_approval: true, one entry, or the first of a list that matches
                    require_approval: true                                                     | {}              | hold | /tools/pay/require_approval
                    require_approval: {}                                                       | {}              | hold | /tools/pay/require_approval
                    require_approval: {conditions: [{path: args.n, op: gt, value: 5}]}         | {"n":5}         | allow | /tools/pay
                    require_approval: {conditions: [{path: args.n, op: gt, value: 5}]}         | {"n":6}         | hold | /tools/pay/require_approval
                    require_approval: {conditions: [{path: args.n, op: gt, value: 5}]}         | {}              | hold | /tools/pay/require_approval
                    require_approval: {conditions: [{path: args.n, op: gt, value: 5}]}         | {"n":"5"}       | hold | /tools/pay/require_approval
                    require_approval: [{conditions: [{path: args.n, op: gt, value: 5}]}, {}]   | {"n":6}         | hold | /tools/pay/require_approval/0
                    require_approval: [{conditions: [{path: args.n, op: gt, value: 5}]}, {}]   | {"n":5}         | hold | /tools/pay/require_approval/1
                    # an amount that cannot be counted is denied, and before anybody is asked
                    limits: [{window: day, max: 5, amount: args.n}]                            | {"n":-1}        | deny | /tools/pay/limits/0
                    limits: [{window: day, max: 5, amount: args.n}]                            | {}              | deny | /tools/pay/limits/0
                    limits: [{window: day, max: 5, amount: args.n}]                            | {"n":null}      | deny | /tools/pay/limits/0
                    limits: [{window: day, max: 5, amount: args.n}]                            | {"n":"1"}       | deny | /tools/pay/limits/0
                    limits: [{window: day, max: 5, amount: args.n}]                            | {"n":1e300}     | deny | /tools/pay/limits/0
                    limits: [{window: day, max: 5, amount: args.n}]                            | {"n":1e1000000000} | deny | /tools/pay/limits/0
                    limits: [{window: day, max: 5, amount: args.n}]                            | {"n":1e-1000000000} | deny | /tools/pay/limits/0
                    limits: [{window: day, max: 5, amount: args.n}]                            | {"n":1000000000000000.1} | deny | /tools/pay/limits/0
                    limits: [{window: day, max: 5, amount: args.n}]                            | {"n":0.0000000000000000001} | deny | /tools/pay/limits/0
                    {require_approval: true, limits: [{window: day, max: 5, amount: args.n}]}  | {}              | deny | /tools/pay/limits/0
                    # a held call is counted too
                    {require_approval: true, limits: [{window: day, max: 5}]}                  | {}              | hold | /tools/pay/require_approval
                    """)
    void aCallIsJudgedByItsArguments(String rule, String arguments, String decision, String id) {
        var members = rule.startsWith("{") ? rule.substring(1, rule.length() - 1) : rule;
        assertJudged(Policies.ofPay(members), "pay", arguments, decision, id);
    }

    @Test
    void theSeedPolicyChargesItsLimit() {
        var judgement = Policies.json(SEED).judge(Policies.call("start_dicom_export_job", "{}"));
        assertThat(judgement.then()).isEqualTo(new Decision.Allow(new RuleId("/tools/start_dicom_export_job")));
        assertThat(judgement.charges()).singleElement().satisfies(charge -> {
            assertThat(charge.rule()).hasToString("/tools/start_dicom_export_job/limits/0");
            assertThat(charge.counter()).isEqualTo("start_dicom_export_job_rate");
            assertThat(charge.window()).isEqualTo(CalendarWindow.MINUTE);
            assertThat(charge.max()).isEqualByComparingTo("10");
            assertThat(charge.scope()).isEqualTo(Scope.GRANT);
            assertThat(charge.amount()).isEqualByComparingTo("1");
        });
    }

    @Test
    void theSeedPolicyDeniesEverythingElse() {
        assertJudged(Policies.json(SEED), "delete_study", "{}", "deny", "(default deny)");
    }

    @Test
    void aSha256NamesTheDocument() {
        assertThat(Policies.json(SEED).sha256())
                .isEqualTo(Sha256.hex(SEED.getBytes(UTF_8)))
                .matches("[0-9a-f]{64}");
    }

    @Test
    void allLimitsOfACallAreChargedTogether() {
        var policy = Policies.of("default: deny, all_tools: {limits: [{window: minute, max: 60}]}, tools: {"
                + "\"*\": {limits: [{window: minute, max: 30}]}, pay: {limits: [{window: minute, max: 5}]}}");
        assertThat(policy.judge(Policies.call("pay", "{}")).charges())
                .extracting(charge -> charge.rule() + " " + charge.counter())
                .containsExactly(
                        "/tools/pay/limits/0 pay/minute",
                        "/tools/*/limits/0 */minute",
                        "/all_tools/limits/0 (all tools)/minute");
    }

    @Test
    void aDeniedCallHasNoCharges() {
        var policy = Policies.ofPay("action: deny, limits: [{window: minute, max: 5}]");
        assertThat(policy.judge(Policies.call("pay", "{}")).charges()).isEmpty();
    }

    @Test
    void aCallWithOneUncountableAmountHasNoChargesAtAll() {
        var policy = Policies.ofPay("limits: [{window: minute, max: 5}, {window: day, max: 5, amount: args.n}]");
        assertThat(policy.judge(Policies.call("pay", "{}")).charges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.50,0.5", "1e15,1000000000000000", "12.000000000000000000000,12", "0e-1000000000,0"})
    void anAmountIsCountedExactly(String amount, BigDecimal counted) {
        var policy = Policies.ofPay("limits: [{window: day, max: 1e15, amount: args.n}]");
        var charges =
                policy.judge(Policies.call("pay", "{\"n\":" + amount + "}")).charges();
        assertThat(charges.get(0).amount()).isEqualTo(counted);
    }

    @Test
    void aLimitWithoutScopeIsTheGrants() {
        assertThat(onlyCharge("limits: [{window: 90s, max: 2.5, on_deny: Slow down}]"))
                .isEqualTo(new Charge(
                        new RuleId("/tools/pay/limits/0"),
                        "pay/90s",
                        new DurationWindow(Duration.ofSeconds(90), "90s"),
                        new BigDecimal("2.5"),
                        Scope.GRANT,
                        BigDecimal.ONE,
                        "Slow down"));
    }

    @Test
    void aPublishedRateLimitIsCountedPerSession() {
        assertThat(onlyCharge("rate_limit: {max: 10, window: 60}")).satisfies(charge -> {
            assertThat(charge.scope()).isEqualTo(Scope.SESSION);
            assertThat(charge.window()).isEqualTo(new DurationWindow(Duration.ofMinutes(1), "60s"));
            assertThat(charge.rule()).hasToString("/tools/pay/rate_limit");
        });
        assertThat(onlyCharge("rate_limit: 10/minute")).satisfies(charge -> {
            assertThat(charge.scope()).isEqualTo(Scope.SESSION);
            assertThat(charge.window()).isEqualTo(CalendarWindow.MINUTE);
            assertThat(charge.max()).isEqualByComparingTo("10");
        });
    }

    @Test
    void aLimitThatIsUsedUpSaysWhatMayBeUsedAndWhen() {
        assertThat(onlyCharge("limits: [{window: day, max: 99, scope: grant}]").onDeny())
                .isEqualTo(
                        "The limit of pay is used up: it may be called 99 per day. Wait until the next window begins.");
    }

    @Test
    void aSumThatIsUsedUpSaysOfWhat() {
        var policy = Policies.ofPay("limits: [{window: day, max: 99, scope: grant, amount: args.amount}]");
        assertThat(policy.judge(Policies.call("pay", "{\"amount\":99}")).charges())
                .extracting(Charge::onDeny)
                .containsExactly("The limit of pay is used up: the sum of args.amount may be at most 99 per day."
                        + " Wait until the next window begins.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max: 1, amount: args.n                              | args.n may be at most 1 in one call
            max: 1, amount: args.n, on_deny: Wait till tomorrow | args.n may be at most 1 in one call
            max: 0.5                                            | it may be called 0.5 per day
            """)
    void aCallThatAloneAsksForMoreThanALimitIsToldWhatOneCallMayAskFor(String limit, String most) {
        var policy = Policies.ofPay("limits: [{window: day, " + limit + "}], require_approval: true");
        var message = "This call alone asks for more than the limit of pay: " + most
                + ". Waiting does not help. Do not call it again, nor split it into smaller calls; tell the user.";
        assertThat(policy.judge(Policies.call("pay", "{\"n\":2}")))
                .isEqualTo(new Decision.Judgement(
                        List.of(), new Decision.Limit(new RuleId("/tools/pay/limits/0"), message, Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            default: allow, by_risk: {Critical: {action: deny}}                                 | true
            default: allow, tools: {pay: {}}                                                    | false
            default: allow, tools: {pay: {}}, by_risk: {Critical: {action: deny}}               | false
            default: allow, tools: {"p*": {}}, by_risk: {Critical: {action: deny}}              | false
            default: allow, hide: [pay], by_risk: {Critical: {action: deny}}                    | false
            default: allow, tools: {"*": {}}, by_risk: {Critical: {action: deny}}               | true
            default: allow, tools: {"*": {risk: Low}}, by_risk: {Critical: {action: deny}}      | false
            """)
    void aToolsClassIsAskedForWhereTheAnswerMayDependOnIt(String policy, boolean asks) {
        assertThat(Policies.of(policy).asksForRisk("pay")).isEqualTo(asks);
    }

    @Test
    void aUsedUpLimitDecides() {
        var limit = new Decision.Limit(new RuleId("/x"), "used up", Optional.of(Duration.ofSeconds(7)));
        assertThat(Policies.json(SEED)
                        .judge(Policies.call("start_dicom_export_job", "{}"))
                        .decide(charges -> Optional.of(limit)))
                .isEqualTo(limit);
    }

    @Test
    void aReservedLimitLetsTheCallPass() {
        var reserved = new ArrayList<Charge>();
        var decision = Policies.json(SEED)
                .judge(Policies.call("start_dicom_export_job", "{}"))
                .decide(charges -> {
                    reserved.addAll(charges);
                    return Optional.empty();
                });
        assertThat(decision.word()).isEqualTo("allow");
        assertThat(reserved).hasSize(1);
    }

    @Test
    void aCallWithoutLimitsNeverAsksTheCounters() {
        var decision = Policies.ofPay("").judge(Policies.call("pay", "{}")).decide(charges -> {
            throw new AssertionError("asked for " + charges);
        });
        assertThat(decision.word()).isEqualTo("allow");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    default: deny, tools: {pay: {}}                    | pay  | true
                    default: deny, tools: {pay: {action: deny}}        | pay  | true
                    default: deny, tools: {pay: {}}                    | list | false
                    default: deny, tools: {pay: {}}, list: all         | list | true
                    default: deny, tools: {pay: {}}, list: all, hide: [list] | list | false
                    default: allow                                     | list | true
                    default: allow, hide: [list]                       | list | false
                    default: allow, hide: ["*"], tools: {list: {}}     | list | false
                    default: deny, tools: {"*": {}}                    | list | false
                    default: deny, tools: {"l*": {}}                   | list | true
                    default: deny, by_risk: {Low: {}}                  | list | true
                    default: deny, by_risk: {High: {}}                 | list | false
                    """)
    void aToolIsListedIfItCouldBeCalled(String policy, String tool, boolean listed) {
        assertThat(Policies.of(policy).lists(tool, Risk.LOW)).isEqualTo(listed);
    }

    @Test
    void theRulesRiskOverridesTheCatalogues() {
        var policy = Policies.of("default: deny, tools: {pay: {risk: Critical}, list: {}}");
        assertThat(policy.risk("pay", Risk.LOW)).isEqualTo(Risk.CRITICAL);
        assertThat(policy.risk("list", Risk.LOW)).isEqualTo(Risk.LOW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    default: deny, tools: {pay: {}}                              | false
                    default: deny, tools: {pay: {require_approval: true}}        | true
                    default: deny, tools: {pay: {action: require_approval}}      | true
                    default: allow, by_risk: {High: {require_approval: {}}}      | true
                    """)
    void itIsKnownWhetherAnythingCanBeHeld(String policy, boolean canHold) {
        assertThat(Policies.of(policy).canHold()).isEqualTo(canHold);
    }

    @Test
    void channelArgsComeFromTheOwnRuleOrElseFromEveryTools() {
        var policy = Policies.of("default: allow, tools: {pay: {channel_args: keys}, \"*\": {channel_args: hidden}}");
        assertThat(policy.channelArgs("pay")).contains(ChannelArgs.KEYS);
        assertThat(policy.channelArgs("list")).contains(ChannelArgs.HIDDEN);
        assertThat(Policies.ofPay("").channelArgs("pay")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    action: deny, reason: Not in May                                    | Not in May
                    deny_if: [{conditions: [], on_deny: Name the studies}]              | Name the studies
                    require: [{path: args.to, op: eq, value: x, on_deny: Only x}]       | Only x
                    require: [{path: args.to, op: in, value: [x, y]}]                   | args.to must be one of ["x","y"]
                    deny_if: [{conditions: [{path: args.n, op: gt, value: 100.0}]}]     | args.n is more than 100
                    limits: [{window: day, max: 5, amount: args.n}]                     | args.n must be a number from 0 to 10^15
                    """)
    void aRefusalSaysWhatTheAgentCanDo(String rule, String text) {
        var decision = Policies.ofPay(rule).judge(Policies.call("pay", "{}")).then();
        assertThat(((Decision.Deny) decision).message())
                .startsWith("pay was not run: ")
                .contains(text);
    }

    @Test
    void aRefusalNeverRepeatsAnArgument() {
        var policy = Policies.ofPay("require: [{path: args.to, op: eq, value: x}]");
        var decision =
                policy.judge(Policies.call("pay", "{\"to\":\"hunter2\"}")).then();
        assertThat(((Decision.Deny) decision).message()).doesNotContain("hunter2");
    }

    @Test
    void aRefusalShowsTheLettersOfAnOperandThatDoNotShow() {
        var policy = Policies.ofPay("require: [{path: args.to, op: eq, value: \"a\\u202eb\"}]");
        var decision = policy.judge(Policies.call("pay", "{}")).then();
        assertThat(((Decision.Deny) decision).message()).contains("\"a\\u202eb\"");
    }

    @Test
    void aUsedUpLimitSaysHowMuchIsAllowed() {
        assertThat(onlyCharge("limits: [{window: day, max: 2}]").onDeny()).contains("2 per day");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "^(a|a)*$", "(.*)*x", "^(a+)+$"})
    @Timeout(20)
    void aRegexTakesLinearTime(String regex) {
        var policy = Policies.ofPay("require: [{path: args.v, op: regex, value: '" + regex + "'}]");
        var decision = policy.judge(Policies.call("pay", "{\"v\":\"" + "a".repeat(100_000) + "!\"}"));
        assertThat(decision.then().word()).isEqualTo("deny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000000000", "-1e1000000000", "1e-1000000000", "123456789.5e999999999"})
    @Timeout(5)
    void numbersWithHugeExponentsAreComparedAtOnce(String number) {
        var policy = Policies.ofPay("deny_if: [{conditions: [{path: args.n, op: eq, value: 1e900}]},"
                + " {conditions: [{path: args.n, op: in, value: [1, 2]}]}]");
        assertJudged(policy, "pay", "{\"n\":" + number + "}", "allow", "/tools/pay");
    }

    @Test
    @Timeout(30)
    void tenThousandRulesAreReadAndFound() {
        var tools = new StringBuilder("{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"a\":{}");
        for (int i = 0; i < 10_000; i++) {
            tools.append(",\"tool_").append(i).append("\":{\"limits\":[{\"window\":\"minute\",\"max\":10}],");
            tools.append("\"deny_if\":[{\"conditions\":[{\"path\":\"args.x\",\"op\":\"regex\",\"value\":\"^a\"}]}]}");
        }
        var policy = Policies.json(tools.append("}}").toString());
        assertJudged(policy, "tool_9999", "{\"x\":\"b\"}", "allow", "/tools/tool_9999");
    }

    @ParameterizedTest
    @CsvSource({"'{\"amount\":100}', hold", "'{}', hold", "'{\"amount\":666}', deny"})
    void limitsAreNotAskedOfACallThatTheyLetThroughBefore(String arguments, String decision) {
        var policy = Policies.ofPay("limits: [{window: day, max: 99, amount: args.amount}], require_approval: true,"
                + " deny_if: [{conditions: [{path: args.amount, op: in, value: [666]}]}]");
        assertThat(policy.judgeAgain(Policies.call("pay", arguments)).word()).isEqualTo(decision);
    }

    private static Charge onlyCharge(String rule) {
        List<Charge> charges =
                Policies.ofPay(rule).judge(Policies.call("pay", "{}")).charges();
        assertThat(charges).hasSize(1);
        return charges.get(0);
    }

    private static void assertJudged(Policy policy, String tool, String arguments, String decision, String rule) {
        var then = policy.judge(Policies.call(tool, arguments)).then();
        assertThat(then.word() + " " + then.rule()).isEqualTo(decision + " " + rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    deny_if: [{conditions: [{path: args.password, op: eq, value: hunter2}]}]           | {"password":"hunter2"}
                    deny_if: [{conditions: [{path: args.k.deep, op: eq, value: hunter2}]}], redact: [args.k] | {"k":{"deep":"hunter2"}}
                    require: [{path: args.k, op: eq, value: hunter2}], redact: [args.k]                | {"k":"x"}
                    require: [{path: args.token.value, op: regex, value: hunter2}]                     | {"token":{"value":"x"}}
                    """)
    void whatAHiddenArgumentIsComparedWithIsToldToNobody(String rule, String arguments) {
        var decision =
                Policies.ofPay(rule).judge(Policies.call("pay", arguments)).then();
        assertThat(decision).isInstanceOf(Decision.Deny.class);
        assertThat(((Decision.Deny) decision).message())
                .contains("a value that is not shown")
                .doesNotContain("hunter2");
    }
}
