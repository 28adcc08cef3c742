package io.holdpoint.gateway.console;

import static io.holdpoint.gateway.console.Samples.ANA;
import static io.holdpoint.gateway.console.Samples.BO;
import static io.holdpoint.gateway.console.Samples.ID;
import static io.holdpoint.gateway.console.Samples.OWNER;
import static io.holdpoint.gateway.console.Samples.anApproval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;

import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.ReviewRefused;
import io.holdpoint.workflow.people.People;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Who may do what (spec 05, Rights): Ana and Bo are asked, Olga owns the grant and is an operator and a reviewer. */
class ApprovalRightsTests extends ConsoleTestCase {

    private static final String ONE = "/api/approvals/" + ID;

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            # who,  read, list, review, cancel, settle, log, log of this approval
            ana,    200,  200,  200,    403,    200,    404, 200
            bo,     200,  200,  200,    403,    200,    404, 200
            sam,    404,  200,  404,    404,    404,    404, 404
            ada,    200,  200,  403,    403,    403,    200, 200
            omar,   200,  200,  403,    200,    200,    404, 200
            alex,   404,  404,  404,    404,    404,    404, 404
            nel,    404,  404,  404,    404,    404,    404, 404
            olga,   200,  200,  403,    200,    403,    404, 200
            """)
    void everybodyMayDoWhatTheirRolesSayAndNoMore(
            String who, int read, int list, int review, int cancel, int settle, int log, int logOfOne) {
        var person = Samples.named(who);
        stored(anApproval().state(ApprovalState.UNKNOWN).build());
        answering(person.id().value().equals("ana") || person.id().value().equals("bo"));
        assertThat(List.of(
                        status(get(person, ONE)),
                        status(get(person, "/api/approvals")),
                        status(post(person, ONE + "/reviews", "{\"verdict\":\"approve\"}")),
                        status(post(person, ONE + "/cancel", "")),
                        status(post(person, ONE + "/settle", "{\"happened\":true,\"note\":\"seen\"}")),
                        status(get(person, "/api/audit")),
                        status(get(person, "/api/audit?subject=" + ID))))
                .containsExactly(read, list, review, cancel, settle, log, logOfOne);
    }

    private void answering(boolean reviewer) {
        var approval = anApproval().build();
        if (reviewer) {
            given(approvals.review(any(), any())).willReturn(approval);
        } else {
            given(approvals.review(any(), any())).willThrow(new ReviewRefused.NotAReviewer("You are not asked."));
        }
        given(approvals.cancel(any(), any(), any())).willReturn(approval);
        given(approvals.settle(any(), any(), anyBoolean(), any())).willReturn(approval);
    }

    private static int status(MvcTestResult result) {
        return result.getResponse().getStatus();
    }

    @Test
    void whatOneMayNotSeeLooksLikeWhatDoesNotExist() {
        stored(anApproval().build());
        var hidden = get(Samples.STRANGER, ONE).getResponse();
        var missing =
                get(Samples.STRANGER, "/api/approvals/" + Samples.OTHER_ID).getResponse();
        assertThat(hidden.getContentAsByteArray()).isEqualTo(missing.getContentAsByteArray());
    }

    @Test
    void aBodyIsNotEvenReadForSomebodyWhoMayNotSeeTheApproval() {
        stored(anApproval().build());
        assertThat(post(Samples.STRANGER, ONE + "/reviews", "nonsense")).hasStatus(404);
    }

    @Test
    void theOwnerDoesNotSettleEvenIfAsked() {
        stored(anApproval().state(ApprovalState.UNKNOWN).asking(ANA, OWNER).build());
        assertThat(post(OWNER, ONE + "/settle", "{\"happened\":true,\"note\":\"seen\"}"))
                .hasStatus(403);
        then(approvals).should(never()).settle(any(), any(), anyBoolean(), any());
    }

    @Test
    void someoneAskedWhoIsNoReviewerAnyMoreSeesNothing() {
        stored(anApproval().build());
        town.nowHas(new People(List.of(ANA, Samples.person("bo", "Bo Lind"))));
        assertThat(get(BO, ONE)).hasStatus(404);
    }
}
