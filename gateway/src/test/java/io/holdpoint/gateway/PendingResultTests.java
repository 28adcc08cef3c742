package io.holdpoint.gateway;

import static io.holdpoint.gateway.GatewayUnderTest.ANA;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import io.holdpoint.workflow.approval.ApprovalState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that cannot wait as long as people take: told "pending", they come back for the result. */
@OnDatabase(GatewayDatabases.H2)
class PendingResultTests {

    private static RecordingServer server;

    private static GatewayUnderTest gateway;
    private static TestAgent agent;

    @BeforeAll
    static void start(GatewayDatabases database, @TempDir Path directory) {
        var policy = "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"delete\":{\"require_approval\":true}}}";
        server = RecordingServer.offering("delete");
        gateway = GatewayUnderTest.start(
                Setup.of(directory, server, policy).approvals("hold-for: 1s").on(database));
        agent = gateway.agent();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        server.close();
    }

    @Test
    void aCallTheAgentWasToldIsPendingRunsWhenApproved() {
        assertThat(agent.call("delete", "{\"id\":\"runs\"}").decided()).isEqualTo("pending");
        var approval = gateway.pending("runs");
        gateway.approve(approval, ANA);
        gateway.until(approval, ApprovalState.SUCCEEDED);
        assertThat(server.callsWith("runs")).hasSize(1);
    }

    @Test
    void anEqualCallFetchesTheResultOnceAndSaysThatItIsReplayed() {
        agent.call("delete", "{\"id\":\"fetched\",\"n\":1}");
        var approval = gateway.pending("fetched");
        gateway.approve(approval, ANA);
        gateway.until(approval, ApprovalState.SUCCEEDED);
        var again = agent.call("delete", "{\"n\":1.0, \"id\":\"fetched\"}");
        assertThat(again.text()).isEqualTo("did delete");
        assertThat(again.raw()).contains("io.holdpoint/replayedFrom");
        assertThat(server.callsWith("fetched")).hasSize(1);
    }

    @Test
    void onceTheResultIsDeliveredAnEqualCallIsANewOne() {
        agent.call("delete", "{\"id\":\"delivered\"}");
        var approval = gateway.pending("delivered");
        gateway.approve(approval, ANA);
        gateway.until(approval, ApprovalState.SUCCEEDED);
        agent.call("delete", "{\"id\":\"delivered\"}");
        GatewayUnderTest.eventually(() -> gateway.notAttachable(approval));
        assertThat(agent.call("delete", "{\"id\":\"delivered\"}").decided()).isEqualTo("pending");
        assertThat(gateway.pending("delivered").id()).isNotEqualTo(approval.id());
    }

    @Test
    void theAwaitToolReturnsTheHeldCallsOwnResult() {
        var id = agent.call("delete", "{\"id\":\"awaited\"}")
                .decision()
                .path("approvalId")
                .asString();
        var approval = gateway.pending("awaited");
        gateway.approve(approval, ANA);
        gateway.until(approval, ApprovalState.SUCCEEDED);
        var awaited = agent.call("approval_await", "{\"approval_id\":\"%s\",\"wait_seconds\":30}".formatted(id));
        assertThat(awaited.text()).isEqualTo("did delete");
    }

    @Test
    void theAwaitToolSaysPendingAgainWhileNobodyDecides() {
        var id = agent.call("delete", "{\"id\":\"nobody\"}")
                .decision()
                .path("approvalId")
                .asString();
        var awaited = agent.call("approval_await", "{\"approval_id\":\"%s\",\"wait_seconds\":1}".formatted(id));
        assertThat(awaited.decided()).isEqualTo("pending");
    }
}
