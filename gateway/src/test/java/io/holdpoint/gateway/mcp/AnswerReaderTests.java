package io.holdpoint.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTests {

    private static Answer read(String json) {
        return AnswerReader.read(Json.utf8(json));
    }

    @Test
    void aResultKeepsItsBytes() {
        var answer = read("{\"é\":\"漢\",\"id\": 1 ,\"jsonrpc\":\"2.0\", \"result\" : { \"n\": 1.50, \"é\":[] } }");
        assertThat(Json.text(answer.result().of(answer.body()))).isEqualTo("{ \"n\": 1.50, \"é\":[] }");
        assertThat(answer.kind()).isEqualTo(Message.Kind.RESPONSE);
    }

    @Test
    void anErrorKeepsItsBytes() {
        var answer = read("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\": -1}}");
        assertThat(Json.text(answer.error().of(answer.body()))).isEqualTo("{\"code\": -1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"isError":true}               | true
        {"isError":false}              | false
        {}                             | false
        {"content":[{"isError":true}]} | false
        {"x":{"isError":true}}         | false
        """)
    void onlyTheResultItselfSaysThatTheToolFailed(String result, boolean failed) {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}")
                        .isError())
                .isEqualTo(failed);
    }

    @Test
    void theTypeOfAModernResultIsRead() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"x\":[{}],\"resultType\":\"input_required\"}}")
                        .resultType())
                .isEqualTo("input_required");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        1                    | 1                    | true
        "a"                  | "\\u0061"            | true
        "a/b"                | "a\\/b"              | true
        1                    | 1.0                  | true
        100                  | 1e2                  | true
        0                    | 0.0                  | true
        1                    | "1"                  | false
        1                    | 2                    | false
        9007199254740993     | 9007199254740992     | false
        1                    | 1e999999999          | false
        1                    | 1e99999999999999     | false
        1                    | null                 | false
        """)
    void aResponseAnswersTheRequestWhoseIdItHas(String requested, String answered, boolean same) {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":" + answered + ",\"result\":{}}")
                        .answers(Json.utf8(requested)))
                .isEqualTo(same);
    }

    @Test
    void aServersRequestAnswersNothing() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").answers(Json.utf8("1")))
                .isFalse();
    }

    @Test
    void aServersNotificationIsToldByItsMethod() {
        var answer = read("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progress\":1}}");
        assertThat(answer.kind()).isEqualTo(Message.Kind.NOTIFICATION);
        assertThat(Json.text(answer.params().of(answer.body()))).isEqualTo("{\"progress\":1}");
    }

    @Test
    void halfASurrogatePairIsTheServersOwnBusiness() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"t\":\"\\ud800\"}}")
                        .kind())
                .isEqualTo(Message.Kind.RESPONSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{}",
                "x",
                "<html>",
                "{\"jsonrpc\":\"2.0\"}",
                "{\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}} {}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":\"no\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":1,\"a\":2}}",
                "\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"
            })
    void whatIsNotOneMessageIsUnreadable(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(UnreadableAnswer.class);
    }
}
