package io.holdpoint.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.approval.ApprovalId;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WritingTests {

    private static final ApprovalId APPROVAL = new ApprovalId("apr_" + "a".repeat(26));

    @Test
    void aResultIsPutIntoItsEnvelopeAsItIs() {
        assertThat(Json.text(JsonRpc.result(Json.utf8("\"é\""), Json.utf8("{ \"n\": 1.50 }"))))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"é\",\"result\":{ \"n\": 1.50 }}");
    }

    @Test
    void anErrorHasDataOnlyWhereThereIsSome() {
        assertThat(Json.text(JsonRpc.error(Json.utf8("1"), -32601, "no \"x\"\n", "")))
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":\"no \\\"x\\\"\\n\"}}");
    }

    @Test
    void aRefusedMessageIsAnsweredWithItsCodeAndData() {
        var refused = new Unacceptable(400, -32022, "Unsupported", Json.utf8("null"), "{\"requested\":\"x\"}");
        assertThat(Json.text(JsonRpc.error(refused)))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32022,\"message\":\"Unsupported\","
                        + "\"data\":{\"requested\":\"x\"}}}");
    }

    @Test
    void progressNamesTheTokenAsItCame() {
        assertThat(Json.text(JsonRpc.progress(Json.utf8("\"t\""), 3, "Waiting for ana")))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
                        + "{\"progressToken\":\"t\",\"progress\":3,\"message\":\"Waiting for ana\"}}");
    }

    @Property
    void anyTextIsWrittenSoThatItReadsTheSame(@ForAll String text) {
        var json = new JsonBytes().text(text).toBytes();
        assertThat(Json.tree(json).stringValue()).isEqualTo(Json.text(Json.utf8(text)));
    }

    @Test
    void aRefusalIsAToolResultWithItsDecision() {
        var refusal = new Refusal(
                Refusal.Kind.LIMIT,
                "/tools/pay/limits/0",
                "pay: 10 a minute",
                Optional.of(Duration.ofMillis(1500)),
                Optional.of(APPROVAL));
        assertThat(Json.text(refusal.result(Revision.V2025_11_25)))
                .isEqualTo("{\"content\":[{\"type\":\"text\",\"text\":\"pay: 10 a minute. It may pass in 2 s. Do not"
                        + " repeat this call before that.\"}],\"isError\":true,"
                        + "\"_meta\":{\"io.holdpoint/decision\":{\"decision\":\"limit\",\"rule\":\"/tools/pay/limits/0\",\"message\":\"pay:"
                        + " 10 a minute\",\"retryAfterMs\":1500,\"approvalId\":\"" + APPROVAL
                        + "\"}}}");
    }

    @Test
    void aLimitThatWaitingDoesNotHelpHasNoTimeToWaitFor() {
        var refusal = Refusal.limit("/tools/pay/limits/0", "Ask for less.", Optional.empty());
        assertThat(Json.text(refusal.result(Revision.V2025_11_25)))
                .contains("Ask for less. Do not repeat this call unchanged;")
                .doesNotContain("retryAfterMs");
    }

    @Test
    void onlyAModernRefusalHasAResultType() {
        var refusal = Refusal.of(Refusal.Kind.DENY, "(default deny)", "No rule allows pay");
        assertThat(Json.tree(refusal.result(Revision.V2026_07_28))
                        .path("resultType")
                        .asString(""))
                .isEqualTo("complete");
        assertThat(Json.tree(refusal.result(Revision.V2025_11_25)).has("resultType"))
                .isFalse();
    }

    @Test
    void aPendingResultTellsTheModelHowToWait() {
        assertThat(Refusal.about(APPROVAL, Refusal.Kind.PENDING, "/tools/pay", "radiology-leads were asked")
                        .text())
                .isEqualTo("radiology-leads were asked. Its result is not there yet. To wait for it, call"
                        + " approval_await with approval_id \"" + APPROVAL + "\", or repeat the same call later.");
    }

    @Test
    void theAwaitToolIsDefinedForTheNameItHas() {
        assertThat(Json.tree(ApprovalAwait.definition()).get("name").stringValue())
                .isEqualTo(ApprovalAwait.NAME);
    }

    @Test
    void theAwaitToolAllowsTheLongestWait() {
        var wait = Json.tree(ApprovalAwait.definition()).at("/inputSchema/properties/wait_seconds/maximum");
        assertThat(wait.intValue()).isEqualTo(ApprovalAwait.LONGEST_WAIT_SECONDS);
    }
}
