package io.holdpoint.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderCheckTests {

    private static final MessageReader READER = new MessageReader(64);
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private static Message request(String method, String params) {
        return READER.read(
                Json.utf8("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}"));
    }

    private static Message modern(String method, String params) {
        return request(method, params.isEmpty() ? META : META + "," + params);
    }

    /** Lines such as {@code Name: value}; looked up like HTTP does, in any case. */
    private static Function<String, List<String>> headers(String... lines) {
        return wanted -> {
            var values = new ArrayList<String>();
            for (var line : lines) {
                var colon = line.indexOf(':');
                if (line.substring(0, colon).equalsIgnoreCase(wanted)) {
                    values.add(line.substring(colon + 1));
                }
            }
            return values;
        };
    }

    private static Unacceptable refusal(Message message, String... headers) {
        var refused = catchThrowableOfType(Unacceptable.class, () -> HeaderCheck.check(message, headers(headers)));
        assertThat(refused).isNotNull();
        return refused;
    }

    @ParameterizedTest
    @CsvSource({"2025-03-26, V2025_03_26", "2025-06-18, V2025_06_18", "' 2025-11-25\t', V2025_11_25"})
    void aLegacyHeaderTellsTheRevision(String header, Revision revision) {
        assertThat(HeaderCheck.check(request("tools/list", ""), headers("mcp-protocol-version:" + header)))
                .isEqualTo(revision);
    }

    @Test
    void withoutAHeaderALegacyMessageIsTakenFor20250326() {
        assertThat(HeaderCheck.check(request("tools/list", ""), headers())).isEqualTo(Revision.V2025_03_26);
    }

    @ParameterizedTest
    @CsvSource({"2025-06-18, V2025_06_18", "2024-11-05, V2025_11_25", "2026-07-28, V2025_11_25"})
    void initializeAsksForItsRevisionInTheBody(String asked, Revision revision) {
        var initialize = request("initialize", "\"protocolVersion\":\"" + asked + "\"");
        assertThat(HeaderCheck.check(initialize, headers())).isEqualTo(revision);
    }

    @ParameterizedTest
    @CsvSource({"1900-01-01", "2025-11-25-beta", "latest", "''", "'2025-06-18, 2025-11-25'"})
    void aVersionThatIsNoneOfOursIsRefused(String version) {
        var refused = refusal(request("tools/list", ""), "MCP-Protocol-Version:" + version);
        assertThat(refused.code()).isEqualTo(-32022);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(Json.tree(Json.utf8(refused.data())).get("requested").stringValue())
                .isEqualTo(version);
    }

    @Test
    void theRefusalOfAVersionSaysWhichOnesThereAre() {
        var refused = refusal(request("tools/list", ""), "MCP-Protocol-Version:1900-01-01");
        assertThat(refused.data())
                .isEqualTo("{\"supported\":[\"2025-03-26\",\"2025-06-18\",\"2025-11-25\",\"2026-07-28\"],"
                        + "\"requested\":\"1900-01-01\"}");
    }

    @Test
    void twoVersionHeadersAreRefused() {
        var refused = refusal(
                request("tools/list", ""), "MCP-Protocol-Version:2025-11-25", "MCP-Protocol-Version:2025-11-25");
        assertThat(refused.code()).isEqualTo(-32022);
    }

    @Test
    void aModernVersionThatDoesNotExistIsRefusedInTheModernForm() {
        var message = request("server/discover", META.replace("2026-07-28", "v999.0.0"));
        var refused = refusal(message, "MCP-Protocol-Version:v999.0.0", "Mcp-Method:server/discover");
        assertThat(refused.code()).isEqualTo(-32022);
        assertThat(refused.data()).isEqualTo("{\"supported\":[\"2026-07-28\"],\"requested\":\"v999.0.0\"}");
    }

    @Test
    void aModernCallWhoseHeadersAgreeIsAccepted() {
        assertThat(HeaderCheck.check(
                        modern("tools/call", "\"name\":\"pay\""),
                        headers("MCP-PROTOCOL-VERSION:2026-07-28", "mcp-method:tools/call", "Mcp-Name:  pay\t")))
                .isEqualTo(Revision.V2026_07_28);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        tools/call     | "name":"größe"                  | =?base64?Z3LDtsOfZQ==?=
        tools/call     | "name":" padded "               | =?base64?IHBhZGRlZCA=?=
        tools/call     | "name":"=?base64?literal?="     | =?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=
        tools/call     | "name":"=?base64?"              | =?base64?
        prompts/get    | "name":"greet"                  | greet
        resources/read | "uri":"file:///a%20b","name":"" | file:///a%20b
        tasks/get      | "taskId":"t-1"                  | t-1
        tasks/update   | "taskId":"t-1"                  | t-1
        tasks/cancel   | "taskId":"t-1"                  | t-1
        """)
    void aNameThatAgreesIsAccepted(String method, String params, String header) {
        assertThat(HeaderCheck.check(
                        modern(method, params),
                        headers("MCP-Protocol-Version:2026-07-28", "Mcp-Method:" + method, "Mcp-Name:" + header)))
                .isEqualTo(Revision.V2026_07_28);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        tools/call     | "name":"pay"                    | Pay
        tools/call     | "name":"pay"                    | ``
        tools/call     | "name":"größe"                  | größe
        tools/call     | "name":"gr??e"                  | größe
        tools/call     | "name":"pay"                    | =?base64?cGF5!?=
        tools/call     | "name":"pay"                    | =?BASE64?cGF5?=
        tools/call     | "name":"=?base64?cGF5?="        | =?base64?cGF5?=
        prompts/get    | "name":"greet"                  | other
        resources/read | "uri":"file:///a"               | file:///b
        resources/read | "x":1                           | file:///b
        tasks/get      | "taskId":"t-1"                  | t-2
        """)
    void aNameThatDiffersIsAMismatch(String method, String params, String header) {
        var refused = refusal(
                modern(method, params),
                "MCP-Protocol-Version:2026-07-28",
                "Mcp-Method:" + method,
                "Mcp-Name:" + header);
        assertThat(refused.code()).isEqualTo(-32020);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.id()).isEqualTo(Json.utf8("1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        the name is missing      | MCP-Protocol-Version:2026-07-28;Mcp-Method:tools/call
        the name is there twice  | MCP-Protocol-Version:2026-07-28;Mcp-Method:tools/call;Mcp-Name:pay;Mcp-Name:pay
        the method is missing    | MCP-Protocol-Version:2026-07-28;Mcp-Name:pay
        the method differs       | MCP-Protocol-Version:2026-07-28;Mcp-Name:pay;Mcp-Method:tools/list
        the method's case differs| MCP-Protocol-Version:2026-07-28;Mcp-Name:pay;Mcp-Method:TOOLS/CALL
        the method is there twice| MCP-Protocol-Version:2026-07-28;Mcp-Name:pay;Mcp-Method:tools/call;Mcp-Method:x
        the version is missing   | Mcp-Method:tools/call;Mcp-Name:pay
        the version is a legacy  | MCP-Protocol-Version:2025-11-25;Mcp-Method:tools/call;Mcp-Name:pay
        the version is unknown   | MCP-Protocol-Version:v9;Mcp-Method:tools/call;Mcp-Name:pay
        """)
    void aModernCallWhoseHeadersDisagreeIsAMismatch(String what, String headers) {
        assertThat(refusal(modern("tools/call", "\"name\":\"pay\""), headers.split(";"))
                        .code())
                .as(what)
                .isEqualTo(-32020);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        no _meta          | "x":1
        no version        | "_meta":{"io.modelcontextprotocol/clientCapabilities":{}}
        no capabilities   | "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}
        no object         | "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":[]}
        """)
    void aModernRequestWithoutWhatMetaRequiresIsRefused(String what, String params) {
        var refused =
                refusal(request("tools/list", params), "MCP-Protocol-Version:2026-07-28", "Mcp-Method:tools/list");
        assertThat(refused.code()).as(what).isEqualTo(-32602);
        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void whatNeitherHeaderNorBodyNamesIsTheServersToRefuse() {
        assertThat(HeaderCheck.check(
                        modern("resources/read", ""),
                        headers("MCP-Protocol-Version:2026-07-28", "Mcp-Method:resources/read")))
                .isEqualTo(Revision.V2026_07_28);
    }

    @Test
    void aModernNotificationNeedsNoMeta() {
        var notification = READER.read(Json.utf8("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}"));
        assertThat(HeaderCheck.check(
                        notification, headers("MCP-Protocol-Version:2026-07-28", "Mcp-Method:notifications/x")))
                .isEqualTo(Revision.V2026_07_28);
    }

    @Test
    void aModernClientSendsNoResponses() {
        var response = READER.read(Json.utf8("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"));
        assertThat(refusal(response, "MCP-Protocol-Version:2026-07-28").code()).isEqualTo(-32600);
    }

    @Test
    void aRequestWithoutABodySaysItsRevisionInTheHeader() {
        assertThat(HeaderCheck.ofBodyless(headers("MCP-Protocol-Version:2025-11-25")))
                .isEqualTo(Revision.V2025_11_25);
    }

    @Test
    void theTasksExtensionIsDeclaredPerRequest() {
        var message = request(
                "tools/list",
                META.replace(
                        "{}}", "{\"roots\":{},\"extensions\":{\"a\":{}," + "\"io.modelcontextprotocol/tasks\":{}}}}"));
        assertThat(ClientMeta.of(message)).isEqualTo(new ClientMeta("2026-07-28", true, true));
    }

    @Test
    void whoDoesNotDeclareTasksHasNone() {
        assertThat(ClientMeta.of(modern("tools/list", "")).tasks()).isFalse();
    }
}
