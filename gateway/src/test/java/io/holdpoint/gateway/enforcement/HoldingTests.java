package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Executions;
import io.holdpoint.workflow.audit.AuditLog;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Calls whose tool is read before they are judged. */
class HoldingTests {

    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final OneCall one = new OneCall("delete_all");
    private final Catalog catalog = mock();
    private final HoldWorkers workers = new HoldWorkers();
    private final List<ToolCall> judged = new ArrayList<>();

    @AfterEach
    void close() {
        one.close();
    }

    @Test
    void aCallGoesOnWithTheDefinitionThatWasRead() throws InterruptedException {
        var read = listed(Risk.CRITICAL);
        assertThat(learned(read, new Grants(List.of(OneCall.GRANT)))).isEmpty();
        assertThat(judged).extracting(ToolCall::definition).containsExactly(read);
    }

    @Test
    void aCallWhoseGrantWasTakenOutMeanwhileIsRefused() throws InterruptedException {
        assertThat(learned(listed(Risk.LOW), new Grants(List.of()))).contains("(changed)");
        assertThat(judged).isEmpty();
    }

    @Test
    void aCallIsJudgedByThePolicyOfAfterTheReading() throws InterruptedException {
        var access = OneCall.access("{\"version\":\"1\",\"default\":\"deny\"}");
        learned(listed(Risk.LOW), new Grants(List.of(OneCall.grantWith(access))));
        assertThat(judged).extracting(ToolCall::access).containsExactly(access);
    }

    @Test
    void aToolThatWasNotListedAMomentAgoMayBeANewOne() throws InterruptedException {
        assertThat(learned(absent(NOW.minusSeconds(1)), new Grants(List.of(OneCall.GRANT))))
                .contains("(risk unknown)", "call it again in 2 seconds");
    }

    @Test
    void aToolThatIsNotListedNowIsJudgedAsTheCatalogueTakesIt() throws InterruptedException {
        assertThat(learned(absent(NOW), new Grants(List.of(OneCall.GRANT)))).isEmpty();
        assertThat(judged).hasSize(1);
    }

    private static Definition listed(Risk risk) {
        return new Definition("delete_all", "ab".repeat(32), "{}", Category.DESTRUCTIVE, risk, NOW);
    }

    private static Definition absent(Instant readAt) {
        return new Definition("delete_all", Definition.ABSENT, "", Category.UNKNOWN, Risk.HIGH, readAt);
    }

    /** What the agent was told once the tool was read. */
    private String learned(Definition read, Grants grants) throws InterruptedException {
        given(catalog.definition(any(), any(), any())).willReturn(read);
        holding(grants).learn(one.call(), judged::add);
        workers.destroy(); // waits for the work
        return one.sent();
    }

    private Holding holding(Grants grants) {
        return new Holding(
                workers,
                catalog,
                new Limits(mock(JdbcTemplate.class)),
                mock(Approvals.class),
                mock(Executions.class),
                mock(AuditLog.class),
                new TransactionTemplate(mock(PlatformTransactionManager.class)),
                HoldSettings.defaults(),
                mock(Waiting.class),
                new SamenessKey(new byte[32]),
                new Renewal(() -> grants, CLOCK),
                CLOCK);
    }
}
