package io.holdpoint.gateway;

import static io.holdpoint.gateway.GatewayUnderTest.ANA;
import static io.holdpoint.gateway.GatewayUnderTest.BO;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import io.holdpoint.workflow.approval.Approval;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one PostgreSQL, as behind a load balancer: what one knows the other one keeps to. */
@OnDatabase(GatewayDatabases.POSTGRESQL)
class TwoNodesTests {

    private static final String POLICY = """
            {"version":"1","default":"deny","tools":{
              "delete":{"require_approval":true},
              "export":{"limits":[{"window":"minute","max":10,"scope":"grant"}]}}}""";

    private static final int RACES = 15;

    private static RecordingServer server;
    private static GatewayUnderTest first;
    private static GatewayUnderTest second;

    @BeforeAll
    static void start(GatewayDatabases database, @TempDir Path one, @TempDir Path other) {
        server = RecordingServer.offering("delete", "export");
        var setup = Setup.of(one, server, POLICY).on(database).patientWithServers();
        first = GatewayUnderTest.start(setup);
        second = GatewayUnderTest.start(setup.in(other));
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
        server.close();
    }

    @Test
    void aLimitIsExactAcrossBoth() {
        MinuteBoundary.stayAwayFrom();
        var agents = List.of(first.agent(), second.agent());
        var answers = IntStream.range(0, 200)
                .mapToObj(n -> agents.get(n % 2).calling("export", "{\"n\":%d}".formatted(n)))
                .toList();
        assertThat(answers)
                .map(answer -> answer.join())
                .filteredOn(answer -> !answer.isError())
                .hasSize(10);
        assertThat(server.calls("export")).hasSize(10);
    }

    @Test
    void anApprovalOnOneReleasesTheCallHeldOnTheOther() {
        var held = second.agent().calling("delete", "{\"id\":\"released\"}");
        first.approve(first.pending("released"), ANA);
        assertThat(held.join().text()).isEqualTo("did delete");
        assertThat(server.callsWith("released")).hasSize(1);
    }

    @Test
    void aRejectionOnOneRefusesTheCallHeldOnTheOther() {
        var held = second.agent().calling("delete", "{\"id\":\"rejected\"}");
        first.reject(first.pending("rejected"), BO, "wrong study");
        assertThat(held.join().decided()).isEqualTo("rejected");
        assertThat(held.join().text()).contains("Bo Lind").contains("wrong study");
    }

    @Test
    void equalCallsOnBothAreOneApprovalWhoseResultBothGet() {
        var here = first.agent().calling("delete", "{\"id\":\"twice\",\"n\":1}");
        var approval = first.pending("twice");
        var there = second.agent().calling("delete", "{\"n\":1.0, \"id\":\"twice\"}");
        GatewayUnderTest.eventually(() -> second.waiting(approval, 1));
        second.approve(approval, ANA);
        assertThat(List.of(here.join().text(), there.join().text())).containsOnly("did delete");
        assertThat(server.callsWith("twice")).hasSize(1);
    }

    /**
     * Approved while its agent was gone, each call is taken up on both nodes in the same moment. The server answers only
     * when both wait: a call that comes after the answer was delivered is a new one.
     */
    @Test
    void anApprovalNeverRunsTwiceWhenBothNodesTry() {
        var calls = IntStream.range(0, RACES)
                .mapToObj("{\"id\":\"race %d\"}"::formatted)
                .toList();
        var approvals =
                calls.stream().map(TwoNodesTests::approvedWithNobodyWaiting).toList();
        var answering = server.holdBack("race ");
        var answers = calls.stream()
                .flatMap(call -> Stream.of(
                        first.agent().calling("delete", call), second.agent().calling("delete", call)))
                .toList();
        approvals.forEach(approval -> GatewayUnderTest.eventually(
                () -> first.waiting(approval, 1).flatMap(here -> second.waiting(approval, 1))));
        answering.countDown();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().text()).isEqualTo("did delete"));
        assertThat(server.callsWith("race ")).hasSize(RACES);
    }

    private static Approval approvedWithNobodyWaiting(String call) {
        var agent = first.agent();
        agent.calling(agent.message("delete", call).replaceFirst("\"id\":1", "\"id\":\"gone\""));
        var approval = first.pending(call);
        GatewayUnderTest.eventually(() -> first.waiting(approval, 1));
        agent.cancel("\"gone\"", "McpError: MCP error -32001: Request timed out");
        GatewayUnderTest.eventually(() -> first.waiting(approval, 0));
        return first.approve(approval, ANA);
    }
}
