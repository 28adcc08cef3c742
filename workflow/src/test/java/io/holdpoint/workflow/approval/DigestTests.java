package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.message;
import static io.holdpoint.workflow.approval.ApprovalRoom.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestTests {

    private static final byte[] NONCE = new byte[Digest.NONCE_BYTES];

    @Test
    void itIsTheSameForTheSame() {
        assertThat(of(message(), "def", "terms", "flow:1")).isEqualTo(of(message(), "def", "terms", "flow:1"));
    }

    @Test
    void anotherArgumentMakesItAnother() {
        assertThat(of(message(text -> text.replace("200", "201")), "def", "terms", "flow:1"))
                .isNotEqualTo(of(message(), "def", "terms", "flow:1"));
    }

    @Test
    void anotherParameterHeaderMakesItAnother() {
        var one = message();
        var other = new HeldMessage(
                one.body(), one.argumentsFrom(), one.argumentsTo(), one.meta(), Map.of("mcp-param-region", "us"));
        assertThat(of(other, "def", "terms", "flow:1")).isNotEqualTo(of(one, "def", "terms", "flow:1"));
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
        return Digest.of(FIXED.call(), message, definition, terms, flow, NONCE);
    }

    private static final ApprovalRequest FIXED = request();
}
