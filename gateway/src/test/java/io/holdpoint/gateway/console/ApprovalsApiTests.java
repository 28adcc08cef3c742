package io.holdpoint.gateway.console;

import static io.holdpoint.gateway.console.Samples.ANA;
import static io.holdpoint.gateway.console.Samples.AUDITOR;
import static io.holdpoint.gateway.console.Samples.BO;
import static io.holdpoint.gateway.console.Samples.DIGEST;
import static io.holdpoint.gateway.console.Samples.ID;
import static io.holdpoint.gateway.console.Samples.NOON;
import static io.holdpoint.gateway.console.Samples.OPERATOR;
import static io.holdpoint.gateway.console.Samples.OTHER_ID;
import static io.holdpoint.gateway.console.Samples.anApproval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;

import io.holdpoint.workflow.approval.ApprovalPage;
import io.holdpoint.workflow.approval.ApprovalQuery;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Review.Verdict;
import io.holdpoint.workflow.approval.ReviewRefused;
import io.holdpoint.workflow.approval.ReviewSubmission;
import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.audit.AuditPage;
import io.holdpoint.workflow.people.Assurance;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalsApiTests extends ConsoleTestCase {

    private static final String ONE = "/api/approvals/" + ID;
    private static final String REVIEWS = ONE + "/reviews";

    @Test
    void anApprovalHasTheFieldsOfTheSpecificationInTheirOrder() {
        given(approvals.list(any()))
                .willReturn(new ApprovalPage(List.of(anApproval().build()), Optional.of("older")));
        assertThat(get(ANA, "/api/approvals")).hasStatusOk().bodyText().isEqualTo("""
                {"items":[{"id":"%s","state":"pending","server":"imaging","tool":"start_dicom_export_job",\
                "grant":"radiology-agent","owner":"olga","arguments":{"study":"1.2.840","includePhi":true},\
                "digest":"%s","rule":"/tools/start_dicom_export_job/require_approval",\
                "reason":"Exports leave the hospital.","risk":"High","category":"Export","flow":"single-approver",\
                "flowVersion":3,"reviewers":["ana","bo"],"requestedAt":"2026-11-20T12:00:00Z",\
                "expiresAt":"2026-11-20T13:00:00Z","decidedAt":null,"reviews":[],"execution":null}],\
                "nextCursor":"older"}""".formatted(ID, DIGEST));
    }

    @Test
    void reviewsAndExecutionCarryTheirFields() {
        stored(anApproval()
                .state(ApprovalState.FAILED)
                .reviewed(BO, Verdict.APPROVE, "fine")
                .failed("disk full")
                .build());
        assertThat(get(ANA, ONE)).bodyText().contains("""
                "decidedAt":"2026-11-20T12:01:30Z","reviews":[{"reviewer":"bo","verdict":"approve","reason":"fine",\
                "channel":"console","assurance":"login","at":"2026-11-20T12:01:00Z"}],\
                "execution":{"state":"failed","startedAt":"2026-11-20T12:02:00Z",\
                "finishedAt":"2026-11-20T12:02:05Z","error":"disk full"}""");
    }

    @Test
    void argumentsAreShownAsTheyWereWritten() {
        stored(anApproval()
                .arguments("{\"a\":1.0,\"b\":1e400,\"c\":\"\\u202e\"}")
                .build());
        assertThat(get(ANA, ONE)).bodyText().contains("\"arguments\":{\"a\":1.0,\"b\":1e400,\"c\":\"\\u202e\"},");
    }

    @Test
    void argumentsThatAreNoJsonDoNotBreakTheAnswer() {
        stored(anApproval().arguments("{\"a\":1},\"state\":\"approved\"").build());
        assertThat(get(ANA, ONE)).bodyJson().extractingPath("$.state").isEqualTo("pending");
    }

    @Test
    void oneApprovalComesWithItsAuditEntriesOldestFirst() {
        stored(anApproval().build());
        given(log.read(any()))
                .willReturn(new AuditPage(List.of("{\"type\":\"second\"}", "{\"type\":\"first\"}"), Optional.empty()));
        assertThat(get(ANA, ONE)).bodyText().endsWith("\"auditEntries\":[{\"type\":\"first\"},{\"type\":\"second\"}]}");
    }

    @Test
    void theFiltersReachTheQuery() {
        get(AUDITOR, "/api/approvals?state=rejected&server=s&tool=t&grant=g&mine=true&limit=500&cursor=c");
        then(approvals)
                .should()
                .list(new ApprovalQuery(
                        Optional.of(ApprovalState.REJECTED),
                        Optional.of("s"),
                        Optional.of("t"),
                        Optional.of("g"),
                        Optional.of(AUDITOR.id()),
                        500,
                        Optional.of("c")));
    }

    @Test
    void aReviewerIsListedOnlyWhatTheyAreAsked() {
        get(BO, "/api/approvals?mine=false");
        then(approvals)
                .should()
                .list(new ApprovalQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(BO.id()),
                        50,
                        Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=501",
                "limit=many",
                "state=PENDING",
                "state=open",
                "mine=yes",
                "stat=pending",
                "state=pending&state=rejected"
            })
    void aQueryThatIsNotUnderstoodIsRefusedAndNotWidened(String query) {
        assertThat(get(AUDITOR, "/api/approvals?" + query)).hasStatus(400).hasContentType("application/problem+json");
        then(approvals).should(never()).list(any());
    }

    @Test
    void anotherListsCursorIsRefused() {
        given(approvals.list(any())).willThrow(new IllegalArgumentException("not one of this list's"));
        assertThat(get(AUDITOR, "/api/approvals?cursor=zzz"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:holdpoint:problem:bad-parameter");
    }

    @Test
    void aReviewIsHandedOnWithItsChannelAndAssurance() {
        stored(anApproval().build());
        given(approvals.review(any(), any()))
                .willReturn(anApproval().state(ApprovalState.APPROVED).build());
        var body = "{\"verdict\":\"approve\",\"reason\":\"checked\",\"digest\":\"9f2c41d0\"}";
        assertThat(post(BO, REVIEWS, body))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("approved");
        then(approvals)
                .should()
                .review(
                        ID,
                        new ReviewSubmission(
                                BO.id(),
                                Verdict.APPROVE,
                                Optional.of("checked"),
                                Optional.of("9f2c41d0"),
                                "api",
                                Assurance.LOGIN));
    }

    @Test
    void aRejectionNeedsNoDigest() {
        stored(anApproval().build());
        given(approvals.review(any(), any()))
                .willReturn(anApproval().state(ApprovalState.REJECTED).build());
        assertThat(post(BO, REVIEWS, "{\"verdict\":\"reject\"}")).hasStatusOk();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                     | verdict is missing
            {"verdict":"yes"}                                      | verdict is "yes"; use approve or reject
            {"verdict":"Approve"}                                  | use approve or reject
            {"verdict":true}                                       | verdict is true or false; give a text
            {"verdict":"approve","reason":7}                       | reason is a number
            {"verdict":"approve","reason":null}                    | reason is null
            {"verdict":"approve","digest":"XYZ"}                   | digest is not 8 to 64
            {"verdict":"approve","comment":"x"}                    | "comment" is not known here; known are arguments, digest, reason, verdict
            {"verdict":"approve","arguments":{"a":1}}              | arguments cannot be changed yet
            ["approve"]                                            | the body is a list; send an object
            """)
    void aBodyWithAWrongMemberIsRefusedBeforeAnythingHappens(String body, String detail) {
        stored(anApproval().build());
        assertThat(post(BO, REVIEWS, body))
                .hasStatus(422)
                .hasContentType("application/problem+json")
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .contains(detail);
        then(approvals).should(never()).review(any(), any());
    }

    @Test
    void allFaultsOfABodyAreToldAtOnce() {
        stored(anApproval().build());
        assertThat(post(BO, REVIEWS, "{\"verdict\":1,\"reason\":2,\"x\":3}"))
                .bodyJson()
                .extractingPath("$.errors[*].pointer")
                .asArray()
                .contains("#/verdict", "#/reason", "#/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"verdict\":\"reject\",\"verdict\":\"approve\"}",
                "{\"verdict\":\"approve\"} {}",
                "{\"verdict\":\"approve\"",
                "{'verdict':'approve'}"
            })
    void aBodyThatIsReadTwoWaysIsRefused(String body) {
        stored(anApproval().build());
        assertThat(post(BO, REVIEWS, body)).hasStatus(400).hasContentType("application/problem+json");
        then(approvals).should(never()).review(any(), any());
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        stored(anApproval().build());
        var body = new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
        assertThat(mvc.post()
                        .uri(REVIEWS)
                        .header("Authorization", token(BO))
                        .contentType("application/json")
                        .content(body))
                .hasStatus(400);
    }

    @Test
    void aFormIsNoJson() {
        stored(anApproval().build());
        assertThat(mvc.post()
                        .uri(REVIEWS)
                        .header("Authorization", token(BO))
                        .contentType("text/plain")
                        .content("{\"verdict\":\"approve\"}"))
                .hasStatus(415);
    }

    @Test
    void aHugeBodyIsRefusedUnread() {
        stored(anApproval().build());
        assertThat(post(BO, REVIEWS, "{\"reason\":\"" + "x".repeat(70_000) + "\"}"))
                .hasStatus(413);
    }

    @Test
    void theLoserOfARaceLearnsWhoDecidedWhatAndWhen() {
        stored(anApproval().build());
        var decided =
                anApproval().decided(ApprovalState.REJECTED, ANA, "Not now").build();
        given(approvals.review(any(), any()))
                .willThrow(new ReviewRefused.AlreadyResolved("Ana Diaz rejected it at 12:01 UTC.", decided));
        assertThat(post(BO, REVIEWS, "{\"verdict\":\"approve\"}"))
                .hasStatus(409)
                .bodyText()
                .contains("\"type\":\"urn:holdpoint:problem:already-resolved\"")
                .contains("\"decision\":{\"state\":\"rejected\",\"decidedAt\":\"2026-11-20T12:01:30Z\","
                        + "\"decidedBy\":\"ana\",\"reason\":\"Not now\"}");
    }

    @Test
    void aPersonWhoIsNotAskedIsToldSo() {
        refusing(new ReviewRefused.NotAReviewer("Ada Audit is not asked."));
        assertThat(post(AUDITOR, REVIEWS, "{\"verdict\":\"approve\"}"))
                .hasStatus(403)
                .bodyText()
                .contains("Ada Audit is not asked.");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(new ReviewRefused.AlreadyReviewed("You gave your review."), 403, "already-reviewed"),
                arguments(new ReviewRefused.NotSureEnough("Approving needs slack."), 403, "not-sure-enough"),
                arguments(new ReviewRefused.NotASettler("Settling is for others."), 403, "not-a-settler"),
                arguments(new ReviewRefused.NobodyAsked("Nobody is asked now."), 409, "nobody-asked"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void eachFactThatRefusesAReviewHasItsOwnName(ReviewRefused refused, int status, String name) {
        refusing(refused);
        assertThat(post(BO, REVIEWS, "{\"verdict\":\"approve\"}"))
                .hasStatus(status)
                .bodyText()
                .contains("urn:holdpoint:problem:" + name + "\"");
    }

    @Test
    void aReviewAboutAnotherDigestIsRefused() {
        refusing(new ReviewRefused.OtherDigest("The arguments changed."));
        assertThat(post(BO, REVIEWS, "{\"verdict\":\"approve\"}"))
                .hasStatus(409)
                .bodyText()
                .contains("urn:holdpoint:problem:other-digest");
    }

    @Test
    void aLateReviewIsRefused() {
        refusing(new ReviewRefused.Expired("It expired at 13:00 UTC."));
        assertThat(post(BO, REVIEWS, "{\"verdict\":\"approve\"}")).hasStatus(410);
    }

    @Test
    void aMissingReasonIsAskedFor() {
        refusing(new ReviewRefused.ReasonMissing("The rule wants a reason."));
        assertThat(post(BO, REVIEWS, "{\"verdict\":\"approve\"}")).hasStatus(422);
    }

    private void refusing(ReviewRefused refused) {
        stored(anApproval().build());
        given(approvals.review(any(), any())).willThrow(refused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/approvals/nonsense",
                "/api/approvals/apr_0",
                "/api/approvals/apr_zzzzzzzzzzzzzzzzzzzzzzzzzz"
            })
    void anApprovalThatDoesNotExistIsNotFound(String address) {
        assertThat(get(AUDITOR, address)).hasStatus(404).hasContentType("application/problem+json");
    }

    @Test
    void anOperatorCancels() {
        stored(anApproval().build());
        given(approvals.cancel(any(), any(), any()))
                .willReturn(anApproval().state(ApprovalState.CANCELLED).build());
        assertThat(post(OPERATOR, ONE + "/cancel", "")).hasStatusOk();
        then(approvals)
                .should()
                .cancel(ID, Actor.person(OPERATOR.id(), "api", Assurance.LOGIN), "Cancelled by an operator.");
    }

    @Test
    void cancellingADecidedOneIsAConflict() {
        stored(anApproval().build());
        given(approvals.cancel(any(), any(), any()))
                .willThrow(new ReviewRefused.AlreadyResolved(
                        "It is running.",
                        anApproval().state(ApprovalState.RUNNING).build()));
        assertThat(post(OPERATOR, ONE + "/cancel", "{\"reason\":\"wrong\"}"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.decision.state")
                .isEqualTo("running");
    }

    @Test
    void anUnknownExecutionIsSettledByOneWhoWasAsked() {
        stored(anApproval().state(ApprovalState.UNKNOWN).build());
        given(approvals.settle(any(), any(), eq(false), any()))
                .willReturn(anApproval().state(ApprovalState.UNKNOWN).build());
        assertThat(post(BO, ONE + "/settle", "{\"happened\":false,\"note\":\"no job on the server\"}"))
                .hasStatusOk();
        then(approvals)
                .should()
                .settle(ID, Actor.person(BO.id(), "api", Assurance.LOGIN), false, "no job on the server");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"happened\":\"yes\",\"note\":\"n\"}",
                "{\"happened\":true}",
                "{\"happened\":true,\"note\":\" \"}",
                "{\"happened\":true,\"note\":\"n\",\"x\":1}"
            })
    void aSettlementHasToSayWhatAndHow(String body) {
        stored(anApproval().state(ApprovalState.UNKNOWN).build());
        assertThat(post(BO, ONE + "/settle", body)).hasStatus(422);
    }

    @Test
    void whatAnotherRoomBreaksOnIsAPlainProblem() {
        given(approvals.find(OTHER_ID)).willThrow(new IllegalStateException("select * from secret"));
        assertThat(get(AUDITOR, "/api/approvals/" + OTHER_ID))
                .hasStatus(500)
                .bodyText()
                .doesNotContain("select")
                .contains("urn:holdpoint:problem:failed");
    }

    @Test
    void aMethodTheApiDoesNotKnowIsAProblem() {
        assertThat(mvc.delete().uri(ONE).header("Authorization", token(OPERATOR)))
                .hasStatus(405)
                .hasContentType("application/problem+json");
    }

    @Test
    void timesAreUtc() {
        stored(anApproval().build());
        assertThat(get(ANA, ONE)).bodyJson().extractingPath("$.requestedAt").isEqualTo(NOON.toString());
    }
}
