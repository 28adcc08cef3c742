package io.holdpoint.gateway.console;

import static io.holdpoint.gateway.console.Samples.ANA;
import static io.holdpoint.gateway.console.Samples.BO;
import static io.holdpoint.gateway.console.Samples.ID;
import static io.holdpoint.gateway.console.Samples.OPERATOR;
import static io.holdpoint.gateway.console.Samples.OTHER_ID;
import static io.holdpoint.gateway.console.Samples.STRANGER;
import static io.holdpoint.gateway.console.Samples.anApproval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.BDDMockito.given;

import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalPage;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.FlowPosition;
import io.holdpoint.workflow.approval.ReviewRefused;
import io.holdpoint.workflow.approval.SentAlong;
import io.holdpoint.workflow.approval.Settlement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What card and API say besides the approval: where its flow waits, equal calls, settlements, deleted arguments. */
class SurroundingsTests extends ConsoleTestCase {

    private static final String CARD = "/approvals/" + ID;
    private static final String ONE = "/api/approvals/" + ID;
    private static final String LINK = "href=\"/approvals/" + OTHER_ID + "\"";

    @Test
    void theCardTellsWhereTheFlowWaits() {
        stored(anApproval().build());
        given(approvals.flowPosition(ID)).willReturn(List.of(new FlowPosition("lead", "Review by the lead"), second()));
        assertThat(page(ANA, CARD)).bodyText().contains("Waits at:", "Review by the lead, security");
    }

    @Test
    void theApiTellsWhereTheFlowWaits() {
        stored(anApproval().build());
        given(approvals.flowPosition(ID)).willReturn(List.of(new FlowPosition("lead", "Review by the lead"), second()));
        assertThat(get(ANA, ONE)).bodyText().contains("""
                "flowPosition":[{"element":"lead","name":"Review by the lead"},{"element":"security","name":"security"}]""");
    }

    @Test
    void aDecidedCardWaitsNowhere() {
        stored(anApproval().state(ApprovalState.REJECTED).build());
        assertThat(page(ANA, CARD)).bodyText().doesNotContain("Waits at");
        assertThat(get(ANA, ONE)).bodyText().contains("\"flowPosition\":[]");
    }

    @Test
    void theCardTellsWhenAnEqualCallRanAndHowItEnded() {
        ranBefore(equal().succeeded().build());
        assertThat(page(ANA, CARD))
                .bodyText()
                .contains(
                        "An equal call last ran", "20 Nov 2026, 12:02:00 UTC", "and the server reported success", LINK);
    }

    @Test
    void theApiTellsWhenAnEqualCallRanAndHowItEnded() {
        ranBefore(equal().succeeded().build());
        assertThat(get(ANA, ONE)).bodyText().contains("""
                "equalCalls":{"last":{"approval":"%s","state":"succeeded","startedAt":"2026-11-20T12:02:00Z",\
                "finishedAt":"2026-11-20T12:02:05Z"},"unsettled":[]}""".formatted(OTHER_ID));
    }

    @Test
    void whoMayNotOpenTheEqualOneGetsNoLinkToIt() {
        ranBefore(equal().asking(STRANGER).succeeded().build());
        assertThat(page(ANA, CARD))
                .bodyText()
                .contains("An equal call last ran")
                .doesNotContain(LINK);
    }

    @Test
    void theCardShowsWhatGoesAlongWithTheArguments() {
        sendsAlong("{\"tenant\":\"north\",\"api_key\":\"sesame\"}", Map.of("mcp-param-region", "eu"));
        assertThat(page(ANA, CARD))
                .bodyText()
                .contains("Sent along with them", "open=\"open\"", "tenant", "north", "mcp-param-region", "••••")
                .doesNotContain("sesame");
    }

    @Test
    void whatEveryClientSendsAlongIsFoldedUp() {
        sendsAlong("{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}", Map.of());
        assertThat(page(ANA, CARD))
                .bodyText()
                .contains("Sent along with them", "2026-07-28")
                .doesNotContain("open=\"open\"");
    }

    @Test
    void whereNothingGoesAlongTheCardSaysNothing() {
        sendsAlong("", Map.of());
        assertThat(page(ANA, CARD)).bodyText().doesNotContain("Sent along");
    }

    @Test
    void theApiShowsWhatGoesAlongWithTheArguments() {
        sendsAlong("{\"tenant\":\"north\"}", Map.of());
        assertThat(get(ANA, ONE)).bodyText().contains("\"sentAlong\":{\"_meta\":{\"tenant\":\"north\"}}");
    }

    private void sendsAlong(String meta, Map<String, String> params) {
        stored(anApproval().build());
        given(approvals.sentAlong(ID))
                .willReturn(Optional.of(new SentAlong(meta.getBytes(StandardCharsets.UTF_8), params)));
    }

    @Test
    void whoMayNotOpenTheEqualOneIsNotToldItsIdByTheApi() {
        ranBefore(equal().asking(STRANGER).succeeded().build());
        assertThat(get(ANA, ONE))
                .bodyText()
                .contains("\"last\":{\"state\":\"succeeded\"")
                .doesNotContain(OTHER_ID.value());
    }

    @Test
    void theCardWarnsOfAnEqualCallThatMayHaveHappened() {
        stored(anApproval().build());
        given(approvals.unsettledEquals(ID))
                .willReturn(List.of(equal().unknown().build()));
        assertThat(page(ANA, CARD))
                .bodyText()
                .contains("role=\"alert\"", "20 Nov 2026, 12:02:00 UTC", LINK)
                .contains("may already have happened; nobody has settled it yet.");
    }

    @Test
    void theApiWarnsOfAnEqualCallThatMayHaveHappened() {
        stored(anApproval().build());
        given(approvals.unsettledEquals(ID))
                .willReturn(List.of(equal().unknown().build()));
        assertThat(get(ANA, ONE)).bodyText().contains("""
                "equalCalls":{"last":null,"unsettled":[{"approval":"%s","state":"unknown",""".formatted(OTHER_ID));
    }

    @Test
    void withoutEqualCallsThereIsNoWarning() {
        stored(anApproval().build());
        assertThat(page(ANA, CARD)).bodyText().doesNotContain("equal call", "role=\"alert\"");
    }

    @Test
    void aSettledEqualCallSaysWhatWasFound() {
        ranBefore(equal().settled(BO, true, "the job is there").build());
        assertThat(page(ANA, CARD)).bodyText().contains("and it happened, as somebody found out");
        assertThat(get(ANA, ONE)).bodyText().contains("\"happened\":true").doesNotContain("the job is there");
    }

    @Test
    void aSettledCardSaysWhoFoundWhatWhenAndHow() {
        stored(anApproval().settled(BO, false, "no job on the server").build());
        assertThat(page(ANA, CARD))
                .bodyText()
                .contains("Settled by", "Bo Lind", "20 Nov 2026, 12:04:00 UTC", "It did not happen.")
                .contains("no job on the server", "the server did not act.");
    }

    @Test
    void aSettledCardHasNoFormToSettleAgain() {
        stored(anApproval().settled(BO, true, "seen").build());
        assertThat(page(OPERATOR, CARD)).bodyText().doesNotContain("Did it happen?");
    }

    @Test
    void theApiTellsASettlement() {
        stored(anApproval().settled(BO, true, "seen").build());
        assertThat(get(ANA, ONE)).bodyText().contains("""
                "error":null,"settlement":{"by":"bo","at":"2026-11-20T12:04:00Z","happened":true,"note":"seen"}}""");
    }

    @Test
    void whoSettlesASecondTimeIsToldWhoDidBefore() {
        stored(anApproval().settled(BO, true, "seen").build());
        var settlement = new Settlement(BO.id(), Samples.NOON, true, "seen");
        given(approvals.settle(any(), any(), anyBoolean(), any()))
                .willThrow(new ReviewRefused.AlreadySettled("Bo Lind settled this at 12:00:00 UTC.", settlement));
        assertThat(post(ANA, ONE + "/settle", "{\"happened\":false,\"note\":\"n\"}"))
                .hasStatus(409)
                .bodyText()
                .contains("urn:holdpoint:problem:already-settled", "Bo Lind settled this", "\"by\":\"bo\"");
        assertThat(submit(ANA, CARD + "/settle", "happened", "false", "note", "n"))
                .hasStatus(409)
                .bodyText()
                .contains("Bo Lind settled this at 12:00:00 UTC.");
    }

    @Test
    void deletedArgumentsAreSaidToBeDeletedAndUntilWhenTheyWereKept() {
        stored(anApproval().state(ApprovalState.REJECTED).argumentsDeleted().build());
        assertThat(page(ANA, CARD))
                .bodyText()
                .contains("The arguments were deleted; they were kept until", "20 Nov 2026, 12:03:20 UTC")
                .doesNotContain("The call has no arguments.");
    }

    @Test
    void theApiTellsOfDeletedArguments() {
        stored(anApproval().state(ApprovalState.REJECTED).argumentsDeleted().build());
        assertThat(get(ANA, ONE))
                .bodyText()
                .contains("\"arguments\":null", "\"execution\":null,\"argumentsDeletedAt\":\"2026-11-20T12:03:20Z\"");
    }

    @Test
    void theInboxTellsOfDeletedArguments() {
        var approval =
                anApproval().state(ApprovalState.REJECTED).argumentsDeleted().build();
        given(approvals.list(any())).willReturn(new ApprovalPage(List.of(approval), Optional.empty()));
        assertThat(page(ANA, "/")).bodyText().contains("(arguments deleted)");
    }

    @Test
    void hostileTextIsTextHereToo() {
        var hostile = "<script>\u202e";
        stored(anApproval().settled(BO, true, hostile).build());
        given(approvals.flowPosition(ID)).willReturn(List.of(new FlowPosition("lead", hostile)));
        assertThat(page(ANA, CARD)).hasStatusOk().bodyText().doesNotContain("<script", "\u202e");
    }

    private void ranBefore(Approval equal) {
        stored(anApproval().build());
        given(approvals.equalThatRan(ID)).willReturn(Optional.of(equal));
    }

    private static Samples.Sample equal() {
        return anApproval().id(OTHER_ID);
    }

    private static FlowPosition second() {
        return new FlowPosition("security", "security");
    }
}
