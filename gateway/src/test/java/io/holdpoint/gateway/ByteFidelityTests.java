package io.holdpoint.gateway;

import static io.holdpoint.gateway.GatewayUnderTest.ANA;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server answers arrives as it was written: numbers a double cannot hold, escapes, white space, unknown members. */
class ByteFidelityTests {

    private static final RecordingServer SERVER = RecordingServer.offering("read", "delete", "listed-in-a-stream");

    private static final String RESULT = """
            { "content": [{"type":"text","text":"caf\\u00e9 \\/ é \\ud83d\\ude00","x-new": [1 , 2]}],"isError":false,
              "structuredContent":{"small":0.10000000000000000001,"big":9007199254740993,"exp":1.0E+2,"zero":-0},
              "unknown":{"b":null,"a":{"":true}}, "_meta":{"org.example\\/x":[ ]} }""".replace("\n", "");

    private static final String STREAM = """
            id: 7
            retry: 100
            data:

            : a comment
            event: message
            id: 8
            data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":9007199254740993}}

            event: message
            data: {"jsonrpc":"2.0","id":%s,"result":%s}

            """;

    @TempDir
    private static Path directory;

    private static GatewayUnderTest gateway;
    private static TestAgent agent;

    @BeforeAll
    static void start() {
        var policy = "{\"version\":\"1\",\"default\":\"allow\",\"tools\":{\"delete\":{\"require_approval\":true}}}";
        gateway = GatewayUnderTest.start(Setup.of(directory, SERVER, policy));
        agent = gateway.agent();
        SERVER.whenGiven("as-json", (exchange, message) -> RecordingServer.result(exchange, message, RESULT));
        SERVER.whenGiven(
                "as-stream",
                (exchange, message) -> RecordingServer.send(
                        exchange, 200, "text/event-stream", STREAM.formatted(message.get("id"), RESULT)));
        SERVER.whenGiven(
                "as-crlf-stream",
                (exchange, message) -> RecordingServer.send(
                        exchange,
                        200,
                        "text/event-stream",
                        STREAM.formatted(message.get("id"), RESULT).replace("\n", "\r\n")));
        SERVER.whenGiven(
                "as-error",
                (exchange, message) -> RecordingServer.send(
                        exchange,
                        200,
                        "application/json",
                        "{ \"error\":{\"data\":0.10000000000000000001 ,\"code\":-32000,\"message\":\"no\"},\"id\":%s,\"jsonrpc\":\"2.0\"}"
                                .formatted(message.get("id"))));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"as-json", "as-stream", "as-crlf-stream", "as-error"})
    void anAllowedCallIsAnsweredWithTheServersBytes(String how) {
        var message = agent.message("read", "{\"how\":\"%s\"}".formatted(how));
        var alone = new TestAgent(SERVER.url(), "none").post(message);
        var through = agent.post(message);
        assertThat(through.body()).isEqualTo(alone.body());
        assertThat(through.headers().allValues("content-type"))
                .isEqualTo(alone.headers().allValues("content-type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"as-json", "as-stream", "as-crlf-stream"})
    void anApprovedCallIsAnsweredWithTheBytesOfTheServersResult(String how) {
        var answer = agent.calling("delete", "{\"how\":\"%s\"}".formatted(how));
        gateway.approve(gateway.pending("\"" + how + "\""), ANA);
        assertThat(answer.join().raw()).contains("\"result\":" + RESULT + "}");
    }

    @Test
    void anApprovedCallIsAnsweredWithTheBytesOfTheServersError() {
        var answer = agent.calling("delete", "{\"how\":\"as-error\"}");
        gateway.approve(gateway.pending("as-error"), ANA);
        assertThat(answer.join().raw())
                .contains("{\"data\":0.10000000000000000001 ,\"code\":-32000,\"message\":\"no\"}");
    }

    /** MCP, Progress: the value must rise with each notification, also from waiting to running. */
    @Test
    void progressRisesFromWaitingToRunning() {
        SERVER.whenGiven(
                "in-steps",
                (exchange, message) -> RecordingServer.send(
                        exchange,
                        200,
                        "text/event-stream",
                        progress(0) + progress(1) + STREAM.formatted(message.get("id"), RESULT)));
        var answer = agent.calling("""
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete","arguments":{"how":"in-steps"},\
                "_meta":{"progressToken":"p"}}}""");
        gateway.approve(gateway.pending("in-steps"), ANA);
        assertThat(values(answer.join().raw())).hasSizeGreaterThan(2).isSorted().doesNotHaveDuplicates();
    }

    private static String progress(int value) {
        return "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"p\",\"progress\":%d}}\n\n"
                .formatted(value);
    }

    private static List<Long> values(String events) {
        var found = java.util.regex.Pattern.compile("\"progress\":(-?\\d+)").matcher(events);
        return found.results().map(match -> Long.valueOf(match.group(1))).toList();
    }

    /** Some servers give a short stream a Content-Length; the edited list has another one. */
    @Test
    void aListInAStreamWithALengthArrivesWhole() {
        SERVER.listInAStream();
        var list = agent.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
        assertThat(list.body())
                .contains("\"listed-in-a-stream\"", "\"approval_await\"")
                .endsWith("}\n\n");
    }
}
