package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import io.holdpoint.gateway.reload.Reloads;
import io.holdpoint.workflow.Sha256;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.ReviewRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that change while the gateway runs. Each test has a policy of its own. */
@OnDatabase(GatewayDatabases.H2)
class ReloadTests {

    private static final String POLICY = """
            {"version":"1","default":"deny","tools":{
             "list":{"limits":[{"window":"366d","max":2}]}}}""";

    private static Path directory;
    private static RecordingServer server;
    private static GatewayUnderTest gateway;
    private static TestAgent agent;
    private static ApiClient auditor;

    @BeforeAll
    static void start(GatewayDatabases database, @TempDir Path empty) {
        directory = empty;
        server = RecordingServer.offering("list");
        gateway = GatewayUnderTest.start(Setup.of(directory, server, POLICY).on(database));
        agent = gateway.agent();
        auditor = new ApiClient(gateway.console(), "ana-token");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        server.close();
    }

    @Test
    void aPolicyRenamedIntoPlaceCountsForTheNextCallEachTime() throws IOException {
        for (var reason : List.of("the first reason", "the second reason", "the third reason")) {
            inForce(policy("\"echo\":{\"action\":\"deny\",\"reason\":\"%s\"},".formatted(reason)));
            assertThat(agent.call("echo", "{}").text()).contains(reason);
        }
    }

    @Test
    void countersGoOnUnderAChangedPolicy() throws IOException {
        inForce(policy("\"before\":{},"));
        assertThat(agent.call("list", "{}").text()).isEqualTo("did list");
        inForce(policy("\"after\":{},"));
        assertThat(agent.call("list", "{}").text()).isEqualTo("did list");
        assertThat(agent.call("list", "{}").decided()).isEqualTo("limit");
    }

    @Test
    void faultsChangeNothingAndAreShown() throws IOException {
        inForce(policy("\"kept\":{},"));
        write("{\"version\":\"1\",\"defalt\":\"allow\"}");
        GatewayUnderTest.eventually(
                () -> Optional.of(gateway.bean(Reloads.class).status()).filter(Reloads.Status::isRefused));
        assertThat(agent.call("kept", "{}").text()).isEqualTo("did kept");
        assertThat(agent.call("unknown", "{}").decided()).isEqualTo("deny");
        assertThat(auditor.get("api/policies").path("lastLook").path("faults").toString())
                .contains("policy.json:1: defalt is unknown; did you mean default?");
        assertThat(entries(gateway, "configuration.refused")).hasSize(1);
    }

    @Test
    void anApprovalGivenBeforeDoesNotOutliveItsRule() throws IOException {
        inForce(policy("\"asking\":{\"require_approval\":{}},"));
        var answer = agent.calling("asking", "{\"id\":\"s1\"}");
        var approval = gateway.pending("s1");
        inForce(policy("\"asking\":{\"action\":\"deny\"},"));
        gateway.approve(approval, GatewayUnderTest.ANA);
        gateway.until(approval, ApprovalState.VOIDED);
        assertThat(answer.join().decided()).isEqualTo("voided");
    }

    @Test
    void whatAGrantAskedForIsVoidOnceItBelongsToSomebodyElse() throws IOException {
        inForce(policy("\"inherited\":{\"require_approval\":{}},"));
        var answer = agent.calling("inherited", "{\"id\":\"s2\"}");
        var approval = gateway.pending("s2");
        whileTheConfigurationHas("owner: bo", "owner: cai", () -> {
            gateway.until(approval, ApprovalState.VOIDED);
            assertThat(answer.join().decided()).isEqualTo("voided");

            agent.calling("inherited", "{\"id\":\"s2\"}");
            assertThat(gateway.pending("s2").call().owner()).isEqualTo("bo");
            assertThatThrownBy(() -> gateway.approve(gateway.pending("s2"), GatewayUnderTest.BO))
                    .isInstanceOf(ReviewRefused.NotAReviewer.class);
        });
    }

    @Test
    void aGrantThatIsTakenOutIsRefused() throws IOException {
        inForce(policy("\"gone\":{},"));
        var agents = "agent: { servers: { imaging: policy.json }, token: " + GatewayUnderTest.TOKEN;
        var others = "someone-else: { servers: { imaging: policy.json }, token: " + "x".repeat(32);
        whileTheConfigurationHas(others, agents, () -> {
            GatewayUnderTest.eventually(
                    () -> agent.call("gone", "{}").status() == 401 ? Optional.of(true) : Optional.empty());
            assertThat(entries(gateway, "configuration.reloaded").toString())
                    .contains("grant agent removed", "grant someone-else added");
        });
    }

    @Test
    void everyVersionIsKept() throws IOException {
        var next = policy("\"next\":{},");
        inForce(next);
        assertThat(auditor.all("api/policies"))
                .extracting(version -> version.path("sha256").asString())
                .contains(Sha256.hex(POLICY), Sha256.hex(next));
        assertThat(auditor.get("api/policies/" + Sha256.hex(POLICY))
                        .path("default")
                        .asString())
                .isEqualTo("deny");
    }

    /** The next test's policy comes into force together with what stood there before. */
    private static void whileTheConfigurationHas(String other, String usual, Runnable check) throws IOException {
        var yaml = directory.resolve("holdpoint.yaml");
        var before = Files.readString(yaml);
        try {
            Files.writeString(yaml, before.replace(usual, other));
            check.run();
        } finally {
            Files.writeString(yaml, before);
        }
    }

    private static void inForce(String policy) throws IOException {
        write(policy);
        var hash = Sha256.hex(policy);
        GatewayUnderTest.eventually(() -> auditor.all("api/policies").stream()
                .filter(version -> version.path("sha256").asString().equals(hash))
                .filter(version -> !version.path("grants").isEmpty())
                .findFirst());
    }

    /** As editors and Kubernetes do it. */
    private static void write(String policy) throws IOException {
        var next = Files.writeString(directory.resolve("policy.json.new"), policy);
        var options = new StandardCopyOption[] {StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING};
        Files.move(next, directory.resolve("policy.json"), options);
    }

    private static String policy(String more) {
        return POLICY.replace("\"list\":", more + "\"list\":");
    }

    private static List<JsonNode> entries(GatewayUnderTest gateway, String type) {
        return gateway.jdbc().queryForList("select body from audit_entry where type = ?", byte[].class, type).stream()
                .map(body -> JsonMapper.shared().readTree(new String(body, StandardCharsets.UTF_8)))
                .toList();
    }
}
