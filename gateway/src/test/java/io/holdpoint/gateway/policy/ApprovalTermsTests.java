package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.approval.ApprovalTerms;
import io.holdpoint.workflow.people.Assurance;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalTermsTests {

    @Test
    void whatAnEntryLeavesOutIsFilledIn() {
        var terms = terms("require_approval: true");
        assertThat(terms)
                .usingRecursiveComparison()
                .ignoringFields("hash")
                .isEqualTo(new ApprovalTerms(
                        "single-approval",
                        Map.of(),
                        List.of("radiology-leads"),
                        Duration.ofHours(1),
                        Duration.ofMinutes(15),
                        Optional.empty(),
                        false,
                        false,
                        true,
                        Assurance.LINK,
                        ""));
    }

    @Test
    void whatAnEntrySaysIsRead() {
        var terms =
                terms("require_approval: {flow: two-person, with: {approvals: 2, ratio: 0.5, veto: false, to: [a, b]},"
                        + " approvers: [security, ana], expires_after: 4h, approved_for: 5m, reason: Large, reason_required: true,"
                        + " allow_owner: true, allow_edit: false, min_assurance: login+fresh}");
        assertThat(terms)
                .usingRecursiveComparison()
                .ignoringFields("hash")
                .isEqualTo(new ApprovalTerms(
                        "two-person",
                        Map.of("approvals", 2L, "ratio", new BigDecimal("0.5"), "veto", false, "to", List.of("a", "b")),
                        List.of("security", "ana"),
                        Duration.ofHours(4),
                        Duration.ofMinutes(5),
                        Optional.of("Large"),
                        true,
                        true,
                        false,
                        Assurance.LOGIN_FRESH,
                        ""));
    }

    @Test
    void theShorthandsReasonIsShownToReviewers() {
        assertThat(terms("action: require_approval, reason: Large").reason()).contains("Large");
    }

    @Test
    void aCriticalToolAsksForMoreAssurance() {
        assertThat(terms("require_approval: true, risk: Critical").minAssurance())
                .isEqualTo(Assurance.SLACK);
    }

    @Test
    void theCataloguesClassCountsWhereTheRuleHasNone() {
        var call = new Call("imaging", "pay", Policies.arguments("{}"), Risk.CRITICAL);
        var hold = (Decision.Hold)
                Policies.ofPay("require_approval: true").judge(call).then();
        assertThat(hold.terms().minAssurance()).isEqualTo(Assurance.SLACK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "require_approval: {}",
                "require_approval: [{}]",
                "require_approval: [{conditions: []}]",
                "action: require_approval",
                "require_approval: {flow: single-approval, approvers: [radiology-leads]}",
                "require_approval: {expires_after: 60m, approved_for: 900s, min_assurance: link}",
                "require_approval: {allow_edit: true, allow_owner: false, reason_required: false, with: {}}",
            })
    void theHashIsTheSameHoweverTheEntryIsWritten(String rule) {
        assertThat(hash(rule)).isEqualTo(hash("require_approval: true")).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {conditions: [{path: args.n, op: lte, value: 1.0}]} | {conditions: [{op: lte, value: 1e0, path: 'args["n"]'}]}
                    {flow: two-person, with: {a: 1, b: [x]}}           | {with: {b: [x], a: 1.0}, flow: two-person}
                    {flow: two-person, with: {a: 0.50}}                | {flow: two-person, with: {a: 0.5}}
                    """)
    void theHashLooksThroughOrderAndNotation(String one, String other) {
        assertThat(hash("require_approval: " + one)).isEqualTo(hash("require_approval: " + other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{conditions: [{path: args.n, op: neq, value: 1}]}",
                "{flow: two-person}",
                "{approvers: [security]}",
                "{approvers: [security, radiology-leads]}",
                "{approvers: [radiology-leads, security]}",
                "{expires_after: 2h}",
                "{approved_for: 16m}",
                "{reason: Large}",
                "{reason_required: true}",
                "{allow_owner: true}",
                "{allow_edit: false}",
                "{min_assurance: slack}",
            })
    void theHashChangesWithEachTerm(String entry) {
        assertThat(hash("require_approval: " + entry)).isNotEqualTo(hash("require_approval: true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{approvals: 2}", "{stages: '2'}", "{stages: [2]}"})
    void theHashChangesWithEachParameterOfTheFlow(String parameters) {
        assertThat(hash("require_approval: {flow: two-person, with: " + parameters + "}"))
                .isNotEqualTo(hash("require_approval: {flow: two-person}"));
    }

    @Test
    void theHashChangesWithADefault() {
        var other = SmallInstallation.approvedBy("security", Policies.FLOWS, Optional.empty());
        var text = "{version: \"1\", default: deny, tools: {pay: {require_approval: true}}}";
        var policy = Policy.read("policy.yaml", text.getBytes(java.nio.charset.StandardCharsets.UTF_8), other);
        assertThat(policy.holdRules().get(0).terms().hash()).isNotEqualTo(hash("require_approval: true"));
    }

    @Test
    void everyWayToHoldIsListedWithItsLine() {
        var policy = Policies.yaml("""
                version: "1"
                default: deny
                by_risk:
                  Critical: {require_approval: true}
                tools:
                  pay:
                    require_approval:
                      - conditions: [{path: args.n, op: gt, value: 1}]
                        flow: two-person
                      - flow: single-approval
                  "*": {action: require_approval}
                """);
        assertThat(policy.holdRules())
                .extracting(hold -> hold.line() + " " + hold.tool() + " " + hold.rule() + " " + hold.path() + " "
                        + hold.terms().flow() + " "
                        + hold.terms().minAssurance().label())
                .containsExactly(
                        "4 Critical /by_risk/Critical/require_approval by_risk.Critical.require_approval single-approval slack",
                        "8 pay /tools/pay/require_approval/0 tools.pay.require_approval[0] two-person link",
                        "10 pay /tools/pay/require_approval/1 tools.pay.require_approval[1] single-approval link",
                        "11 * /tools/*/action tools[\"*\"].action single-approval link");
    }

    private static String hash(String rule) {
        return terms(rule).hash();
    }

    private static ApprovalTerms terms(String rule) {
        return Policies.ofPay(rule).holdRules().get(0).terms();
    }
}
