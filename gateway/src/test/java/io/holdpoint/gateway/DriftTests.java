package io.holdpoint.gateway;

import static io.holdpoint.gateway.GatewayUnderTest.ANA;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.console.access.SignInLinks;
import io.holdpoint.gateway.upstream.ServerList;
import io.holdpoint.workflow.approval.ApprovalState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server changes its tools behind everybody's back (spec 03, Catalogue). Each test changes a tool of its own. */
@OnDatabase(GatewayDatabases.H2)
class DriftTests {

    private static final String POLICY = """
            {"version":"1","default":"deny","tools":{
              "tool_*":{"require_approval":true},
              "tool_d":{"limits":[{"window":"day","max":1}],"require_approval":true}}}""";
    private static final String[] TOOLS = {"tool_a", "tool_b", "tool_c", "tool_d"};

    private static RecordingServer server;
    private static GatewayUnderTest gateway;
    private static TestAgent agent;
    private static ApiClient auditor;

    @BeforeAll
    static void start(GatewayDatabases database, @TempDir Path directory) {
        server = RecordingServer.offering(TOOLS);
        gateway = GatewayUnderTest.start(Setup.of(directory, server, POLICY).on(database));
        agent = gateway.agent();
        auditor = new ApiClient(gateway.console(), "ana-token");
        GatewayUnderTest.eventually(() -> entries("definitions.read").stream().findFirst());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        server.close();
    }

    private static List<JsonNode> entries(String type) {
        return auditor.all("/api/audit?limit=500&type=" + type);
    }

    /** As the minute's round does. */
    private static void read() {
        var imaging = gateway.bean(ServerList.class).servers().iterator().next();
        gateway.bean(Catalog.class).definition(imaging, "", Duration.ZERO);
    }

    private static JsonNode changeOf(String tool) {
        return GatewayUnderTest.eventually(() -> entries("definition.changed").stream()
                .filter(entry -> entry.path("tool").asString().equals(tool))
                .findFirst());
    }

    @Test
    void theFirstReadingIsOneEntry() {
        assertThat(entries("definitions.read"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.at("/data/tools").asInt()).isEqualTo(TOOLS.length));
    }

    @Test
    void aHeldCallIsVoidedAtOnceAndTheAgentIsTold() {
        var answer = agent.calling("tool_a", "{\"id\":\"held\"}");
        var approval = gateway.pending("held");
        server.redefine("tool_a", "Deletes everything");
        read();
        assertThat(answer.join().decided()).isEqualTo("voided");
        assertThat(answer.join().text()).contains("the tool's definition changed");
        assertThat(gateway.until(approval, ApprovalState.VOIDED).reviews()).isEmpty();
        assertThat(server.callsWith("held")).isEmpty();
    }

    @Test
    void aVoidedCallGivesBackWhatItReserved() {
        var first = agent.calling("tool_d", "{\"id\":\"voided\"}");
        gateway.pending("voided");
        server.redefine("tool_d", "Deletes everything");
        read();
        assertThat(first.join().decided()).isEqualTo("voided");
        var second = agent.calling("tool_d", "{\"id\":\"instead\"}");
        gateway.approve(gateway.pending("instead"), ANA);
        assertThat(second.join().text()).isEqualTo("did tool_d");
    }

    @Test
    void theChangeIsInTheLogOnTheConsoleAndInTheApi() {
        server.redefine("tool_b", "Deletes everything");
        read();
        var change = changeOf("tool_b");
        assertThat(change.path("outcome").asString()).isEqualTo("changed");
        assertThat(change.at("/data/category").asString()).isEqualTo("Destructive");
        var tool = auditor.all("/api/tools?limit=2").stream()
                .filter(one -> one.path("tool").asString().equals("tool_b"))
                .findFirst()
                .orElseThrow();
        assertThat(tool.path("changedAt").isString()).isTrue();
        assertThat(tool.at("/grants/0/standing").asString()).isEqualTo("approval");
        var link = gateway.bean(SignInLinks.class).issue(ANA);
        var page = Person.signedInBy(gateway.console().resolve(link)).open("/tools/imaging/tool_b");
        assertThat(page.body()).containsSubsequence("What changed last", "Does tool_b", "Deletes everything");
    }

    @Test
    void whatIsApprovedUnderTheNewDefinitionRuns() {
        server.redefine("tool_c", "Deletes " + UUID.randomUUID());
        read();
        changeOf("tool_c");
        var answer = agent.calling("tool_c", "{\"id\":\"new\"}");
        var approval = gateway.pending("new");
        read();
        gateway.approve(approval, ANA);
        assertThat(answer.join().text()).isEqualTo("did tool_c");
    }

    @Test
    void theServerIsShownAsReadAndTheGrantAsItIs() {
        var shown = auditor.get("/api/servers").at("/items/0");
        assertThat(shown.path("readable").asBoolean()).isTrue();
        assertThat(shown.path("tools").asInt()).isEqualTo(TOOLS.length);
        assertThat(auditor.get("/api/grants")
                        .at("/items/0/servers/imaging/policy/file")
                        .asString())
                .isEqualTo("policy.json");
    }
}
