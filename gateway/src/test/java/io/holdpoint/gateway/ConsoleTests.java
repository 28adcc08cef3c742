package io.holdpoint.gateway;

import static io.holdpoint.gateway.GatewayUnderTest.ANA;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import io.holdpoint.gateway.console.access.SignInLinks;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalState;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people and their programs see and do on a running gateway, from its own store. */
@OnDatabase(GatewayDatabases.H2)
class ConsoleTests {

    private static final String POLICY = """
            {"version":"1","default":"deny","tools":{"read":{},"delete":{"require_approval":true},"export":{"require_approval":true}}}""";

    private static RecordingServer server;
    private static GatewayUnderTest gateway;
    private static TestAgent agent;
    private static Person ana;
    private static ApiClient anasProgram;
    private static ApiClient operator;

    @BeforeAll
    static void start(GatewayDatabases database, @TempDir Path directory) {
        server = RecordingServer.offering("read", "delete", "export");
        gateway = GatewayUnderTest.start(Setup.of(directory, server, POLICY).on(database));
        agent = gateway.agent();
        var link = gateway.bean(SignInLinks.class).issue(ANA);
        ana = Person.signedInBy(gateway.console().resolve(link));
        anasProgram = new ApiClient(gateway.console(), "ana-token");
        operator = new ApiClient(gateway.console(), "cai-token");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        server.close();
    }

    private static String page(Approval approval) {
        return "/approvals/" + approval.id().value();
    }

    private static String api(Approval approval) {
        return "/api" + page(approval);
    }

    private static List<String> texts(List<JsonNode> items, String field) {
        return items.stream().map(item -> item.path(field).asString()).toList();
    }

    @Test
    void aHeldCallIsInTheInboxAndReleasedOnItsPage() {
        var answer = agent.calling("delete", "{\"id\":\"on its page\"}");
        var approval = gateway.pending("on its page");
        assertThat(ana.open("/").body()).contains(page(approval));
        ana.approve(page(approval));
        assertThat(answer.join().text()).isEqualTo("did delete");
        assertThat(ana.open(page(approval)).body()).contains("Approved by Ana Diaz");
    }

    @Test
    void aRejectionOnThePageReachesTheAgentWithItsReason() {
        var answer = agent.calling("delete", "{\"id\":\"rejected there\"}");
        ana.reject(page(gateway.pending("rejected there")), "Wrong target", "caf\u00e9 \ud83d\ude00");
        assertThat(answer.join().text()).contains("Ana Diaz", "Wrong target: caf\u00e9 \ud83d\ude00");
    }

    @Test
    void aHeldCallIsReleasedByTheApiWhichThenTellsItsExecution() {
        var answer = agent.calling("delete", "{\"id\":\"by program\"}");
        var approval = gateway.pending("by program");
        var review = anasProgram.post(api(approval) + "/reviews", "{\"verdict\":\"approve\"}");
        assertThat(review.status()).isEqualTo(200);
        assertThat(answer.join().text()).isEqualTo("did delete");
        gateway.until(approval, ApprovalState.SUCCEEDED);
        assertThat(anasProgram
                        .get(api(approval))
                        .path("execution")
                        .path("state")
                        .asString())
                .isEqualTo("succeeded");
    }

    @Test
    void whoComesSecondIsToldWhoWasFaster() {
        agent.calling("delete", "{\"id\":\"faster\"}");
        var approval = gateway.pending("faster");
        ana.reject(page(approval), "Not now", "");
        var late = new ApiClient(gateway.console(), "bo-token")
                .post(api(approval) + "/reviews", "{\"verdict\":\"approve\"}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body().path("decision").path("decidedBy").asString()).isEqualTo("ana");
    }

    @Test
    void anOperatorCancelsAHeldCall() {
        var answer = agent.calling("delete", "{\"id\":\"maintenance\"}");
        var approval = gateway.pending("maintenance");
        operator.post(api(approval) + "/cancel", "{\"reason\":\"maintenance tonight\"}");
        assertThat(answer.join().decided()).isEqualTo("cancelled");
    }

    @Test
    void whatHappenedToAnUnknownCallIsSettledByAPerson() {
        server.whenGiven("settled", (exchange, message) -> exchange.close());
        agent.calling("delete", "{\"id\":\"settled\"}");
        var approval = gateway.pending("settled");
        gateway.approve(approval, ANA);
        gateway.until(approval, ApprovalState.UNKNOWN);
        anasProgram.post(api(approval) + "/settle", "{\"happened\":true,\"note\":\"it is gone\"}");
        var settled = anasProgram.all("/api/audit?type=execution.settled&subject=" + approval.id());
        assertThat(texts(settled, "outcome")).containsExactly("happened");
    }

    @Test
    void approvalsAreListedByWhatTheyAreForPageByPageNewestFirst() {
        var held = Stream.of("one", "two", "three", "four", "five").map(id -> {
            agent.calling("export", "{\"id\":\"%s\"}".formatted(id));
            return gateway.pending("\"%s\"".formatted(id)).id().value();
        });
        var newestLast = held.toList();
        var listed = anasProgram.all("/api/approvals?state=pending&tool=export&grant=agent&mine=true&limit=2");
        assertThat(texts(listed, "id").stream().sorted().toList())
                .isEqualTo(newestLast.stream().sorted().toList());
        assertThat(texts(listed, "requestedAt")).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void theLogTellsAnApprovalFromItsHoldingToItsEnd() {
        agent.calling("delete", "{\"id\":\"told\"}");
        var approval = gateway.pending("told");
        gateway.approve(approval, ANA);
        gateway.until(approval, ApprovalState.SUCCEEDED);
        assertThat(texts(anasProgram.all("/api/audit?limit=2&subject=" + approval.id()), "type"))
                .containsExactly(
                        "execution.finished", "execution.started", "outcome.reached", "review.recorded", "call.held");
    }

    @Test
    void theLogIsFilteredByTimeTypeActorAndOutcome() {
        agent.call("read", "{\"n\":1}");
        var first = anasProgram.all("/api/audit?type=call.allowed&actor=agent&outcome=allowed&tool=read&limit=500");
        var since = first.get(0).path("time").asString();
        agent.call("read", "{\"n\":2}");
        var later = anasProgram.all("/api/audit?type=call.allowed&limit=500&since=" + since);
        assertThat(texts(later, "time")).hasSize(2).endsWith(since);
        assertThat(anasProgram.all("/api/audit?type=call.allowed&limit=500&until=" + since))
                .hasSize(first.size() - 1);
    }

    @Test
    void theLogsPageShowsItsNewestEntries() {
        agent.call("read", "{\"n\":3}");
        assertThat(ana.open("/audit?type=call.allowed").body()).contains("imaging", "read", "allowed");
    }
}
