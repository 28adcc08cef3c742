package io.holdpoint.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTests {

    private static final MessageReader READER = new MessageReader(64);

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Message read(String json) {
        return READER.read(utf8(json));
    }

    private static Unacceptable refusal(byte[] body) {
        var refused = catchThrowableOfType(Unacceptable.class, () -> READER.read(body));
        assertThat(refused)
                .as("refusal of %s", new String(body, StandardCharsets.ISO_8859_1))
                .isNotNull();
        return refused;
    }

    private static Unacceptable refusal(String json) {
        return refusal(utf8(json));
    }

    private static String call(String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"pay\",\"arguments\":"
                + arguments + "}}";
    }

    private static String text(Message message, Span span) {
        return new String(span.of(message.body()), StandardCharsets.UTF_8);
    }

    @Test
    void aCallIsReadWithItsNameAndTheBytesOfItsArguments() {
        var message = read(call(" {\"amount\": 1.50, \"to\":\"ana\"} "));
        assertThat(message.kind()).isEqualTo(Message.Kind.REQUEST);
        assertThat(message.method()).isEqualTo("tools/call");
        assertThat(message.name()).isEqualTo("pay");
        assertThat(text(message, message.id())).isEqualTo("7");
        assertThat(text(message, message.arguments())).isEqualTo("{\"amount\": 1.50, \"to\":\"ana\"}");
    }

    @Test
    void spansAreRightBehindTextOfSeveralBytesAndPastTheParsersBuffer() {
        var filler = "ä€漢😀".repeat(5000);
        var arguments = "{\"text\":\"" + filler + "\",\"ö\":[1,{\"ü\":\"\\uD83D\\uDE00\"}]}";
        var message =
                read("{\"é\":\"" + filler + "\",\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"é\":\"é\","
                        + "\"arguments\" : " + arguments
                        + " ,\"name\":\"größe\",\"_meta\" :{\"é\":\"漢\",\"progressToken\":\"té\"}},"
                        + "\"id\":\"näh\" }");
        assertThat(text(message, message.arguments())).isEqualTo(arguments);
        assertThat(text(message, message.meta())).isEqualTo("{\"é\":\"漢\",\"progressToken\":\"té\"}");
        assertThat(text(message, message.progressToken())).isEqualTo("\"té\"");
        assertThat(text(message, message.id())).isEqualTo("\"näh\"");
        assertThat(message.name()).isEqualTo("größe");
    }

    @Test
    void theBodyIsKeptAsItCame() {
        var body = utf8(call("{ }"));
        assertThat(READER.read(body).body()).isSameAs(body);
    }

    @Test
    void whatACallDoesNotHaveIsEmptyOrAbsent() {
        var message = read("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"tools/list\"}");
        assertThat(message.name() + message.uri() + message.taskId() + message.reason())
                .isEmpty();
        assertThat(message.arguments()).isEqualTo(Span.ABSENT);
    }

    @Test
    void whatTheClientSaysOfItselfIsRead() {
        var message = read("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"_meta\":{"
                + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.holdpoint/reason\":\"monthly run\","
                + "\"io.modelcontextprotocol/clientInfo\":{\"version\":\"1\",\"name\":\"claude-code\",\"x\":[{}]}}}}");
        assertThat(message.protocolVersion()).isEqualTo("2026-07-28");
        assertThat(message.clientName()).isEqualTo("claude-code");
        assertThat(message.agentSays()).isEqualTo("monthly run");
    }

    @Test
    void initializeSaysVersionAndClientInItsParams() {
        var message = read("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"cursor\",\"version\":\"1\"}}}");
        assertThat(message.protocolVersion()).isEqualTo("2025-11-25");
        assertThat(message.clientName()).isEqualTo("cursor");
    }

    @Test
    void onlyInitializeSaysItsVersionInItsParams() {
        var message = read("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"x\",\"params\":{\"protocolVersion\":\"1\","
                + "\"clientInfo\":{\"name\":\"cursor\"}}}");
        assertThat(message.protocolVersion() + message.clientName()).isEmpty();
    }

    @Test
    void aCancellationNamesTheRequestAndTheReason() {
        var message =
                read("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"a\","
                        + "\"reason\":\"timed out\"}}");
        assertThat(message.kind()).isEqualTo(Message.Kind.NOTIFICATION);
        assertThat(text(message, message.requestId())).isEqualTo("\"a\"");
        assertThat(message.reason()).isEqualTo("timed out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"error\":{\"code\":-1,\"message\":\"no\"}}"
            })
    void aMessageWithAResultOrAnErrorIsAResponse(String json) {
        assertThat(read(json).kind()).isEqualTo(Message.Kind.RESPONSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"vendor/new\",\"params\":{\"Deep\":{\"NAME\":1}},\"trace\":[1]}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/vendor\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":-0,\"method\":\"ping\",\"params\":{\"_meta\":null}}",
                "{\"jsonrpc\":\"2.0\",\"id\":12345678901234567890,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"\",\"method\":\"ping\",\"params\":{\"_meta\":{\"progressToken\":null}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"a\":\"\\\\ud800\",\"b\":\"\\uD83D\\uDE00\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"__proto__\":{},\"a\":\"\\u0000\\u001f\"}}",
                "\t\r\n {\"jsonrpc\" : \"2.0\" , \"id\" : 1 , \"m\\u0065thod\" : \"p\\u0069ng\" }\n"
            })
    void whatIsUnusualButClearIsAccepted(String json) {
        assertThat(read(json).body()).isEqualTo(utf8(json));
    }

    // n_* of JSONTestSuite in our own words: every one malformed for RFC 8259.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"path\":\"/safe\",\"p\\u0061th\":\"/etc\"}",
                "{\"x\":{\"n\":1,\"n\":2}}",
                "{\"x\":[{\"\":1,\"\":2}]}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":nan}",
                "{\"a\":01}",
                "{\"a\":-01}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":-.5}",
                "{\"a\":+1}",
                "{\"a\":-}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":1.e1}",
                "{\"a\":1.5e}",
                "{\"a\":0x1F}",
                "{\"a\":1_000}",
                "{\"a\":1 000}",
                "{\"a\":0e+-1}",
                "{\"a\":1a}",
                "{\"a\":--1}",
                "{\"a\":2.e-3}",
                "{\"a\":\uFF11}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1,,2]}",
                "{\"a\":[1 2]}",
                "{\"a\":[1:2]}",
                "{\"a\":[1}",
                "{\"a\":[1",
                "{\"a\":1]",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":1,,\"b\":2}",
                "{\"a\" 1}",
                "{\"a\":}",
                "{\"a\"}",
                "{\"a\"::1}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":'b'}",
                "{1:1}",
                "{null:1}",
                "{[1]:1}",
                "{\"a\":tru}",
                "{\"a\":True}",
                "{\"a\":nul}",
                "{\"a\":trueish}",
                "{\"a\":undefined}",
                "{\"a\":\"\\x41\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"\\'\"}",
                "{\"a\":\"\\",
                "{\"a\":\"b",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":\"\u001f\"}",
                "{/**/\"a\":1}",
                "{//\n\"a\":1}",
                "{#\n\"a\":1}",
                "{\"a\":1}}",
                "{\"a\":1}{",
                "{\u00a0\"a\":1}",
                "{\u2028\"a\":1}",
                "{\"a\":1\f}",
                "{\"a\":\u001e1}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\uDC00\"}",
                "{\"a\":\"\\ud83d \\ude00\"}",
                "{\"a\":\"\\ud83d\\ud83d\\ude00\"}",
                "{\"\\uDBFF\":1}",
                "{\"a\":\"\\uD83D\\u0041\"}",
                "{\"a\":\"\\ude00\\ud83d\"}",
                "{\"a\":\"\\uD83D\\\\\"}"
            })
    void malformedArgumentsAreAParseError(String arguments) {
        var refused = refusal(call(arguments));
        assertThat(refused.code()).isEqualTo(-32700);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.id()).isEqualTo(utf8("null"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u0000",
                "{",
                "}",
                "nul",
                "{}x",
                "{} {}",
                "{}[]",
                "{},",
                "{}\u0000",
                "{\"jsonrpc\":\"2.0\"",
                "\uFEFF{}",
                "{}//",
                "<xml/>",
                "data: {}",
                "{\"id\":1,\"id\":1}",
                "{\"method\":\"a\",\"m\\u0065thod\":\"b\"}"
            })
    void whatIsNotOneJsonTextIsAParseError(String body) {
        assertThat(refusal(body).code()).isEqualTo(-32700);
    }

    @ParameterizedTest
    @CsvSource({
        "overlong slash, C0 AF",
        "overlong of three, E0 80 AF",
        "overlong of four, F0 80 80 AF",
        "surrogate, ED A0 80",
        "surrogate pair as six bytes, ED A0 BD ED B8 80",
        "past U+10FFFF, F4 90 80 80",
        "five bytes, F8 88 80 80 80",
        "lone continuation, 80",
        "cut short, E2 82",
        "Latin-1, E9",
        "FE FF, FE FF"
    })
    void bytesThatAreNotUtf8AreAParseError(String what, String hex) {
        var before = utf8("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":\"");
        var bytes = java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
        var body = new java.io.ByteArrayOutputStream();
        body.writeBytes(before);
        body.writeBytes(bytes);
        body.writeBytes(utf8("\"}"));
        assertThat(refusal(body.toByteArray()).code()).as(what).isEqualTo(-32700);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void otherEncodingsAreAParseError(String charset) {
        var body = call("{}").getBytes(java.nio.charset.Charset.forName(charset));
        assertThat(refusal(body).code()).isEqualTo(-32700);
    }

    @Test
    void nestingUpToTheBoundIsAccepted() {
        assertThat(read(call("{\"a\":" + "[".repeat(61) + "]".repeat(61) + "}")).name())
                .isEqualTo("pay");
    }

    @Test
    void nestingBeyondTheBoundIsRefused() {
        assertThat(refusal(call("{\"a\":" + "[".repeat(62) + "]".repeat(62) + "}"))
                        .code())
                .isEqualTo(-32700);
    }

    @Test
    void nestingOfAMillionIsRefusedWithoutAStackOverflow() {
        assertThat(refusal(call("{\"a\":" + "[".repeat(500_000))).code()).isEqualTo(-32700);
    }

    @ParameterizedTest
    @CsvSource({"'', 1000", "-, 1000", "0., 998", "1e, 998"})
    void aNumberOfAThousandCharactersIsAccepted(String before, int digits) {
        assertThat(read(call("{\"a\":" + before + "9".repeat(digits) + "}")).name())
                .isEqualTo("pay");
    }

    @ParameterizedTest
    @CsvSource({"'', 1001", "-, 1001", "0., 1001", "1e, 1001", "'', 900000"})
    void aLongerNumberIsRefused(String before, int digits) {
        assertThat(refusal(call("{\"a\":" + before + "9".repeat(digits) + "}")).code())
                .isEqualTo(-32700);
    }

    @Test
    void aNameOfAHundredThousandCharactersIsRefused() {
        assertThat(refusal(call("{\"" + "k".repeat(100_000) + "\":1}")).code()).isEqualTo(-32700);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        []                                                                          | -32600 | null
        [{"jsonrpc":"2.0","id":1,"method":"ping"}]                                  | -32600 | null
        1                                                                           | -32600 | null
        "x"                                                                         | -32600 | null
        null                                                                        | -32600 | null
        {}                                                                          | -32600 | null
        {"id":1,"method":"ping"}                                                    | -32600 | 1
        {"jsonrpc":"1.0","id":1,"method":"ping"}                                    | -32600 | 1
        {"jsonrpc":2.0,"id":1,"method":"ping"}                                      | -32600 | 1
        {"jsonrpc":"2.0","id":"é","method":1}                                       | -32600 | "é"
        {"jsonrpc":"2.0","id":1,"method":null}                                      | -32600 | 1
        {"jsonrpc":"2.0","id":1,"method":""}                                        | -32600 | 1
        {"jsonrpc":"2.0","id":1,"method":"a\\nb"}                                   | -32600 | 1
        {"jsonrpc":"2.0","id":1}                                                    | -32600 | 1
        {"jsonrpc":"2.0","id":1.0,"method":"ping"}                                  | -32600 | null
        {"jsonrpc":"2.0","id":1e0,"method":"ping"}                                  | -32600 | null
        {"jsonrpc":"2.0","id":null,"method":"ping"}                                 | -32600 | null
        {"jsonrpc":"2.0","id":true,"method":"ping"}                                 | -32600 | null
        {"jsonrpc":"2.0","id":{},"method":"ping"}                                   | -32600 | null
        {"jsonrpc":"2.0","id":[1],"method":"ping"}                                  | -32600 | null
        {"jsonrpc":"2.0","id":1,"method":"ping","result":{}}                        | -32600 | 1
        {"jsonrpc":"2.0","id":1,"method":"ping","error":{}}                         | -32600 | 1
        {"jsonrpc":"2.0","id":1,"result":{},"error":{}}                             | -32600 | 1
        {"jsonrpc":"2.0","result":{}}                                               | -32600 | null
        {"jsonrpc":"2.0","method":"tools/call","params":{"name":"a"}}               | -32600 | null
        {"jsonrpc":"2.0","method":"tools/list"}                                     | -32600 | null
        {"jsonrpc":"2.0","method":"initialize"}                                     | -32600 | null
        {"jsonrpc":"2.0","id":1,"method":"notifications/cancelled"}                 | -32600 | 1
        {"jsonrpc":"2.0","id":1,"method":"ping","Method":"tools/call"}              | -32600 | 1
        {"jsonrpc":"2.0","id":1,"METHOD":"tools/call"}                              | -32600 | 1
        {"JsonRpc":"2.0","id":1,"method":"ping"}                                    | -32600 | 1
        {"j\\u017fonrpc":"2.0","jsonrpc":"2.0","id":1,"method":"ping"}              | -32600 | 1
        {"jsonrpc":"2.0","Id":2,"id":1,"method":"ping"}                             | -32600 | 1
        {"jsonrpc":"2.0","\\u0130d":2,"id":1,"method":"ping"}                       | -32600 | 1
        {"jsonrpc":"2.0","\\u0131d":2,"id":1,"method":"ping"}                       | -32600 | 1
        {"jsonrpc":"2.0","id":1,"method":"ping","Params":{}}                        | -32600 | 1
        {"jsonrpc":"2.0","id":1,"method":"ping","param\\u017f":{}}                  | -32600 | 1
        {"jsonrpc":"2.0","id":1,"method":"ping","paramſ":{}}                        | -32600 | 1
        {"jsonrpc":"2.0","id":1,"method":"ping","params":null}                      | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"ping","params":[]}                        | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"ping","params":"x"}                       | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":[]}}              | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"progressToken":1.5}}} | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"progressToken":[]}}}  | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":1}}} | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":""}}} | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call"}                              | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}                  | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":""}}         | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":null}}       | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":["a"]}}      | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a\\u0000"}} | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a\\u0085"}} | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a\\u007f"}} | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"Name":"a","name":"b"}}   | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"b","argument\\u017f":{}}} | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"b","Arguments":{}}} | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"b","arguments":null}} | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"b","arguments":[]}} | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"b","arguments":"{}"}} | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"b","arguments":5}} | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{}}                   | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"tas\\u212aId":"x","taskId":"y"}} | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"tasks/cancel","params":{"taskId":1}}      | -32602 | 1
        {"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":1}}       | -32602 | 1
        {"jsonrpc":"2.0","method":"notifications/cancelled","params":{}}            | -32602 | null
        {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1.5}} | -32602 | null
        """)
    void aMessageThatMeansNothingClearIsRefusedWithItsCode(String json, int code, String id) {
        var refused = refusal(json);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(new String(refused.id(), StandardCharsets.UTF_8)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tools/call",
                "tools/CALL",
                " tools/call",
                "tools/call ",
                "tools/ call",
                "tool\u017f/call",
                "tools/c\u200ball",
                "\uFF54ools/call",
                "tools\uFF0Fcall",
                "tools/call\u00a0",
                "tools/li\u017ft",
                "INITIALIZE",
                "initialize ",
                "\u0131nitialize",
                "Tasks/get",
                "tasks/GET",
                "tas\u212As/get",
                "TASKS/anything",
                "tasks /anything",
                "server/Discover",
                "Resources/new",
                "prompts/Get",
                "\uFEFFtools/call"
            })
    void aMethodThatOnlyNormalisesToOneOfOursIsRefused(String method) {
        var refused =
                refusal("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"" + method + "\",\"params\":{\"name\":\"a\"}}");
        assertThat(refused.code()).isEqualTo(-32600);
        assertThat(refused.id()).isEqualTo(utf8("3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "inputResponses", "requestState"})
    void aMemberThatIsWrittenAsMcpWritesItPassesAndInOtherLettersItIsRefused(String member) {
        var call = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"a\",\"%s\":{}}}";
        assertThat(read(call.formatted(member)).name()).isEqualTo("a");
        assertThat(refusal(call.formatted(member.toUpperCase(Locale.ROOT))).code())
                .isEqualTo(-32602);
    }

    @Test
    void aCancellationInOtherLettersIsRefused() {
        assertThat(refusal("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/Cancelled\"}")
                        .code())
                .isEqualTo(-32600);
    }

    @Test
    void anIdOf256BytesIsAccepted() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":\"" + "x".repeat(254) + "\",\"method\":\"ping\"}")
                        .id())
                .isEqualTo(new Span(22, 278));
    }

    @Test
    void aLongerIdIsRefusedAndNotEchoed() {
        assertThat(refusal("{\"jsonrpc\":\"2.0\",\"id\":\"" + "x".repeat(255) + "\",\"method\":\"ping\"}")
                        .id())
                .isEqualTo(utf8("null"));
    }

    @Test
    void aToolNameOfMoreThan255CharactersIsRefused() {
        assertThat(refusal(call("{}").replace("pay", "p".repeat(256))).code()).isEqualTo(-32602);
    }

    @Test
    void theRefusalDoesNotRepeatArguments() {
        assertThat(refusal(call("{\"password-hunter2\":1,\"password-hunter2\":2}")))
                .hasMessageContaining("twice")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void oneReaderServesManyThreads() {
        var body = utf8(call("{\"a\":\"" + "é".repeat(9000) + "\"}"));
        var lengths = java.util.stream.IntStream.range(0, 500)
                .parallel()
                .map(i -> READER.read(body).arguments().of(body).length)
                .distinct();
        assertThat(lengths).containsExactly(18_008);
    }
}
