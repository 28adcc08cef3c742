package io.holdpoint.gateway.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Arguments alone are read as those of a message are. */
class ArgumentsReaderTests {

    private static final int DEPTH = 8;

    static Stream<String> texts() {
        return Stream.of(
                "{}",
                " {\"a\": [1.50, 9007199254740993, \"\\ud83d\\ude00\"]}\n",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\u00e4\"}",
                "{\"a\":01}",
                "{\"a\":1e99999999999}",
                "{\"a\":" + "1".repeat(1000) + "}",
                "{\"a\":" + "1".repeat(1001) + "}",
                "{\"a\":" + "[".repeat(5) + "]".repeat(5) + "}",
                "{\"a\":" + "[".repeat(6) + "]".repeat(6) + "}",
                "{\"" + "n".repeat(10_001) + "\":1}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{} // comment",
                "[]",
                "7",
                "");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatAMessageMayHoldMayStandAlone(String text) {
        for (var bytes : new byte[][] {text.getBytes(UTF_8), text.getBytes(ISO_8859_1)}) {
            assertThat(alone(bytes)).isEqualTo(inAMessage(new String(bytes, ISO_8859_1)));
        }
    }

    @ParameterizedTest
    @MethodSource("afterwards")
    void nothingMayFollow(String text) {
        assertThat(alone(text.getBytes(UTF_8))).isEmpty();
    }

    static Stream<String> afterwards() {
        return Stream.of("{} {}", "{}, \"_meta\": {}", "{}}", "{} 7");
    }

    @Test
    void whatIsWrongIsSaidWithoutTheArguments() {
        var refused = catchThrowable(() -> new ArgumentsReader(DEPTH).read("{\"a\":secret}".getBytes(UTF_8)));
        assertThat(refused).hasMessageStartingWith("the object is not JSON (RFC 8259) near character ");
    }

    private static Optional<ObjectNode> alone(byte[] json) {
        try {
            return Optional.of(new ArgumentsReader(DEPTH).read(json));
        } catch (Unacceptable refused) {
            return Optional.empty();
        }
    }

    private static Optional<ObjectNode> inAMessage(String text) {
        var message =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"t\",\"arguments\":%s}}"
                        .formatted(text);
        try {
            return Optional.of(ArgumentTree.of(new MessageReader(DEPTH).read(message.getBytes(ISO_8859_1))));
        } catch (Unacceptable refused) {
            return Optional.empty();
        }
    }
}
