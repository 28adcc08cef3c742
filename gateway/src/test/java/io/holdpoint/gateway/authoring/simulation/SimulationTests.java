package io.holdpoint.gateway.authoring.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.PolicyContext;
import io.holdpoint.gateway.policy.SmallInstallation;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.audit.CallHistory;
import io.holdpoint.workflow.audit.PastCall;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationTests {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final PolicyContext CONTEXT = SmallInstallation.approvedBy("ana");

    private final List<PastCall> log = new ArrayList<>();

    @Test
    void whatChangesIsCountedAndShown() {
        past("list", "allow");
        past("list", "allow");
        past("drop", "deny");
        var simulated = under("tools: {list: {require_approval: true}}");
        assertThat(simulated.matrix())
                .containsExactly(new Simulated.Cell("allow", "hold", 2), new Simulated.Cell("deny", "deny", 1));
        assertThat(simulated.tools())
                .containsExactly(
                        new Simulated.ToolChange("s", "list", "allow", "hold", "/tools/list/require_approval", 2));
        assertThat(simulated.examples()).extracting(Simulated.Example::call).containsExactly("call_0", "call_1");
        assertThat(List.of(simulated.calls(), simulated.same(), simulated.changed()))
                .containsExactly(3L, 1L, 2L);
    }

    @Test
    void whatControlsATerminalIsEscapedForPeopleAndForPrograms() {
        past("li\u202est\u00a0\u001b[2J", "allow");
        var simulated = under("hide: [\"*\"]");

        assertThat(String.join("", SimulatedText.of(simulated)) + SimulatedJson.write(simulated))
                .contains("s/li\\u202est\\u00a0\\u001b[2J", "\"li\\u202Est\\u00A0\\u001B[2J\"")
                .doesNotContain("\u202e", "\u00a0", "\u001b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"n\":1}  | hold | allow | -",
                "{\"n\":2}  | hold | deny  | -",
                "''         | hold | allow | -",
                "           | hold | -     | its arguments were not kept",
            })
    void argumentsCountWhereTheyWereKept(String arguments, String was, String wouldBe, String why) {
        past("pay", was, Optional.ofNullable(arguments).map(text -> text.getBytes(UTF_8)));
        var simulated = under("tools: {pay: {deny_if: [{conditions: [{path: args.n, op: eq, value: 2}]}]}}");
        assertThat(answer(simulated)).isEqualTo(wouldBe.equals("-") ? why : was + " -> " + wouldBe);
    }

    @Test
    void limitsAreCountedInTheWindowsOfTheLog() {
        pastAt(NOON, "list");
        pastAt(NOON.plusSeconds(1), "list");
        pastAt(NOON.plusSeconds(60), "list");
        assertThat(under("tools: {list: {limits: [{window: minute, max: 1}]}}").matrix())
                .containsExactly(new Simulated.Cell("allow", "allow", 2), new Simulated.Cell("allow", "limit", 1));
    }

    @Test
    void aCallThatAloneAsksForMoreThanALimitUsesNothingOfIt() {
        past("pay", "hold", Optional.of("{\"n\":3}".getBytes(UTF_8)));
        past("pay", "allow", Optional.of("{\"n\":2}".getBytes(UTF_8)));
        assertThat(under("tools: {pay: {limits: [{window: day, max: 2, amount: args.n}]}}")
                        .matrix())
                .containsExactlyInAnyOrder(
                        new Simulated.Cell("hold", "limit", 1), new Simulated.Cell("allow", "allow", 1));
    }

    @Test
    void aCallThatMayHaveCountedLeavesTheNextInDoubt() {
        past("maybe", "allow");
        past("list", "allow");
        past("list", "allow");
        var simulated = under("""
                tools: {
                  maybe: {limits: [{counter: c, window: day, max: 2}], require: [{path: args.n, op: eq, value: 1}]},
                  list: {limits: [{counter: c, window: day, max: 2}]}}""");
        assertThat(simulated.matrix()).containsExactly(new Simulated.Cell("allow", "allow", 1));
        assertThat(simulated.unjudged())
                .extracting(Simulated.Unjudged::tool, Simulated.Unjudged::why)
                .containsExactlyInAnyOrder(
                        tuple("maybe", "its arguments were not kept"), tuple("list", "a limit's count cannot be told"));
    }

    @Test
    void whatWouldBeHeldMayGiveBackWhatItUsed() {
        past("drop", "hold");
        past("drop", "hold");
        var simulated = under("tools: {drop: {limits: [{window: day, max: 1}], require_approval: true}}");
        assertThat(simulated.matrix()).containsExactly(new Simulated.Cell("hold", "hold", 1));
        assertThat(simulated.unjudged())
                .extracting(Simulated.Unjudged::why)
                .containsExactly("a limit's count cannot be told");
    }

    @Test
    void aLimitForEachSessionIsJudgedOnlyWhereItsGrantSettlesIt() {
        past("list", "allow");
        past("list", "allow");
        var simulated = under("tools: {list: {limits: [{window: day, max: 1, scope: session}]}}");
        assertThat(List.of(simulated.same(), simulated.notJudged())).containsExactly(1L, 1L);
    }

    @Test
    void whatDependsOnTheRiskClassIsJudgedWhereSomebodyKnowsIt() {
        past("list", "allow");
        assertThat(answer(under("by_risk: {High: {}, Low: {require_approval: true}}")))
                .isEqualTo("its tool's risk class is not known");
        assertThat(answer(run(
                        "by_risk: {High: {}, Low: {require_approval: true}}", (server, tool) -> Optional.of(Risk.LOW))))
                .isEqualTo("allow -> hold");
    }

    @Test
    void theClassAHeldCallWasOfMayComeFromTheOldPolicySoItCountsForNothing() {
        var critical = Optional.of(Risk.CRITICAL);
        log.add(new PastCall(
                NOON, "call", "s", "list", "g", "hold", "/tools/list/require_approval", critical, Optional.empty()));
        assertThat(answer(under("by_risk: {Critical: {require_approval: true}, Low: {}}")))
                .isEqualTo("its tool's risk class is not known");
    }

    @Test
    void patienceEndsWhereTheLogShowsNoCallsToo() {
        past("list", "allow");
        var simulated = run("tools: {list: {}}", Simulation.Risks.UNKNOWN, new Hurrying());
        assertThat(simulated.calls()).isZero();
        assertThat(simulated.notes())
                .anySatisfy(note -> assertThat(note).startsWith("Stopped at 2026-11-20T11:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "(risk unknown), deny",
        "/tools/list/require_approval, limit",
        "/tools/list/require_approval/2, deny",
    })
    void whatTheGatewayRefusedItselfIsNotLaidToThePolicy(String rule, String was) {
        log.add(new PastCall(NOON, "call", "s", "list", "g", was, rule, Optional.empty(), Optional.empty()));
        assertThat(answer(under("tools: {list: {}}"))).isEqualTo("the gateway refused it for reasons of its own");
    }

    @Test
    void examplesAndGroupsDoNotGrowWithTheCalls() {
        for (var i = 0; i < 5000; i++) {
            past("tool" + i, "allow");
        }
        var simulated = under("tools: {}");
        assertThat(simulated.changed()).isEqualTo(5000);
        assertThat(simulated.examples()).hasSize(5);
        assertThat(simulated.tools())
                .hasSize(200)
                .first()
                .isEqualTo(new Simulated.ToolChange("(others)", "(others)", "allow", "deny", "(others)", 3000));
    }

    @Test
    void itSaysWhereTheLogBeginsWithinThePeriod() {
        past("list", "allow");
        assertThat(under("tools: {}").notes()).contains("The log begins at " + NOON + ", within the period.");
    }

    private static String answer(Simulated simulated) {
        return simulated.matrix().isEmpty()
                ? simulated.unjudged().get(0).why()
                : simulated.matrix().get(0).was() + " -> "
                        + simulated.matrix().get(0).wouldBe();
    }

    private void past(String tool, String was) {
        past(tool, was, Optional.empty());
    }

    private void past(String tool, String was, Optional<byte[]> arguments) {
        log.add(new PastCall(
                NOON, "call_" + log.size(), "s", tool, "g", was, "/tools/" + tool, Optional.empty(), arguments));
    }

    private void pastAt(Instant time, String tool) {
        log.add(new PastCall(
                time, "call_" + log.size(), "s", tool, "g", "allow", "/tools/x", Optional.empty(), Optional.empty()));
    }

    private Simulated under(String members) {
        return run(members, Simulation.Risks.UNKNOWN);
    }

    private Simulated run(String members, Simulation.Risks risks) {
        return run(members, risks, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private Simulated run(String members, Simulation.Risks risks, Clock clock) {
        var text = "{version: \"1\", default: deny, " + members + "}";
        var policy = Policy.read("new.yaml", text.getBytes(UTF_8), CONTEXT);
        var span = new CallHistory.Span(
                NOON.minusSeconds(3600), NOON.plusSeconds(3600), Optional.empty(), Optional.empty());
        return new Simulation(policy, risks, clock).run("new.yaml", new Past(), span);
    }

    /** Two minutes and a second later each time it is looked at. */
    private static final class Hurrying extends Clock {

        private Instant now = NOON;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            var before = now;
            now = now.plusSeconds(121);
            return before;
        }
    }

    /** The log, as far as these tests are concerned. */
    private final class Past implements CallHistory {

        @Override
        public Optional<Instant> begins() {
            return log.stream().map(PastCall::time).findFirst();
        }

        @Override
        public void forEach(Span span, Reader reader) {
            if (reader.goesOn()) {
                log.stream().takeWhile(reader::take).forEach(call -> {});
            }
        }
    }
}
