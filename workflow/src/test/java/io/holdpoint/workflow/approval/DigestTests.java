package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.message;
import static io.holdpoint.workflow.approval.ApprovalRoom.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.holdpoint.workflow.CallSummary;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DigestTests {

    private static final ApprovalRequest FIXED = request();
    private static final byte[] NONCE = new byte[Digest.NONCE_BYTES];

    @Test
    void itIsTheSameForTheSame() {
        assertThat(of(message(), "def", "terms", "flow:1")).isEqualTo(of(message(), "def", "terms", "flow:1"));
    }

    /** What a digest is made of, and one thing of it changed. */
    static Stream<Arguments> changes() {
        var call = FIXED.call();
        var one = message();
        return Stream.of(
                arguments("grant", of(call("other", call.server(), call.tool()), one, "def", "terms", "flow:1")),
                arguments("server", of(call(call.grant(), "other", call.tool()), one, "def", "terms", "flow:1")),
                arguments("tool", of(call(call.grant(), call.server(), "other"), one, "def", "terms", "flow:1")),
                arguments("an argument", of(message(text -> text.replace("200", "201")), "def", "terms", "flow:1")),
                arguments("_meta", of(with("{\"a\":2}", one.headers()), "def", "terms", "flow:1")),
                arguments("a header's value", of(headers("mcp-param-region", "us"), "def", "terms", "flow:1")),
                arguments("a header's name", of(headers("mcp-param-place", "eu"), "def", "terms", "flow:1")),
                arguments("no header", of(headers("accept", "application/json"), "def", "terms", "flow:1")),
                arguments("the tool's definition", of(one, "other", "terms", "flow:1")),
                arguments("the terms", of(one, "def", "other", "flow:1")),
                arguments("the flow's definition", of(one, "def", "terms", "flow:2")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anyChangeMakesItAnother(String what, String digest) {
        assertThat(digest).as(what).isNotEqualTo(of(message(), "def", "terms", "flow:1"));
    }

    private static HeldMessage headers(String name, String value) {
        return with("{\"a\":1}", Map.of(name, value));
    }

    private static HeldMessage with(String meta, Map<String, String> headers) {
        var one = message();
        return new HeldMessage(
                one.body(), one.argumentsFrom(), one.argumentsTo(), meta.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static CallSummary call(String grant, String server, String tool) {
        var call = FIXED.call();
        return new CallSummary(
                call.id(),
                server,
                tool,
                grant,
                call.owner(),
                call.rule(),
                call.policy(),
                call.risk(),
                call.category(),
                call.arguments());
    }

    @Test
    void aHeaderThatIsNoParameterDoesNotCount() {
        var one = message();
        var other = new HeldMessage(
                one.body(),
                one.argumentsFrom(),
                one.argumentsTo(),
                one.meta(),
                Map.of("mcp-param-region", "eu", "accept", "text/html"));
        assertThat(of(other, "def", "terms", "flow:1")).isEqualTo(of(one, "def", "terms", "flow:1"));
    }

    @Test
    void aLetterThatMovesFromOneFieldToTheNextMakesItAnother() {
        assertThat(of(message(), "defx", "terms", "flow:1")).isNotEqualTo(of(message(), "def", "xterms", "flow:1"));
    }

    @Test
    void aStoredMessageIsReadBackAsItWas() {
        var read = HeldMessages.decoded(HeldMessages.encoded(message()));
        assertThat(read).usingRecursiveComparison().isEqualTo(message());
    }

    private static String of(HeldMessage message, String definition, String terms, String flow) {
        return of(FIXED.call(), message, definition, terms, flow);
    }

    private static String of(CallSummary call, HeldMessage message, String definition, String terms, String flow) {
        return Digest.of(call, message, definition, terms, flow, NONCE);
    }
}
