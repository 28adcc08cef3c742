package io.holdpoint.gateway;

import static io.holdpoint.gateway.GatewayUnderTest.ANA;
import static io.holdpoint.gateway.GatewayUnderTest.BO;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import io.holdpoint.workflow.approval.ApprovalState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The MCP project's own SDKs, 1.x and 2.x, and its own server, with the gateway in between. */
@Timeout(120)
class RealClientTests {

    private static final String POLICY = """
            {"version":"1","default":"allow","hide":["get-env","hidden"],"tools":{
              "get-sum":{"require_approval":true},
              "delete":{"require_approval":true},
              "greet-held":{"require_approval":true},
              "trigger-elicitation-request":{"require_approval":[
                {"conditions":[{"path":"args.held","op":"eq","value":true}]}]},
              "trigger-long-running-operation":{"require_approval":[
                {"conditions":[{"path":"args.steps","op":"eq","value":3}]}]}}}""";

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private static Path directory;

    private static RecordingServer recording;
    private static McpPeers.Server everything;
    private static McpPeers.Server modernServer;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        McpPeers.required();
        recording = RecordingServer.offering("read", "delete");
        everything = McpPeers.everything();
        modernServer = McpPeers.modern();
        gateway = GatewayUnderTest.start(Setup.of(directory, recording, POLICY)
                .and("everything", everything.url())
                .and("modern", modernServer.url())
                .approvals("hold-for: 6s"));
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
            modernServer.close();
            everything.close();
            recording.close();
        }
    }

    @Test
    void anSdk1ClientFindsEverythingItFindsWithoutTheGateway() {
        var through = (ObjectNode) legacy("everything", "tour").done();
        var alone = (ObjectNode) McpPeers.agent("legacy-client.mjs", everything.url(), "none", "tour")
                .done();
        assertThat(through.remove(List.of("tools", "wire"))).isEqualTo(alone.remove(List.of("tools", "wire")));
        assertThat(through.path("elicited").asString()).contains("- Name: Ana");
        assertThat(through.path("sampled").asString()).contains("a sampled answer");
        assertThat(texts(through.path("steps"))).containsExactly("1", "2", "3", "4");
    }

    @Test
    void anSdk1ClientGetsTheSameStatusAndKindOfAnswerToEachRequest() {
        var through = legacy("everything", "tour").done().path("wire");
        var alone = McpPeers.agent("legacy-client.mjs", everything.url(), "none", "tour")
                .done()
                .path("wire");
        assertThat(texts(through)).containsExactlyInAnyOrderElementsOf(texts(alone));
        assertThat(texts(through))
                .contains(
                        "{\"method\":\"GET\",\"status\":200,\"type\":\"text/event-stream\"}",
                        "{\"method\":\"DELETE\",\"status\":200,\"type\":\"\"}");
    }

    @Test
    void anSdk1ClientIsShownTheAwaitToolAndNotTheHiddenOnes() {
        var tools = texts(legacy("everything", "tour").done().path("tools"));
        assertThat(tools).contains("echo", "get-sum", "approval_await").doesNotContain("get-env");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26"})
    void aClientOfAnyLegacyRevisionIsServedInItsOwn(String revision) {
        var found = legacy("everything", "revision", revision).done();
        assertThat(found.path("spoken").asString()).isEqualTo(revision);
        assertThat(found.path("echo").asString()).isEqualTo("Echo: " + revision);
        assertThat(texts(found.path("tools"))).contains("approval_await").doesNotContain("get-env");
    }

    @Test
    void anSdk1ClientSeesThatItsCallIsHeldAndGetsTheServersOwnResultOnceApproved() {
        var agent = legacy("everything", "call", "get-sum", "{\"a\":2,\"b\":40}");
        assertThat(agent.told("progress").path("message").asString()).contains("Waiting for approval");
        gateway.approve(gateway.pending("40"), ANA);
        assertThat(text(agent.done())).isEqualTo("The sum of 2 and 40 is 42.");
    }

    @Test
    void anSdk1ClientGetsARejectionAsAResultWithTheReason() {
        var agent = legacy("everything", "call", "get-sum", "{\"a\":1,\"b\":77}");
        gateway.reject(gateway.pending("77"), BO, "use a calculator");
        var told = agent.done();
        assertThat(told.at("/result/isError").asBoolean()).isTrue();
        assertThat(text(told)).contains("Bo Lind", "use a calculator");
    }

    @Test
    void progressKeepsRisingFromWaitingToRunning() {
        var agent = legacy("everything", "call", "trigger-long-running-operation", "{\"duration\":0.3,\"steps\":3}");
        agent.told("progress");
        gateway.approve(gateway.pending("0.3"), ANA);
        assertThat(text(agent.done())).contains("completed");
        var values = agent.all("progress").stream()
                .map(progress -> progress.path("progress").doubleValue())
                .toList();
        assertThat(values).hasSizeGreaterThan(3).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theServerOfAnApprovedCallMayAskTheAgentsUser() {
        var agent = legacy(
                "everything", "call", "trigger-elicitation-request", "{\"held\":true,\"about\":\"elicitation\"}");
        gateway.approve(gateway.pending("elicitation"), ANA);
        agent.told("elicited");
        assertThat(agent.done().toString()).contains("- Name: Ana");
    }

    @Test
    void aClientThatLostPatienceGetsTheResultWhenItComesBackAndTheCallRunsOnce() {
        var agent = legacy("imaging", "come-back", "delete", "{\"id\":\"impatient\"}");
        assertThat(agent.told("timed-out").path("code").asInt()).isEqualTo(-32001);
        var approval = gateway.pending("impatient");
        gateway.approve(approval, ANA);
        assertThat(text(agent.done())).isEqualTo("did delete");
        assertThat(gateway.until(approval, ApprovalState.SUCCEEDED).state()).isEqualTo(ApprovalState.SUCCEEDED);
        assertThat(recording.callsWith("impatient")).hasSize(1);
    }

    @Test
    void aClientThatIsToldPendingGetsTheResultFromTheAwaitTool() {
        var agent = legacy("imaging", "wait", "delete", "{\"id\":\"waiting\"}");
        assertThat(agent.told("pending").at("/result/isError").asBoolean()).isTrue();
        gateway.approve(gateway.pending("waiting"), ANA);
        assertThat(text(agent.done())).isEqualTo("did delete");
        assertThat(recording.callsWith("waiting")).hasSize(1);
    }

    @Test
    void anSdk2ClientDiscoversTheModernServerAndUsesAllOfIt() {
        var found = modern("modern", "tour").done();
        assertThat(found.path("era").asString()).isEqualTo("modern");
        assertThat(texts(found.at("/discovered/supportedVersions"))).contains("2026-07-28");
        assertThat(found.path("read").asString()).isEqualTo("read CT-1");
        assertThat(texts(found.path("steps"))).containsExactly("1", "2", "3");
        assertThat(found.path("resource").asString()).isEqualTo("a note");
        assertThat(found.path("prompt").asString()).isEqualTo("a question");
    }

    @Test
    void aModernToolListIsTheGrantsOwn() {
        var found = modern("modern", "tour").done();
        assertThat(texts(found.path("tools")))
                .contains("read", "approval_await")
                .doesNotContain("hidden");
        assertThat(found.path("cacheScope").asString()).isEqualTo("private");
        assertThat(found.path("ttlMs").asLong()).isBetween(0L, 60_000L);
    }

    @Test
    void anSdk2ClientSeesThatItsCallIsHeldAndGetsTheServersOwnResultOnceApproved() {
        var agent = modern("modern", "call", "delete", "{\"study\":\"CT-7\"}");
        assertThat(agent.told("progress").path("message").asString()).contains("Waiting for approval");
        gateway.approve(gateway.pending("CT-7"), ANA);
        var told = agent.done();
        assertThat(text(told)).isEqualTo("deleted CT-7");
        assertThat(told.at("/result/_meta/org.example~1trace").asString()).isEqualTo("kept");
    }

    @Test
    void anSdk2ClientGetsARejectionAsAResultWithTheReason() {
        var before = runs("delete");
        var agent = modern("modern", "call", "delete", "{\"study\":\"CT-8\"}");
        gateway.reject(gateway.pending("CT-8"), BO, "still needed");
        assertThat(text(agent.done())).contains("Bo Lind", "still needed");
        assertThat(runs("delete")).isEqualTo(before);
    }

    @Test
    void aModernServersQuestionAndTheAnswerToItPassUnharmed() {
        var agent = modern("modern", "call", "greet", "{}");
        assertThat(agent.told("elicited").path("message").asString()).isEqualTo("Who is it?");
        assertThat(text(agent.done())).isEqualTo("hello Ana, state-of-the-server:é/+=");
    }

    @Test
    void whatAnAgentSaysInMetaReachesTheServer() {
        var agent = modern("modern", "call", "meta", "{}", "{\"org.example/unknown\":{\"n\":[1,null]}}");
        assertThat(JSON.readTree(text(agent.done())).path("org.example/unknown"))
                .isEqualTo(JSON.readTree("{\"n\":[1,null]}"));
    }

    @Test
    void aDualEraClientReachesALegacyServerToo() {
        var found = modern("everything", "era").done();
        assertThat(found.path("echo").asString()).isEqualTo("Echo: hello");
        assertThat(texts(found.path("tools"))).contains("approval_await").doesNotContain("get-env");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server/discover | | {}",
                "prompts/list | | {}",
                "resources/read | test://note | {\"uri\":\"test://note\"}",
                "prompts/get | ask | {\"name\":\"ask\"}",
                "tools/call | read | {\"name\":\"read\",\"arguments\":{\"study\":\"CT-1\"}}",
                "tools/call | greet | {\"name\":\"greet\",\"arguments\":{}}",
                "no/such-method | | {}"
            })
    void aModernAnswerHasTheBytesTheServerSent(String method, String name, String params) throws Exception {
        assertThat(raw(gateway.url("modern"), method, name, params))
                .isEqualTo(raw(modernServer.url(), method, name, params));
    }

    private static List<String> raw(URI url, String method, String name, String params)
            throws IOException, InterruptedException {
        var whole = (ObjectNode) JSON.readTree(params);
        whole.putObject("_meta")
                .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
                .putObject("io.modelcontextprotocol/clientCapabilities")
                .putObject("elicitation");
        var request = HttpRequest.newBuilder(url)
                .header("Authorization", "Bearer " + GatewayUnderTest.TOKEN)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", method)
                .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"method\":\"%s\",\"params\":%s}"
                        .formatted(method, whole)));
        if (name != null) {
            request.header("Mcp-Name", name);
        }
        var answer = HTTP.send(request.build(), BodyHandlers.ofString());
        return List.of(
                String.valueOf(answer.statusCode()),
                answer.headers().firstValue("content-type").orElse(""),
                answer.body());
    }

    private static TellingProcess legacy(String server, String... task) {
        return McpPeers.agent("legacy-client.mjs", gateway.url(server), GatewayUnderTest.TOKEN, task);
    }

    private static TellingProcess modern(String server, String... task) {
        return McpPeers.agent("modern-client.mjs", gateway.url(server), GatewayUnderTest.TOKEN, task);
    }

    private static int runs(String tool) {
        try {
            var url = URI.create(modernServer.url().toString().replace("/mcp", "/runs"));
            var answer = HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
            return JSON.readTree(answer.body()).path(tool).asInt(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(JsonNode told) {
        return told.at("/result/content/0/text").asString("");
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream()
                .map(value -> value.isString() ? value.stringValue() : value.toString())
                .toList();
    }
}
