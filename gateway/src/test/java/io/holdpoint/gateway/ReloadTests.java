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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that change while the gateway runs. */
@OnDatabase(GatewayDatabases.H2)
class ReloadTests {

    private static final String POLICY = """
            {"version":"1","default":"deny","tools":{
             "list":{"limits":[{"window":"366d","max":2}]},
             "delete":{"require_approval":{}}}}""";

    @TempDir
    private Path directory;

    @Test
    void filesComeIntoForceAsAWholeOrNotAtAll(GatewayDatabases database) throws IOException {
        try (var server = RecordingServer.offering("delete", "list");
                var gateway = GatewayUnderTest.start(
                        Setup.of(directory, server, POLICY).on(database))) {
            var agent = gateway.agent();
            assertThat(agent.call("list", "{}").isError()).isFalse();

            aChangeCountsFromTheNextCallOn(gateway);
            countersGoOn(gateway);
            faultsChangeNothingAndAreShown(gateway);
            anApprovalGivenBeforeDoesNotOutliveItsRule(gateway);
            whatAGrantAskedForIsVoidOnceItBelongsToSomebodyElse(gateway);
            aGrantThatIsTakenOutIsRefused(gateway);
            everyVersionIsKept(gateway);
        }
    }

    private void aChangeCountsFromTheNextCallOn(GatewayUnderTest gateway) throws IOException {
        assertThat(gateway.agent().call("echo", "{}").decided()).isEqualTo("deny");
        inForce(gateway, policy("\"echo\":{},"));
        assertThat(gateway.agent().call("echo", "{}").isError()).isFalse();
    }

    private static void countersGoOn(GatewayUnderTest gateway) {
        assertThat(gateway.agent().call("list", "{}").isError()).isFalse();
        assertThat(gateway.agent().call("list", "{}").decided()).isEqualTo("limit");
    }

    private void faultsChangeNothingAndAreShown(GatewayUnderTest gateway) throws IOException {
        write("{\"version\":\"1\",\"defalt\":\"allow\"}");
        GatewayUnderTest.eventually(
                () -> Optional.of(gateway.bean(Reloads.class).status()).filter(Reloads.Status::isRefused));
        assertThat(gateway.agent().call("echo", "{}").isError()).isFalse();
        assertThat(gateway.agent().call("other", "{}").decided()).isEqualTo("deny");
        var auditor = new ApiClient(gateway.console(), "ana-token");
        assertThat(auditor.get("api/policies").path("lastLook").path("faults").toString())
                .contains("policy.json:1: defalt is unknown; did you mean default?");
        assertThat(entries(gateway, "configuration.refused")).hasSize(1);
    }

    private void anApprovalGivenBeforeDoesNotOutliveItsRule(GatewayUnderTest gateway) throws IOException {
        var answer = gateway.agent().calling("delete", "{\"id\":\"s1\"}");
        var approval = gateway.pending("s1");
        inForce(gateway, policy("\"echo\":{},").replace("\"require_approval\":{}", "\"action\":\"deny\""));
        gateway.approve(approval, GatewayUnderTest.ANA);
        gateway.until(approval, ApprovalState.VOIDED);
        assertThat(answer.join().decided()).isEqualTo("voided");
    }

    private void whatAGrantAskedForIsVoidOnceItBelongsToSomebodyElse(GatewayUnderTest gateway) throws IOException {
        inForce(gateway, policy("\"echo\":{}  ,"));
        var first = gateway.agent().calling("delete", "{\"id\":\"s2\"}");
        var approval = gateway.pending("s2");
        var yaml = directory.resolve("holdpoint.yaml");
        Files.writeString(yaml, Files.readString(yaml).replace("owner: cai", "owner: bo"));
        gateway.until(approval, ApprovalState.VOIDED);
        assertThat(first.join().decided()).isEqualTo("voided");

        gateway.agent().calling("delete", "{\"id\":\"s2\"}");
        assertThat(gateway.pending("s2").call().owner()).isEqualTo("bo");
        assertThatThrownBy(() -> gateway.approve(gateway.pending("s2"), GatewayUnderTest.BO))
                .isInstanceOf(ReviewRefused.NotAReviewer.class);
    }

    private void aGrantThatIsTakenOutIsRefused(GatewayUnderTest gateway) throws IOException {
        var yaml = directory.resolve("holdpoint.yaml");
        var without = Files.readString(yaml)
                .replace("agent: {", "someone-else: {")
                .replace(GatewayUnderTest.TOKEN, "x".repeat(32));
        Files.writeString(yaml, without);
        GatewayUnderTest.eventually(
                () -> gateway.agent().call("echo", "{}").status() == 401 ? Optional.of(true) : Optional.empty());
        assertThat(entries(gateway, "configuration.reloaded").toString())
                .contains("grant agent removed", "grant someone-else added");
    }

    private static void everyVersionIsKept(GatewayUnderTest gateway) {
        var auditor = new ApiClient(gateway.console(), "ana-token");
        assertThat(auditor.all("api/policies").stream()
                        .map(version -> version.path("sha256").asString()))
                .hasSize(4)
                .contains(Sha256.hex(POLICY));
        assertThat(auditor.get("api/policies/" + Sha256.hex(POLICY))
                        .path("default")
                        .asString())
                .isEqualTo("deny");
    }

    private void inForce(GatewayUnderTest gateway, String policy) throws IOException {
        write(policy);
        var hash = Sha256.hex(policy);
        GatewayUnderTest.eventually(() -> entries(gateway, "configuration.reloaded").stream()
                .filter(entry -> entry.path("data").path("policies").toString().contains(hash))
                .findFirst());
    }

    /** As editors and Kubernetes do it. */
    private void write(String policy) throws IOException {
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
