package io.holdpoint.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoServerTests {

    private static final String INITIALIZE = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"%s","capabilities":{},
         "clientInfo":{"name":"test","version":"1"}}}\
        """;
    private static final String DELETE = """
        {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"delete_study",
         "arguments":{"study":"CT-1001"}%s}}\
        """;
    private static final String META = """
        ,"_meta":{"io.modelcontextprotocol/protocolVersion":"%s","io.modelcontextprotocol/clientCapabilities":{}}\
        """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private DemoServer server;

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"2025-06-18,2025-06-18", "2025-11-25,2025-11-25", "1999-01-01,2025-11-25"})
    void aLegacyClientGetsItsVersionOrTheNewest(String asked, String given) throws Exception {
        var response = post(INITIALIZE.formatted(asked));

        assertThat(body(response).at("/result/protocolVersion").asString()).isEqualTo(given);
        assertThat(response.headers().firstValue("Mcp-Session-Id")).isPresent();
    }

    @Test
    void aLegacyClientCallsAToolInItsSession() throws Exception {
        var response = post(DELETE.formatted(""), "Mcp-Session-Id", session());

        assertThat(body(response).at("/result/content/0/text").asString()).isEqualTo("deleted CT-1001");
        assertThat(server.executions("delete_study")).isEqualTo(1);
    }

    @Test
    void aLegacyRequestWithoutASessionIsRefused() throws Exception {
        assertThat(post(DELETE.formatted("")).statusCode()).isEqualTo(400);
    }

    @Test
    void anEndedSessionIsUnknown() throws Exception {
        var session = session();
        client.send(request().DELETE().header("Mcp-Session-Id", session).build(), BodyHandlers.discarding());

        assertThat(post(DELETE.formatted(""), "Mcp-Session-Id", session).statusCode())
                .isEqualTo(404);
        assertThat(server.executions("delete_study")).isZero();
    }

    @Test
    void aCallThatWasHeldInASessionRunsAfterARestart() throws Exception {
        var session = session();
        server.close();
        server = DemoServer.start();

        assertThat(post(DELETE.formatted(""), "Mcp-Session-Id", session).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSessionThatNoServerOfOursGaveIsUnknown() throws Exception {
        assertThat(post(DELETE.formatted(""), "Mcp-Session-Id", "made-up").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aNotificationIsAcceptedWithoutAnAnswer() throws Exception {
        var response =
                post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", "Mcp-Session-Id", session());

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aModernClientDiscoversTheServer() throws Exception {
        var response = modern("server/discover", "", "2026-07-28");

        assertThat(body(response).at("/result/supportedVersions/0").asString()).isEqualTo("2026-07-28");
        assertThat(body(response).at("/result/resultType").asString()).isEqualTo("complete");
    }

    @Test
    void aModernClientCallsAToolWithoutASession() throws Exception {
        var response = modernDelete("delete_study");

        assertThat(body(response).at("/result/content/0/text").asString()).isEqualTo("deleted CT-1001");
        assertThat(body(response).at("/result/resultType").asString()).isEqualTo("complete");
    }

    @Test
    void aModernHeaderThatContradictsTheBodyIsRefused() throws Exception {
        var response = modernDelete("list_studies");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(body(response).at("/error/code").asInt()).isEqualTo(-32020);
        assertThat(server.executions("delete_study")).isZero();
    }

    @Test
    void aModernVersionItDoesNotSpeakIsRefusedWithThoseItDoes() throws Exception {
        var response = modern("tools/list", "", "2027-01-01");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(body(response).at("/error/code").asInt()).isEqualTo(-32022);
        assertThat(body(response).at("/error/data/supported/0").asString()).isEqualTo("2026-07-28");
    }

    @Test
    void anUnknownModernMethodIsNotFound() throws Exception {
        assertThat(modern("prompts/list", "", "2026-07-28").statusCode()).isEqualTo(404);
    }

    @Test
    void aDeletedStudyCannotBeDeletedAgain() throws Exception {
        modernDelete("delete_study");

        var again = body(modernDelete("delete_study"));

        assertThat(again.at("/result/isError").asBoolean()).isTrue();
        assertThat(server.executions("delete_study")).isEqualTo(1);
    }

    @Test
    void aBrowsersPageIsRefused() throws Exception {
        assertThat(post(INITIALIZE.formatted("2025-11-25"), "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"'[]'", "'{'", "'\"text\"'"})
    void whatIsNotOneMessageIsRefused(String body) throws Exception {
        assertThat(post(body).statusCode()).isEqualTo(400);
    }

    private String session() throws Exception {
        return post(INITIALIZE.formatted("2025-11-25"))
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    private HttpResponse<String> modernDelete(String nameHeader) throws Exception {
        return post(
                DELETE.formatted(META.formatted("2026-07-28")),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                nameHeader);
    }

    private HttpResponse<String> modern(String method, String params, String version) throws Exception {
        var meta = META.formatted(version).substring(1);
        var message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":{%s%s}}";
        return post(message.formatted(method, params, meta), "MCP-Protocol-Version", version, "Mcp-Method", method);
    }

    private HttpResponse<String> post(String body, String... headers) throws Exception {
        var request = request().POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(server.url())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
    }

    private JsonNode body(HttpResponse<String> response) {
        return json.readTree(response.body());
    }
}
