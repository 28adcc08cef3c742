package io.holdpoint.gateway.enforcement;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.mcp.MessageReader;
import io.holdpoint.gateway.policy.Call;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.RuleId;
import io.holdpoint.gateway.upstream.Upstream;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalId;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Executions;
import io.holdpoint.workflow.approval.HeldMessage;
import io.netty.channel.EventLoopGroup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Approved calls whose world changes while their tool's definition is read, and whose gateway has faults. */
class ApprovedCallsTests {

    private static final ApprovalId ID = new ApprovalId("apr_0123456789abcdefghjkmnpqrs");
    private static final String ASKS =
            "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"delete_all\":{\"require_approval\":true}}}";
    private static final String DENIES = "{\"version\":\"1\",\"default\":\"deny\"}";
    private static final Grant GRANT = OneCall.grantWith(OneCall.access(ASKS));

    private final OneCall one = new OneCall("delete_all");
    private final Catalog catalog = mock();
    private final Executions executions = mock();
    private final Upstream upstream = mock();
    private final EventLoopGroup loops = mock();
    private final Approval approval = mock();
    private volatile Grants grants = new Grants(List.of(GRANT));
    private final ApprovedCalls approved = new ApprovedCalls(
            "node",
            () -> grants,
            catalog,
            mock(Approvals.class),
            executions,
            upstream,
            loops,
            new HeldCalls(),
            new MessageReader(64),
            Runnable::run,
            Runnable::run,
            Clock.systemUTC());

    @BeforeEach
    void anApprovedCall() {
        var summary = one.call().under(GRANT).summary(new RuleId("/tools/delete_all"));
        given(approval.id()).willReturn(ID);
        given(approval.call()).willReturn(summary);
        given(approval.definition()).willReturn("ab".repeat(32));
        given(executions.grantState(ID)).willReturn(Optional.of(GRANT.state("imaging")));
        var body = one.call().message().body();
        given(executions.message(ID)).willReturn(Optional.of(new HeldMessage(body, 0, 0, new byte[0], Map.of())));
    }

    @AfterEach
    void close() {
        one.close();
    }

    @Test
    void aDenialThatComesDuringTheReadingVoidsTheCall() {
        whileReading(OneCall.grantWith(OneCall.access(DENIES)));
        approved.start(approval);
        then(executions).should().voided(ID, "the policy denies it now");
        then(executions).should(never()).begin(any(), any());
    }

    @Test
    void aGrantThatIsTakenOutDuringTheReadingVoidsTheCall() {
        whileReading();
        approved.start(approval);
        then(executions).should().voided(ID, Revocations.WHY);
    }

    @Test
    void aServerThatIsConfiguredAnewDuringTheReadingIsReadAnew() {
        var server = OneCall.server(Duration.ofSeconds(5), true);
        given(catalog.definition(eq(server), any(), any())).willReturn(definition("cd".repeat(32)));
        whileReading(OneCall.grantWith(OneCall.access(server, ASKS)));
        approved.start(approval);
        then(executions).should().voided(ID, Definition.CHANGED);
    }

    @Test
    void anErrorWhileACallIsSentEndsIt() {
        startOneThatCannotBeSent();
        then(executions).should().finish(eq(ID), any());
    }

    @Test
    void whatCannotBeRecordedIsRecordedLater() {
        willThrow(new OutOfMemoryError("made up"))
                .willDoNothing()
                .given(executions)
                .finish(eq(ID), any());
        startOneThatCannotBeSent();
        approved.recordAgain();
        then(executions).should(times(2)).finish(eq(ID), any());
    }

    private void startOneThatCannotBeSent() {
        var policy = GRANT.servers().get("imaging").policy().orElseThrow();
        var judged = policy.judge(new Call("imaging", "delete_all", one.call().arguments(), Risk.CRITICAL));
        given(approval.terms()).willReturn(((Decision.Hold) judged.then()).terms());
        whileReading(GRANT);
        var message = executions.message(ID);
        given(executions.begin(ID, "node")).willReturn(message);
        var loop = one.call().exchange().loop();
        given(loops.next()).willReturn(loop);
        given(upstream.send(any(), any(), any(), any(), any())).willThrow(new OutOfMemoryError("made up"));
        approved.start(approval);
        one.sent(); // lets the loop work
    }

    private void whileReading(Grant... now) {
        given(catalog.definition(eq(GRANT.servers().get("imaging").server()), any(), any()))
                .willAnswer(reading -> {
                    grants = new Grants(List.of(now));
                    return definition("ab".repeat(32));
                });
    }

    private static Definition definition(String sha256) {
        return new Definition("delete_all", sha256, "{}", Category.DESTRUCTIVE, Risk.CRITICAL, Instant.EPOCH);
    }
}
