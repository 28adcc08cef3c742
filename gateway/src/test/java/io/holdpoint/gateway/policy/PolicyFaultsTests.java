package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFaultsTests {

    @Test
    void aFaultSaysFileLinePathWhatWasFoundAndWhatIsAllowed() {
        var faults = Policies.faults("""
                version: "1"
                default: deny
                tools:
                  start_dicom_export_job:
                    limits:
                      - window: minutes
                        max: 10
                """);
        assertThat(faults)
                .containsExactly("policy.yaml:6: tools.start_dicom_export_job.limits[0].window is \"minutes\";"
                        + " use second, minute, hour, day, week or month, or a duration from 1s to 366d such as 90s"
                        + " (did you mean minute?)");
    }

    @Test
    void anAliasIsOneFaultOnly() {
        assertThat(Policies.faults("version: \"1\"\ndefault: deny\ntools:\n  a: &x {}\n  b: *x\n"))
                .containsExactly(
                        "policy.yaml:4: tools.a has an anchor (&); write the value out where it is used",
                        "policy.yaml:5: tools.b is an alias (*); write the value out");
    }

    @Test
    void allFaultsOfAFileAreReportedAtOnceInTheOrderOfTheirLines() {
        var faults = Policies.faultsOf("""
                version: 1
                defalt: deny
                hide: [a, a, " "]
                tools:
                  pay:
                    require:
                      - {path: amount, op: like, value: 1}
                    limits:
                      - {window: minute, max: -1, scope: galaxy}
                    limits: []
                  list:
                    require_approval: {flow: two-persons, approvers: [nobody], min_assurance: phone}
                """);
        assertThat(faults)
                .extracting(fault -> fault.line() + " " + fault.path())
                .containsExactly(
                        "1 ",
                        "1 version",
                        "2 defalt",
                        "3 hide[1]",
                        "3 hide[2]",
                        "7 tools.pay.require[0].path",
                        "7 tools.pay.require[0].op",
                        "10 tools.pay.limits",
                        "12 tools.list.require_approval.flow",
                        "12 tools.list.require_approval.approvers[0]",
                        "12 tools.list.require_approval.min_assurance");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    default: deny, tools: []                      | tools is a list; use an object
                    default: block                                | default is "block"; use allow or deny
                    default: true                                 | default is true or false; use allow or deny
                    default: deny, list: none                     | list is "none"; use all
                    default: deny, $schema: 5                     | $schema is a number; use a text (in quotes)
                    default: deny, hide: pay                      | hide is a text; use a list
                    default: deny, hide: [5]                      | hide[0] is a number; use a tool's name
                    default: deny, hide: [a, a]                   | hide[1] is "a"; it is there twice, remove one
                    default: deny, hide: [" a"]                   | hide[0] is blank or has blanks around it
                    default: deny, "": {}                         | [""] is unknown
                    default: deny, tols: {}                       | tols is unknown; did you mean tools?
                    default: deny, all_tools: {limits: [], hide: []} | all_tools.hide is unknown; use limits
                    default: deny, tools: {pay: null}             | tools.pay is null; use an object
                    default: deny, tools: {pay: {limit: []}}      | tools.pay.limit is unknown; did you mean limits?
                    default: deny, tools: {" ": {}}               | tools[" "] is blank
                    default: deny, tools: {"a\u200bb": {}}        | is blank or has blanks around it or invisible characters
                    default: deny, tools: {"a**": {}}             | tools["a**"] has ** in it
                    default: deny, by_risk: {critical: {}}        | by_risk.critical is unknown; did you mean Critical?
                    default: deny, by_risk: {Low: {risk: High}}   | by_risk.Low.risk would change the class that leads here
                    """)
    void aFaultOfTheDocumentIsReported(String policy, String fault) {
        assertThat(Policies.faults("{version: \"1\", " + policy + "}"))
                .singleElement()
                .asString()
                .contains(fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    require: {path: args.a, op: eq, value: 1}             | require is an object; use a list
                    require: [{path: args.a, op: eq}]                     | require[0] lacks value; add it
                    require: [{conditions: []}]                           | require[0].conditions is empty and would require nothing
                    require: [{conditions: [{path: args.a, op: eq, value: 1}], path: args.b}] | require[0].path is unknown
                    require: [{path: args.a, op: eq, value: 1, ondeny: x}] | require[0].ondeny is unknown; did you mean on_deny?
                    require: [{path: args.a, op: eq, value: 1, on_deny: 5}] | require[0].on_deny is a number; use a text
                    require: [{path: amount, op: eq, value: 1}]           | require[0].path is "amount"; use args. and names
                    require: [{path: args, op: eq, value: 1}]             | require[0].path is "args"; use args. and names
                    require: [{path: args., op: eq, value: 1}]            | require[0].path is "args."; use args. and names
                    require: [{path: "args.a[*]", op: eq, value: 1}]      | require[0].path is "args.a[*]"; use args. and names
                    require: [{path: "args.a[-1]", op: eq, value: 1}]     | require[0].path is "args.a[-1]"; use args. and names
                    require: [{path: args..a, op: eq, value: 1}]          | require[0].path is "args..a"; use args. and names
                    require: [{path: 'args["a', op: eq, value: 1}]        | require[0].path is "args[\\"a"; use args. and names
                    require: [{path: args.a, op: equals, value: 1}]       | require[0].op is "equals"; use eq, neq, in, not_in, lt, lte, gt, gte, regex, contains, exists or path_within
                    require: [{path: args.a, op: not-in, value: [1]}]     | (did you mean not_in?)
                    require: [{path: args.a, op: eq, value: null}]        | require[0].value is null, which counts as absent; use op exists
                    require: [{path: args.a, op: in, value: x}]           | require[0].value is a text; in and not_in use a list
                    require: [{path: args.a, op: in, value: []}]          | require[0].value is empty
                    require: [{path: args.a, op: lt, value: "5"}]         | require[0].value is a text; lt, lte, gt and gte use a number
                    require: [{path: args.a, op: exists, value: "yes"}]   | require[0].value is a text; exists uses true or false
                    require: [{path: args.a, op: exists, value: yes}]     | require[0].value is a text; exists uses true or false
                    require: [{path: args.a, op: regex, value: 5}]        | require[0].value is a number; regex uses a text
                    require: [{path: args.a, op: regex, value: "a("}]     | require[0].value is "a("; which is not a regular expression of RE2
                    require: [{path: args.a, op: regex, value: "(?=a)"}]  | which is not a regular expression of RE2
                    require: [{path: args.a, op: contains, value: ""}]    | require[0].value is empty, which every text contains
                    require: [{path: args.a, op: path_within, value: ../x}] | require[0].value is "../x"; path_within uses a folder
                    deny_if: [{on_deny: x}]                               | deny_if[0] lacks conditions; add them, [] denies always
                    deny_if: [{path: args.a, conditions: []}]              | deny_if[0].path is unknown
                    limits: [{max: 5}]                                    | limits[0] lacks window; add it
                    limits: [{window: minute}]                            | limits[0] lacks max; add it
                    limits: [{window: 0s, max: 5}]                        | limits[0].window is "0s"; use second, minute
                    limits: [{window: 60, max: 5}]                        | limits[0].window is 60; use second, minute
                    limits: [{window: day, max: "5"}]                     | limits[0].max is "5"; use a number above 0
                    limits: [{window: day, max: 0}]                       | limits[0].max is 0; use a number above 0
                    limits: [{window: day, max: 1e16}]                    | limits[0].max is 1E+16; use a number above 0
                    limits: [{window: day, max: 5, scope: grants}]        | limits[0].scope is "grants"; use session, grant, server or global (did you mean grant?)
                    limits: [{window: day, max: 5, amount: n}]            | limits[0].amount is "n"; use args. and names
                    limits: [{window: day, max: 5}, {window: day, max: 9}] | limits[1] has the counter, window and scope of /tools/pay/limits/0
                    require_approval: false                               | require_approval is false; use true, an entry or a list
                    require_approval: []                                  | require_approval is an empty list; use true
                    require_approval: yes                                 | require_approval is a text; use true
                    require_approval: {approver: [ana]}                   | require_approval.approver is unknown; did you mean approvers?
                    require_approval: {approvers: []}                     | require_approval.approvers is empty; name people or groups
                    require_approval: {approvers: ana}                    | require_approval.approvers is a text; use a list
                    require_approval: {with: {approvals: 2}}              | require_approval.with.approvals is a parameter that single-approval does not have: one person decides; remove it
                    require_approval: {approvers: [bob]}                  | require_approval.approvers[0] is "bob"; no person and no group has that name
                    require_approval: {flow: two-persn}                   | require_approval.flow is "two-persn"; use quorum-approval, single-approval or two-person (did you mean two-person?)
                    require_approval: {expires_after: 1}                  | require_approval.expires_after is 1; use a duration such as
                    require_approval: {expires_after: 0s}                 | require_approval.expires_after is "0s"; use 1ms to 366d
                    require_approval: {allow_edit: no}                    | require_approval.allow_edit is a text; use true or false
                    require_approval: {min_assurance: fresh}              | require_approval.min_assurance is "fresh"; use link, slack, login or login+fresh
                    require_approval: {with: [2]}                         | require_approval.with is a list; use an object
                    require_approval: {flow: two-person, with: {approvals: "2"}}            | require_approval.with.approvals is a text; use a number
                    require_approval: {flow: two-person, with: {approvals: [2]}}            | require_approval.with.approvals is a list; use a number
                    require_approval: {flow: two-person, with: {approvals: true}}           | require_approval.with.approvals is true or false; use a number
                    require_approval: {flow: two-person, with: {approvals: 1.5}}            | require_approval.with.approvals is 1.5; use a whole number from 1 to 1000
                    require_approval: {flow: two-person, with: {approvals: 0}}              | require_approval.with.approvals is 0; use a whole number from 1
                    require_approval: {flow: two-person, with: {approvals: 4294967297}}     | require_approval.with.approvals is 4294967297; use a whole number from 1
                    require_approval: {flow: two-person, with: {a: {b: 1}}}                 | require_approval.with.a is an object; use a text, a number
                    require_approval: [{}, {flow: two-person}]            | require_approval[1] is never reached
                    redact: [password]                                    | redact[0] is "password"; use args. and names
                    risk: critical                                        | risk is "critical"; use Low, Medium, High or Critical
                    channel_args: none                                    | channel_args is "none"; use full, keys or hidden
                    action: block                                         | action is "block"; use allow, deny or require_approval
                    reason: because                                       | reason is without action; add one
                    {action: require_approval, reason: " "}               | reason is blank; write something or leave it out
                    {action: require_approval, reason: 5}                 | reason is a number; use a text (in quotes)
                    {action: require_approval, require_approval: true}    | action is "require_approval" beside require_approval
                    rate_limit: 10 per minute                             | rate_limit is "10 per minute"; use a number per window such as "10/minute"
                    rate_limit: 10/fortnight                              | rate_limit is "10/fortnight"; use a number per window
                    rate_limit: 0/minute                                  | rate_limit is 0; use a number above 0
                    rate_limit: {max: 10, window: minute}                 | rate_limit.window is a text; use a number
                    rate_limit: {max: 10}                                 | rate_limit lacks window; add it
                    {rate_limit: 10/day, limits: [{window: day, max: 5, scope: session}]} | has the counter, window and scope of
                    """)
    void aFaultOfARuleIsReported(String rule, String fault) {
        var members = rule.startsWith("{") ? rule.substring(1, rule.length() - 1) : rule;
        assertThat(Policies.faults("{version: \"1\", default: deny, tools: {pay: {" + members + "}}}"))
                .singleElement()
                .asString()
                .contains(fault)
                .startsWith("policy.yaml:1: tools.pay");
    }

    @Test
    void aLimitThatWouldCountACallTwiceIsReportedAtItsLine() {
        var faults = Policies.faults("""
                version: "1"
                default: deny
                all_tools:
                  limits: [{counter: c, window: day, max: 5}]
                tools:
                  pay:
                    limits:
                      - {window: day, max: 5}
                      - {counter: c, window: day, max: 3}
                """);
        assertThat(faults)
                .containsExactly("policy.yaml:9: tools.pay.limits[1] has the counter, window and scope of"
                        + " /all_tools/limits/0, so each call would count twice; name a counter of its own");
    }

    @Test
    void aPathThatIsTooLongIsReportedAsThat() {
        var rule = "redact: [args." + "a".repeat(996) + "]";
        assertThat(Policies.faults("{version: \"1\", default: deny, tools: {pay: {" + rule + "}}}"))
                .singleElement()
                .asString()
                .contains("aaa…\"; it is longer than 1000 characters, name a shorter path");
    }

    @Test
    void aPolicyThatIsNoObjectIsReported() {
        assertThat(Policies.faults("[]")).containsExactly("policy.yaml:1: is a list; use an object");
    }

    @Test
    void anEmptyPolicyIsReported() {
        assertThat(Policies.faults("")).containsExactly("policy.yaml:1: is null; use an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"((a{900}){900}){900}", "(a{1000}){1000}", "((((a{10}){10}){10}){10}){10}"})
    @Timeout(10)
    void aRegexThatWouldFillTheMemoryIsRefused(String regex) {
        assertRegexRefused(regex);
    }

    @Test
    @Timeout(10)
    void aRegexThatWouldFillTheStackIsRefused() {
        assertRegexRefused("(".repeat(3_000) + ")".repeat(3_000));
    }

    private static void assertRegexRefused(String regex) {
        var rule = "require: [{path: args.a, op: regex, value: '" + regex + "'}]";
        assertThat(Policies.faults("{version: \"1\", default: deny, tools: {pay: {" + rule + "}}}"))
                .singleElement()
                .asString()
                .contains("too large");
    }
}
