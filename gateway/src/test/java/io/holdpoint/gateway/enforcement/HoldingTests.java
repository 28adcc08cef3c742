package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.catalog.Catalog.ServerUnreadable;
import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.gateway.policy.Call;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalId;
import io.holdpoint.workflow.approval.ApprovalRequest;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Executions;
import io.holdpoint.workflow.audit.AuditLog;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens between a call that is to be held and its approval. */
class HoldingTests {

    private static final Grant ASKING = asking("leads");

    private final OneCall one = new OneCall("delete_all");
    private final Catalog catalog = mock();
    private final Approvals approvals = mock();
    private final AuditLog audit = mock();
    private final Refusals refusals =
            new Refusals(audit, new TransactionTemplate(mock(PlatformTransactionManager.class)));
    private final HoldWorkers workers = new HoldWorkers();
    private final List<ToolCall> anew = new ArrayList<>();
    private volatile Grants grants = new Grants(List.of(ASKING));

    @BeforeEach
    void anApprovalHasAnId() {
        var approval = mock(Approval.class);
        given(approval.id()).willReturn(new ApprovalId("apr_0123456789abcdefghjkmnpqrs"));
        given(approvals.open(any())).willReturn(approval);
    }

    @AfterEach
    void close() throws InterruptedException {
        workers.destroy();
        one.close();
    }

    private static Grant asking(String reason) {
        return OneCall.grantWith(OneCall.access(
                "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"delete_all\":{\"require_approval\":{\"reason\":\"%s\"}}}}"
                        .formatted(reason)));
    }

    @Test
    void anApprovalIsBoundToTheDefinitionThatWasRead() throws InterruptedException {
        reads(listed(Risk.LOW));
        hold();
        ArgumentCaptor<ApprovalRequest> request = ArgumentCaptor.captor();
        then(approvals).should().open(request.capture());
        assertThat(request.getValue().definition()).isEqualTo("ab".repeat(32));
    }

    @Test
    void aCallOfAToolOfAnotherClassIsJudgedAnew() throws InterruptedException {
        reads(listed(Risk.CRITICAL));
        hold();
        assertThat(anew).extracting(ToolCall::definition).containsExactly(listed(Risk.CRITICAL));
    }

    @Test
    void aCallWhosePolicyChangedBetweenJudgingAndOpeningIsJudgedAnew() throws Exception {
        var changed = asking("other");
        reads(listed(Risk.LOW));
        var go = new CountDownLatch(1);
        workers.of("agent").submit(() -> go.await(10, TimeUnit.SECONDS));
        begin();
        grants = new Grants(List.of(changed));
        go.countDown();
        end();
        assertThat(anew).extracting(ToolCall::grant).containsExactly(changed);
        then(approvals).should(never()).open(any());
    }

    @Test
    void aCallWhoseGrantWasTakenOutBeforeItsApprovalOpensIsRefused() throws Exception {
        reads(listed(Risk.LOW));
        var go = new CountDownLatch(1);
        workers.of("agent").submit(() -> go.await(10, TimeUnit.SECONDS));
        begin();
        grants = new Grants(List.of());
        go.countDown();
        assertThat(end()).contains("(changed)");
    }

    @Test
    void aListThatHangsKeepsNoWorkerBusy() throws Exception {
        given(catalog.learn(any(), any(), any())).willReturn(new CompletableFuture<>());
        begin();
        var other = workers.of("agent").submit(() -> "opened");
        assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("opened");
    }

    @Test
    void aCallOfAServerThatCannotBeReadIsRefused() throws InterruptedException {
        given(catalog.learn(any(), any(), any()))
                .willReturn(CompletableFuture.failedFuture(new ServerUnreadable("HTTP 503", null)));
        assertThat(hold()).contains("HTTP 503");
    }

    @Test
    void aCallThatFindsNoRoomIsRefusedAndCounted() throws InterruptedException {
        reads(listed(Risk.LOW));
        workers.destroy();
        begin();
        assertThat(one.sent()).contains("(busy)");
        refusals.write();
        then(audit).should().append(anyList());
    }

    private void reads(Definition definition) {
        given(catalog.learn(any(), any(), any())).willReturn(CompletableFuture.completedFuture(definition));
    }

    private static Definition listed(Risk risk) {
        return new Definition("delete_all", "ab".repeat(32), "{}", Category.DESTRUCTIVE, risk, Instant.EPOCH);
    }

    private String hold() throws InterruptedException {
        begin();
        return end();
    }

    private void begin() {
        var call = one.call().under(ASKING);
        var policy = call.access().policy().orElseThrow();
        var judged = policy.judge(new Call(call.server(), call.tool(), call.arguments(), Risk.LOW));
        holding().hold(call, (Decision.Hold) judged.then(), judged.charges(), anew::add);
    }

    /** Waits for the work; what the agent was told. */
    private String end() throws InterruptedException {
        workers.destroy();
        return one.sent();
    }

    private Holding holding() {
        var busy = new Busy(refusals);
        var renewal = new Renewal(() -> grants, Clock.systemUTC());
        return new Holding(
                workers,
                busy,
                new Learning(catalog, renewal, busy),
                new Limits(mock(JdbcTemplate.class)),
                approvals,
                mock(Executions.class),
                audit,
                new TransactionTemplate(mock(PlatformTransactionManager.class)),
                HoldSettings.defaults(),
                mock(Waiting.class),
                new SamenessKey(new byte[32]),
                renewal,
                Clock.systemUTC());
    }
}
