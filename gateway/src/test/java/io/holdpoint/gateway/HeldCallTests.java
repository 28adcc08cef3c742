package io.holdpoint.gateway;

import static io.holdpoint.gateway.GatewayUnderTest.ANA;
import static io.holdpoint.gateway.GatewayUnderTest.BO;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import io.holdpoint.workflow.approval.ApprovalState;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A held call from end to end: agent, gateway, engine, reviewer, server. Each test has a study of its own. */
@OnDatabase(GatewayDatabases.H2)
class HeldCallTests {

    private static final String POLICY = """
        {"version":"1","default":"deny","tools":{
          "read":{},
          "delete":{"require_approval":{"reason":"Deleting cannot be undone"}},
          "counted":{"rate_limit":"1/day"},
          "limited":{"limits":[{"window":"day","max":1}],"require_approval":true},
          "attaching":{"limits":[{"window":"day","max":1}],"require_approval":true},
          "called_off":{"limits":[{"window":"day","max":1}],"require_approval":true},
          "expiring":{"limits":[{"window":"day","max":1}],"require_approval":{"expires_after":"1s"}}}}""";

    private static RecordingServer server;

    private static GatewayUnderTest gateway;
    private static TestAgent agent;

    @BeforeAll
    static void start(GatewayDatabases database, @TempDir Path directory) {
        server = RecordingServer.offering("read", "delete", "limited", "other");
        gateway = GatewayUnderTest.start(Setup.of(directory, server, POLICY).on(database));
        agent = gateway.agent();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        server.close();
    }

    @Test
    void anAllowedCallReachesItsServerByteForByte() {
        var message = agent.message("read", "{\"n\":1.0e0, \"s\":\"\\u00e9\"}");
        assertThat(agent.post(message).body()).contains("did read");
        assertThat(server.calls("read"))
                .extracting(RecordingServer.Received::body)
                .contains(message);
    }

    @Test
    void aToolWithoutARuleIsDeniedAndNeverForwarded() {
        var answer = agent.call("other", "{}");
        assertThat(answer.decided()).isEqualTo("deny");
        assertThat(answer.decision().path("rule").asString()).isEqualTo("(default deny)");
        assertThat(server.calls("other")).isEmpty();
    }

    @Test
    void anApprovedCallIsAnsweredByTheServersOwnResult() {
        var answer = agent.calling("delete", "{\"id\":\"approved\"}");
        gateway.approve(gateway.pending("approved"), ANA);
        assertThat(answer.join().text()).isEqualTo("did delete");
        assertThat(server.callsWith("approved")).hasSize(1);
    }

    @Test
    void aHeldCallDoesNotReachItsServerBeforeSomebodyApproves() {
        agent.calling("delete", "{\"id\":\"undecided\"}");
        gateway.pending("undecided");
        assertThat(server.callsWith("undecided")).isEmpty();
    }

    @Test
    void aRejectedCallIsRefusedWithReviewerAndReason() {
        var answer = agent.calling("delete", "{\"id\":\"rejected\"}");
        gateway.reject(gateway.pending("rejected"), BO, "wrong study");
        assertThat(answer.join().isError()).isTrue();
        assertThat(answer.join().decided()).isEqualTo("rejected");
        assertThat(answer.join().text()).contains("Bo Lind").contains("wrong study");
        assertThat(server.callsWith("rejected")).isEmpty();
    }

    @Test
    void aHeldCallDoesNotBlockAnotherOfTheSameAgent() {
        agent.calling("delete", "{\"id\":\"in the way\"}");
        gateway.pending("in the way");
        assertThat(agent.call("read", "{}").text()).isEqualTo("did read");
    }

    @Test
    void anEqualCallAttachesToTheOnePeopleAreAskedAbout() {
        var first = agent.calling("delete", "{\"id\":\"twice\",\"n\":1}");
        var approval = gateway.pending("twice");
        var second = agent.calling("delete", "{\"n\":1.0, \"id\":\"twice\"}");
        GatewayUnderTest.eventually(() -> gateway.waiting(approval, 2));
        gateway.approve(approval, ANA);
        assertThat(first.join().text()).isEqualTo("did delete");
        assertThat(second.join().text()).isEqualTo("did delete");
        assertThat(server.callsWith("twice")).hasSize(1);
    }

    @Test
    void aRejectedCallGivesBackWhatItReserved() {
        var first = agent.calling("limited", "{\"id\":\"first\"}");
        var approval = gateway.pending("first");
        assertThat(agent.call("limited", "{\"id\":\"too early\"}").decided()).isEqualTo("limit");
        gateway.reject(approval, ANA, "no");
        first.join();
        var second = agent.calling("limited", "{\"id\":\"second\"}");
        gateway.approve(gateway.pending("second"), ANA);
        assertThat(second.join().text()).isEqualTo("did limited");
    }

    @Test
    void anExpiredCallGivesBackWhatItReserved() {
        assertThat(agent.call("expiring", "{\"n\":1}").decided()).isEqualTo("expired");
        assertThat(agent.call("expiring", "{\"n\":2}").decided()).isEqualTo("expired");
    }

    @Test
    void aCancelledCallGivesBackWhatItReserved() {
        agent.calling(agent.message("called_off", "{\"id\":\"no more\"}").replaceFirst("\"id\":\\d+", "\"id\":\"c2\""));
        var approval = gateway.pending("no more");
        GatewayUnderTest.eventually(() -> gateway.waiting(approval, 1));
        agent.cancel("\"c2\"", "changed my mind");
        gateway.until(approval, ApprovalState.CANCELLED);
        var second = agent.calling("called_off", "{\"id\":\"instead\"}");
        gateway.approve(gateway.pending("instead"), ANA);
        assertThat(second.join().text()).isEqualTo("did called_off");
    }

    @Test
    void anAttachedCallReservesNothing() {
        var first = agent.calling("attaching", "{\"id\":\"the last\"}");
        var approval = gateway.pending("the last");
        var second = agent.calling("attaching", "{\"id\":\"the last\"}");
        GatewayUnderTest.eventually(() -> gateway.waiting(approval, 2));
        gateway.approve(approval, ANA);
        assertThat(first.join().text()).isEqualTo("did attaching");
        assertThat(second.join().text()).isEqualTo("did attaching");
    }

    @Test
    void aRateLimitCountsEachSessionApart() {
        var one = newSession();
        var other = newSession();
        assertThat(List.of(countedIn(one), countedIn(one), countedIn(other))).containsExactly("", "limit", "");
    }

    private static String newSession() {
        return agent.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}")
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    private static String countedIn(String session) {
        var call = BodyPublishers.ofString(agent.message("counted", "{}"));
        var request = agent.request().header("Mcp-Session-Id", session).POST(call);
        return TestAgent.Answer.of(agent.send(request.build())).decided();
    }

    @Test
    void aCallWhoseServerBreaksOffIsUnknownAndNotRepeated() {
        server.whenGiven("broken", (exchange, message) -> exchange.close());
        var answer = agent.calling("delete", "{\"id\":\"broken\"}");
        var approval = gateway.pending("broken");
        gateway.approve(approval, ANA);
        assertThat(answer.join().decided()).isEqualTo("unknown");
        assertThat(gateway.until(approval, ApprovalState.UNKNOWN).execution()).isPresent();
        assertThat(server.callsWith("broken")).hasSize(1);
    }

    @Test
    void cancellingAHeldCallCancelsItsApproval() {
        agent.calling(agent.message("delete", "{\"id\":\"cancelled\"}").replaceFirst("\"id\":\\d+", "\"id\":\"c1\""));
        var approval = gateway.pending("cancelled");
        GatewayUnderTest.eventually(() -> gateway.waiting(approval, 1));
        agent.cancel("\"c1\"", "changed my mind");
        gateway.until(approval, ApprovalState.CANCELLED);
        assertThat(server.callsWith("cancelled")).isEmpty();
    }

    @Test
    void aClientsTimeOutIsNotAChangeOfMind() {
        agent.calling(agent.message("delete", "{\"id\":\"timed out\"}").replaceFirst("\"id\":\\d+", "\"id\":\"t1\""));
        var approval = gateway.pending("timed out");
        GatewayUnderTest.eventually(() -> gateway.waiting(approval, 1));
        agent.cancel("\"t1\"", "McpError: MCP error -32001: Request timed out");
        GatewayUnderTest.eventually(() -> gateway.waiting(approval, 0));
        assertThat(gateway.pending("timed out").id()).isEqualTo(approval.id());
    }

    @Test
    void theToolListLeavesOutWhatIsDeniedAndOffersTheAwaitTool() {
        var list = agent.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                .body();
        assertThat(list)
                .contains("\"read\"", "\"delete\"", "\"approval_await\"")
                .doesNotContain("\"other\"");
    }
}
