package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.catalog.Catalog.ServerUnreadable;
import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.workflow.Risk;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** Calls of tools that have no rule, under a policy that denies Critical ones and allows all others. */
class ToolCallGateTests {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final String BY_RISK =
            "{\"version\":\"1\",\"default\":\"allow\",\"by_risk\":{\"Critical\":{\"action\":\"deny\"}}}";

    private final OneCall one = new OneCall("delete_all");
    private final Catalog catalog = mock();
    private final Admissions admissions = mock();
    private volatile Grants grants = new Grants(List.of(OneCall.grantWith(OneCall.access(BY_RISK))));
    private final ToolCallGate gate = new ToolCallGate(
            new Learning(catalog, new Renewal(() -> grants, CLOCK), mock(Busy.class)),
            admissions,
            mock(Forwarding.class),
            mock(Holding.class),
            CLOCK);

    @AfterEach
    void close() {
        one.close();
    }

    @Test
    void aToolThatIsListedLatelyIsJudgedByItsClass() {
        assertThat(admit(listed(Risk.LOW, 90)).word()).isEqualTo("allow");
        then(catalog).should(never()).learn(any(), any(), any());
    }

    @Test
    void aListingOfLongAgoIsReadAgain() {
        reads(listed(Risk.CRITICAL, 0));
        assertThat(admit(listed(Risk.LOW, 91)).word()).isEqualTo("deny");
    }

    @Test
    void aToolThatCameAfterTheReadingIsRead() {
        reads(listed(Risk.CRITICAL, 0));
        assertThat(admit(absent(10)).word()).isEqualTo("deny");
    }

    @Test
    void aToolThatWasNotListedAMomentAgoMayBeANewOne() {
        reads(absent(1));
        assertThat(admit(absent(1)))
                .isInstanceOfSatisfying(
                        Decision.Deny.class,
                        deny -> assertThat(deny.rule().value() + deny.message())
                                .contains("(risk unknown)", "call it again in 2 seconds"));
    }

    @Test
    void aToolThatIsNotListedNowIsJudgedAsTheCatalogueTakesIt() {
        reads(absent(0));
        assertThat(admit(absent(10)).word()).isEqualTo("allow");
    }

    @Test
    void aToolOfAServerThatCannotBeReadIsRefused() {
        given(catalog.learn(any(), any(), any()))
                .willReturn(CompletableFuture.failedFuture(new ServerUnreadable("HTTP 503", null)));
        assertThat(admit(absent(10)))
                .isInstanceOfSatisfying(
                        Decision.Deny.class,
                        deny -> assertThat(deny.rule().value() + deny.message()).isEqualTo("(risk unknown)HTTP 503"));
    }

    @Test
    void aCallWhoseGrantIsGoneIsRefused() {
        grants = new Grants(List.of());
        assertThat(admit(absent(10))).isEqualTo(Renewal.CHANGED);
    }

    @Test
    void aPolicyThatDoesNotAskForClassesWaitsForNoReading() {
        grants = new Grants(List.of(OneCall.grantWith(OneCall.access("{\"version\":\"1\",\"default\":\"allow\"}"))));
        var grant = grants.find("agent").orElseThrow();
        assertThat(judged(one.call().under(grant)).word()).isEqualTo("allow");
        then(catalog).should(never()).learn(any(), any(), any());
    }

    private void reads(Definition definition) {
        given(catalog.learn(any(), any(), any())).willReturn(CompletableFuture.completedFuture(definition));
    }

    private static Definition listed(Risk risk, int secondsAgo) {
        return new Definition(
                "delete_all", "ab".repeat(32), "{}", Category.DESTRUCTIVE, risk, NOON.minusSeconds(secondsAgo));
    }

    private static Definition absent(int secondsAgo) {
        return new Definition(
                "delete_all", Definition.ABSENT, "", Category.UNKNOWN, Risk.HIGH, NOON.minusSeconds(secondsAgo));
    }

    /** How a call was decided whose tool is remembered so. */
    private Decision admit(Definition remembered) {
        var grant = OneCall.grantWith(OneCall.access(BY_RISK));
        return judged(one.call().under(grant).withDefinition(remembered));
    }

    private Decision judged(ToolCall call) {
        gate.admit(call);
        ArgumentCaptor<Decision.Judgement> judgement = ArgumentCaptor.captor();
        then(admissions).should().admit(any(), judgement.capture(), any());
        return judgement.getValue().then();
    }
}
