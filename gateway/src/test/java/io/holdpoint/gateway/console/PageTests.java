package io.holdpoint.gateway.console;

import static io.holdpoint.gateway.console.Samples.ADMIN;
import static io.holdpoint.gateway.console.Samples.ANA;
import static io.holdpoint.gateway.console.Samples.AUDITOR;
import static io.holdpoint.gateway.console.Samples.BO;
import static io.holdpoint.gateway.console.Samples.DIGEST;
import static io.holdpoint.gateway.console.Samples.ID;
import static io.holdpoint.gateway.console.Samples.OPERATOR;
import static io.holdpoint.gateway.console.Samples.OTHER_ID;
import static io.holdpoint.gateway.console.Samples.OWNER;
import static io.holdpoint.gateway.console.Samples.anApproval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;

import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalPage;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Review.Verdict;
import io.holdpoint.workflow.approval.ReviewRefused;
import io.holdpoint.workflow.approval.ReviewSubmission;
import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.audit.AuditPage;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.Person;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTests extends ConsoleTestCase {

    private static final String CARD = "/approvals/" + ID;
    private static final String HIDING = "{\"apiKey\":\"•••• (32 characters)\"}";

    @Test
    void theInboxShowsWhatToDecideByAndWhatIsOver() {
        pending(anApproval().build());
        assertThat(page(ANA, "/"))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "Waiting for you",
                        "start_dicom_export_job",
                        "imaging",
                        "High",
                        "radiology-agent",
                        "Olga Owner",
                        "5 min ago",
                        "in 55 min",
                        CARD);
    }

    @Test
    void theInboxLooksAgainByItself() {
        assertThat(page(ANA, "/")).bodyText().contains("http-equiv=\"refresh\"");
    }

    @Test
    void aCardDoesNotReloadUnderAReadersHands() {
        stored(anApproval().build());
        assertThat(page(ANA, CARD)).bodyText().doesNotContain("http-equiv");
    }

    @Test
    void whatExpiresFirstStandsFirst() {
        var late = anApproval().build();
        var soon =
                anApproval().id(OTHER_ID).expiresAfter(Duration.ofMinutes(10)).build();
        pending(late, soon);
        assertThat(page(ANA, "/")).bodyText().containsSubsequence(OTHER_ID.value(), ID.value());
    }

    @Test
    void whatIsDecidedStandsBelowWithItsOutcome() {
        given(approvals.list(argThat(query -> query != null && query.state().isEmpty())))
                .willReturn(new ApprovalPage(
                        List.of(anApproval()
                                .decided(ApprovalState.REJECTED, BO, "no")
                                .build()),
                        Optional.of("more")));
        assertThat(page(ANA, "/")).bodyText().contains("state-rejected", "/?cursor=more");
    }

    @Test
    void anAuditorSeesWhatWaitsForOthers() {
        pending(anApproval().build());
        assertThat(page(AUDITOR, "/")).bodyText().contains("Waiting for others", "Nothing waits for you");
    }

    @Test
    void somebodyWithoutARoleHereIsToldWhy() {
        assertThat(page(ADMIN, "/")).hasStatusOk().bodyText().contains("neither a reviewer nor an auditor");
    }

    @Test
    void theCardShowsEverythingToDecideBy() {
        stored(anApproval().build());
        assertThat(page(ANA, CARD))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "radiology-agent",
                        "Olga Owner",
                        "imaging",
                        "High risk",
                        "&quot;study&quot;: &quot;1.2.840&quot;,\n  &quot;includePhi&quot;: true",
                        "Exports leave the hospital.",
                        "(unverified)",
                        "Exporting two studies for the Q4 review.",
                        "/tools/start_dicom_export_job/require_approval",
                        "9f2c41d09f2c",
                        "bbbbbbbbbbbb",
                        "single-approver, version 3",
                        "Bo Lind",
                        "It expires in 55 min.");
    }

    @Test
    void theDecisionSendsTheDigestThatWasShown() {
        stored(anApproval().build());
        assertThat(page(ANA, CARD)).bodyText().contains("name=\"digest\" value=\"" + DIGEST + "\"");
    }

    @Test
    void hiddenValuesAreSaidToBeHidden() {
        stored(anApproval().arguments(HIDING).build());
        assertThat(page(ANA, CARD)).bodyText().contains("Values shown as •••• are hidden here");
    }

    @Test
    void aReviewerWhoAsksSeesHiddenValuesOnce() {
        stored(anApproval().arguments(HIDING).build());
        given(approvals.reveal(ID, Actor.person(ANA.id(), "console", Assurance.LOGIN)))
                .willReturn(Optional.of("{\"apiKey\":\"s3cret<\"}".getBytes(StandardCharsets.UTF_8)));
        assertThat(submit(ANA, CARD + "/reveal")).hasStatusOk().bodyText().contains("s3cret&lt;");
        assertThat(page(ANA, CARD))
                .bodyText()
                .contains("Show the hidden values")
                .doesNotContain("s3cret");
    }

    @Test
    void whoIsNotAskedIsNotOfferedHiddenValues() {
        stored(anApproval().arguments(HIDING).build());
        assertThat(page(AUDITOR, CARD)).bodyText().doesNotContain("Show the hidden values");
    }

    @Test
    void aRefusalToShowHiddenValuesIsExplained() {
        stored(anApproval().arguments(HIDING).build());
        given(approvals.reveal(any(), any())).willThrow(new ReviewRefused.NotAReviewer("You are not among them."));
        assertThat(submit(ANA, CARD + "/reveal")).hasStatus(403).bodyText().contains("You are not among them.");
    }

    @Test
    void aCallWithoutArgumentsSaysSo() {
        stored(anApproval().arguments("").build());
        assertThat(page(ANA, CARD)).bodyText().contains("The call has no arguments.");
    }

    @Test
    void nothingOfALongCallIsCutOff() {
        stored(anApproval()
                .arguments("{\"text\":\"" + "x".repeat(300_000) + "end\"}")
                .build());
        assertThat(page(ANA, CARD)).bodyText().contains("x".repeat(300_000) + "end");
    }

    @Test
    void theTimelineComesFromTheLog() {
        stored(anApproval().build());
        given(log.read(any()))
                .willReturn(new AuditPage(
                        List.of("{\"time\":\"2026-11-20T12:00:00.000001Z\",\"type\":\"call.held\",\"outcome\":\"held\","
                                + "\"actor\":{\"kind\":\"person\",\"id\":\"bo\"}}"),
                        Optional.empty()));
        assertThat(page(ANA, CARD)).bodyText().contains("call.held", "20 Nov 2026, 12:00:00 UTC", "Bo Lind");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ana  | true
            bo   | true
            ada  | false
            omar | false
            olga | false
            """)
    void onlyThoseAskedGetButtons(String who, boolean buttons) {
        stored(anApproval().build());
        assertThat(hasApprove(Samples.named(who))).isEqualTo(buttons);
    }

    @Test
    void anOwnerWhoIsAskedIsToldWhyTheyCannotDecide() {
        stored(anApproval().asking(OWNER, BO).build());
        assertThat(page(OWNER, CARD)).bodyText().contains("You own the grant").doesNotContain("Approve this call");
    }

    @Test
    void anOwnerDecidesWhereTheRuleSaysSo() {
        stored(anApproval().asking(OWNER, BO).allowOwner().build());
        assertThat(hasApprove(OWNER)).isTrue();
    }

    @Test
    void someoneWhoDecidedGetsNoSecondVote() {
        stored(anApproval().reviewed(ANA, Verdict.APPROVE, "ok").build());
        assertThat(page(ANA, CARD)).bodyText().contains("You have decided").doesNotContain("Approve this call");
    }

    @Test
    void whoIsNotSureEnoughToApproveMayStillReject() {
        stored(anApproval().minAssurance(Assurance.LOGIN_FRESH).build());
        assertThat(page(ANA, CARD))
                .bodyText()
                .contains("needs more than this sign-in (login+fresh)", CARD + "/reject")
                .doesNotContain("Approve this call");
    }

    @Test
    void anExpiredCardHasNoButtons() {
        stored(anApproval().build());
        clock.advance(Duration.ofHours(1));
        assertThat(page(ANA, CARD))
                .bodyText()
                .contains("Nobody decided in time")
                .doesNotContain("Approve this call");
    }

    @ParameterizedTest
    @EnumSource(value = ApprovalState.class, names = "PENDING", mode = EnumSource.Mode.EXCLUDE)
    void aDecidedCardHasNoButtons(ApprovalState state) {
        stored(anApproval().decided(state, BO, "Wrong target").build());
        assertThat(page(ANA, CARD)).hasStatusOk().bodyText().doesNotContain("Approve this call", CARD + "/reject");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REJECTED  | Rejected by Bo Lind, 20 Nov 2026, 12:01:30 UTC (3 min ago)
            CANCELLED | Cancelled by Bo Lind
            APPROVED  | It has not run yet.
            RUNNING   | It was sent to the server and is running.
            SUCCEEDED | It ran once, and the server reported success.
            FAILED    | the server reported an error
            UNKNOWN   | whether the server acted is unknown
            EXPIRED   | Time ran out.
            VOIDED    | Something it was bound to changed.
            """)
    void theCardSaysWhatCameOfIt(ApprovalState state, String words) {
        stored(anApproval().decided(state, BO, "Wrong target").build());
        assertThat(page(ANA, CARD)).bodyText().contains(words);
    }

    @Test
    void approvingHandsOnTheDigestAndTheReason() {
        deciding(ApprovalState.APPROVED);
        assertThat(submit(BO, CARD + "/approve", "digest", DIGEST, "reason", " checked "))
                .hasRedirectedUrl(CARD);
        then(approvals).should().review(ID, submission(Verdict.APPROVE, Optional.of("checked")));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Not now,      '',             Not now
            Wrong target, 'not that one', Wrong target: not that one
            Too broad,    ' ',            Too broad
            Other,        'my own words', my own words
            '',           'my own words', my own words
            Other,        '',
            """)
    void aRejectionCarriesThePresetAndTheWords(String preset, String words, String reason) {
        deciding(ApprovalState.REJECTED);
        submit(BO, CARD + "/reject", "digest", DIGEST, "preset", preset, "reason", words);
        then(approvals).should().review(ID, submission(Verdict.REJECT, Optional.ofNullable(reason)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve", "reject"})
    void aDecisionWithoutTheDigestIsRefused(String action) {
        stored(anApproval().build());
        assertThat(submit(BO, CARD + "/" + action)).hasStatus(400);
        assertThat(submit(BO, CARD + "/" + action, "digest", " ")).hasStatus(400);
        then(approvals).should(never()).review(any(), any());
    }

    @Test
    void theLoserOfARaceIsToldWhereTheyClicked() {
        var decided =
                anApproval().decided(ApprovalState.REJECTED, ANA, "Not now").build();
        given(approvals.find(ID)).willReturn(Optional.of(anApproval().build()), Optional.of(decided));
        given(approvals.review(any(), any()))
                .willThrow(new ReviewRefused.AlreadyResolved("Ana Diaz rejected it at 12:01 UTC.", decided));
        assertThat(submit(BO, CARD + "/approve", "digest", DIGEST))
                .hasStatus(409)
                .bodyText()
                .contains("Already decided", "Ana Diaz rejected it at 12:01 UTC.", "Rejected by Ana Diaz")
                .doesNotContain("Approve this call");
    }

    @Test
    void aCallThatChangedIsShownAsItIsNow() {
        stored(anApproval().build());
        given(approvals.review(any(), any())).willThrow(new ReviewRefused.OtherDigest("The arguments were edited."));
        assertThat(submit(BO, CARD + "/approve", "digest", "0".repeat(64)))
                .hasStatus(409)
                .bodyText()
                .contains("The call has changed", "Read it again", "Approve this call");
    }

    @Test
    void aMissingReasonIsAskedForOnTheCard() {
        stored(anApproval().reasonRequired().build());
        given(approvals.review(any(), any())).willThrow(new ReviewRefused.ReasonMissing("The rule wants a reason."));
        assertThat(submit(BO, CARD + "/approve", "digest", DIGEST))
                .hasStatus(422)
                .bodyText()
                .contains("The rule wants a reason.");
    }

    @Test
    void anOperatorCancelsOnTheCard() {
        stored(anApproval().build());
        assertThat(page(OPERATOR, CARD)).bodyText().contains("Cancel it as an operator");
        assertThat(submit(OPERATOR, CARD + "/cancel", "reason", "maintenance")).hasRedirectedUrl(CARD);
        then(approvals).should().cancel(ID, Actor.person(OPERATOR.id(), "console", Assurance.LOGIN), "maintenance");
    }

    @Test
    void aReviewerHasNothingToCancelWith() {
        stored(anApproval().build());
        assertThat(page(BO, CARD)).bodyText().doesNotContain("Cancel it");
        assertThat(submit(BO, CARD + "/cancel")).hasStatus(403);
    }

    @Test
    void anUnknownExecutionIsSettledOnTheCard() {
        stored(anApproval().state(ApprovalState.UNKNOWN).build());
        assertThat(page(BO, CARD)).bodyText().contains("Did it happen?");
        submit(BO, CARD + "/settle", "happened", "true", "note", "the job is there");
        then(approvals)
                .should()
                .settle(ID, Actor.person(BO.id(), "console", Assurance.LOGIN), true, "the job is there");
    }

    @Test
    void theLogIsATableForAuditors() {
        given(log.read(any()))
                .willReturn(new AuditPage(
                        List.of("{\"time\":\"2026-11-20T12:00:00.000001Z\",\"type\":\"call.denied\",\"subject\":\"" + ID
                                + "\",\"tool\":\"delete_study\",\"actor\":{\"kind\":\"agent\",\"id\":\"robot\"}}"),
                        Optional.of("17")));
        assertThat(page(AUDITOR, "/audit?server=a%26b"))
                .hasStatusOk()
                .bodyText()
                .contains("call.denied", "delete_study", "robot", CARD, "value=\"a&amp;b\"")
                .contains("/audit?server=a%26b&amp;cursor=17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana", "omar", "alex", "nel"})
    void theLogIsNobodyElses(String who) {
        assertThat(page(Samples.named(who), "/audit")).hasStatus(404);
    }

    @Test
    void anEntryThatIsNoJsonIsStillShown() {
        given(log.read(any())).willReturn(new AuditPage(List.of("{\"time\":7,oops"), Optional.empty()));
        assertThat(page(AUDITOR, "/audit")).hasStatusOk().bodyText().contains("oops");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "'+alert(1)+'",
                "${7*191}",
                "[[${7*191}]]",
                "__${7*191}__",
                "\u202egnp.exe\u200b",
                "</pre></main><h1>Approved</h1>"
            })
    void hostileTextIsTextInEveryField(String hostile) {
        var approval = anApproval()
                .everywhere(hostile)
                .decided(ApprovalState.FAILED, BO, hostile)
                .build();
        stored(approval);
        given(approvals.list(any())).willReturn(new ApprovalPage(List.of(approval), Optional.of(hostile)));
        given(log.read(any())).willReturn(new AuditPage(List.of(entryOf(hostile)), Optional.of(hostile)));
        for (var address : List.of("/", CARD, "/audit")) {
            assertThat(page(AUDITOR, address))
                    .hasStatusOk()
                    .bodyText()
                    .doesNotContain("<script", "<img src=x", "1337", "\u202e", "\u200b", "<h1>Approved</h1>");
        }
    }

    @Test
    void aHostilePendingCardIsTextToo() {
        stored(anApproval().everywhere("<b onclick=x>\u2066").build());
        assertThat(page(ANA, CARD))
                .bodyText()
                .doesNotContain("<b onclick", "\u2066")
                .contains("U+2066");
    }

    @Test
    void aHostileRefusalIsTextToo() {
        stored(anApproval().build());
        given(approvals.review(any(), any())).willThrow(new ReviewRefused.NotAReviewer("<script>\u202e"));
        assertThat(submit(BO, CARD + "/approve", "digest", DIGEST))
                .hasStatus(403)
                .bodyText()
                .doesNotContain("<script", "\u202e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/approvals/apr_0123456789abcdefghjkmnpqrs",
                "/audit",
                "/signed-out",
                "/sign-in/used",
                "/nothing"
            })
    void everyPageSaysThatOwnersApproveTheirOwnCallsWhileTheyDo(String address) {
        stored(anApproval().build());
        assertThat(page(AUDITOR, address)).bodyText().contains("Holdpoint").doesNotContain("approvals.allow-owner");
        alone.is(true);
        assertThat(page(AUDITOR, address)).bodyText().contains("approvals.allow-owner", "each audit entry says so");
    }

    @Test
    void aPageThatDoesNotExistSaysSoInTheSameLook() {
        assertThat(page(ANA, "/nothing"))
                .hasStatus(404)
                .bodyText()
                .contains("Nothing here", "console.css")
                .doesNotContain("Whitelabel");
    }

    @Test
    void whatBreaksShowsNoInsides() {
        given(approvals.find(ID)).willThrow(new IllegalStateException("jdbc:h2:secret"));
        assertThat(page(ANA, CARD))
                .hasStatus(500)
                .bodyText()
                .contains("Something went wrong here")
                .doesNotContain("jdbc", "IllegalState", "\tat ");
    }

    private static String entryOf(String hostile) {
        var text = Json.write(hostile);
        return ("{\"time\":%1$s,\"type\":%1$s,\"subject\":%1$s,\"server\":%1$s,\"tool\":%1$s,"
                        + "\"grant\":%1$s,\"outcome\":%1$s,\"actor\":{\"kind\":\"agent\",\"id\":%1$s},\"data\":{\"why\":%1$s}}")
                .formatted(text);
    }

    private boolean hasApprove(Person person) {
        return new String(page(person, CARD).getResponse().getContentAsByteArray(), StandardCharsets.UTF_8)
                .contains("Approve this call");
    }

    private void pending(Approval... waiting) {
        given(approvals.list(argThat(query -> query != null
                        && query.state().filter(ApprovalState.PENDING::equals).isPresent())))
                .willReturn(new ApprovalPage(List.of(waiting), Optional.empty()));
    }

    private void deciding(ApprovalState outcome) {
        stored(anApproval().build());
        given(approvals.review(any(), any()))
                .willReturn(anApproval().state(outcome).build());
    }

    private static ReviewSubmission submission(Verdict verdict, Optional<String> reason) {
        return new ReviewSubmission(BO.id(), verdict, reason, Optional.of(DIGEST), "console", Assurance.LOGIN);
    }
}
