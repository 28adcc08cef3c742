package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.mcp.Message;
import io.holdpoint.gateway.mcp.MessageReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldParamsTests {

    private static Message with(String more) {
        var json =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"delete\",\"arguments\":{}%s}}"
                        .formatted(more);
        return new MessageReader(64).read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String bound(String meta) {
        return new String(HeldParams.boundMeta(with(",\"_meta\":" + meta)), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"progressToken", "traceparent", "tracestate", "baggage"})
    void whatDiffersAtEveryRepetitionIsNotBound(String name) {
        assertThat(bound("{\"%s\":\"a\",\"x\":1}".formatted(name))).isEqualTo("{\"x\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.holdpoint/reason", "x", "ProgressToken", "trace"})
    void everythingElseOfTheMetaIsBound(String name) {
        var meta = "{\"%s\":\"a\"}".formatted(name);
        assertThat(bound(meta)).isEqualTo(meta);
    }

    @Test
    void whatPeopleSeeIsNothingElse() {
        assertThat(HeldParams.hasOthers(with(",\"_meta\":{\"x\":1}"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "requestState", "inputResponses", "x"})
    void anyOtherMemberOfParamsIsSomethingElse(String name) {
        assertThat(HeldParams.hasOthers(with(",\"%s\":{}".formatted(name)))).isTrue();
    }
}
