package io.holdpoint.gateway.console;

import static io.holdpoint.gateway.console.Samples.ANA;
import static io.holdpoint.gateway.console.Samples.AUDITOR;
import static io.holdpoint.gateway.console.Samples.BO;
import static io.holdpoint.gateway.console.Samples.ID;
import static io.holdpoint.gateway.console.Samples.anApproval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Review.Verdict;
import io.holdpoint.workflow.approval.ReviewSubmission;
import io.holdpoint.workflow.people.Assurance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.security.core.userdetails.UserDetailsService;

/** Who gets as far as a page at all. */
class AccessTests extends ConsoleTestCase {

    private static final String REVIEWS = "/api/approvals/" + ID + "/reviews";
    private static final String APPROVE = "{\"verdict\":\"approve\"}";

    @Autowired
    ApplicationContext context;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/audit",
                "/people",
                "/people/bo/sign-in-link",
                "/approvals/apr_0123456789abcdefghjkmnpqrs",
                "/api/approvals",
                "/api/audit",
                "/api/nothing",
                "/nothing",
                "/sign-in/a/b",
                "/templates/card.html",
                "/application.properties",
                "/h2-console",
                "/error"
            })
    void withoutSigningInThereIsNothing(String address) {
        assertThat(mvc.get().uri(address)).hasStatus(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/env", "/actuator/metrics", "/actuator/heapdump", "/actuator/beans"})
    void nothingOfTheActuatorIsOpenToAnybodyButHealth(String address) {
        assertThat(mvc.get().uri(address)).hasStatus4xxClientError();
        assertThat(page(AUDITOR, address)).hasStatus4xxClientError();
    }

    @Test
    void healthIsOpenAndSaysNoMore() {
        assertThat(mvc.get().uri("/actuator/health"))
                .bodyText()
                .isIn("{\"status\":\"UP\"}", "{\"groups\":[\"liveness\",\"readiness\"],\"status\":\"UP\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console.css", "/icon.svg"})
    void whatASignInPageNeedsIsOpen(String address) {
        assertThat(mvc.get().uri(address)).hasStatusOk();
    }

    @Test
    void theSchemaOfPoliciesIsOpenToEditors() throws IOException {
        assertThat(mvc.get().uri("/schema/policy-1.json"))
                .hasStatusOk()
                .hasContentType("application/schema+json")
                .bodyText()
                .isEqualTo(Files.readString(Path.of("../docs/schema/policy-1.json")));
    }

    @Test
    void thereIsNoDefaultUser() {
        assertThat(context.getBeanNamesForType(UserDetailsService.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer wrong", "Bearer ", "Bearer", "Basic YW5hOmFuYQ==", "ana-token", "Bearer ana-token x"})
    void anAuthorizationThatNamesNobodyIsRefused(String authorization) {
        assertThat(mvc.get().uri("/api/approvals").header("Authorization", authorization))
                .hasStatus(401);
    }

    @Test
    void aWrongTokenIsNotMadeGoodByASession() {
        assertThat(mvc.get().uri("/api/approvals").with(session(ANA)).header("Authorization", "Bearer wrong"))
                .hasStatus(401);
    }

    @Test
    void aTokenOpensNoPages() {
        assertThat(mvc.get().uri("/").header("Authorization", token(ANA))).hasStatus(401);
    }

    @Test
    void aTokenMakesNoSession() {
        assertThat(get(ANA, "/api/approvals").getRequest().getSession(false)).isNull();
    }

    @Test
    void aSessionReadsTheApi() {
        assertThat(page(ANA, "/api/approvals")).hasStatusOk();
    }

    @Test
    void aSessionNeedsACsrfTokenToReview() {
        stored(anApproval().build());
        assertThat(mvc.post()
                        .uri(REVIEWS)
                        .with(session(BO))
                        .contentType("application/json")
                        .content(APPROVE))
                .hasStatus(403);
        then(approvals).should(never()).review(any(), any());
    }

    @Test
    void aReviewByASessionIsOneOfTheConsole() {
        stored(anApproval().build());
        given(approvals.review(any(), any()))
                .willReturn(anApproval().state(ApprovalState.APPROVED).build());
        mvc.post()
                .uri(REVIEWS)
                .with(session(BO))
                .with(csrf().asHeader())
                .contentType("application/json")
                .content(APPROVE)
                .exchange();
        then(approvals)
                .should()
                .review(
                        eq(ID),
                        eq(new ReviewSubmission(
                                BO.id(),
                                Verdict.APPROVE,
                                Optional.empty(),
                                Optional.empty(),
                                "console",
                                Assurance.LOGIN)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve", "reject", "cancel", "settle"})
    void aFormWithoutACsrfTokenDoesNothing(String action) {
        stored(anApproval().build());
        assertThat(mvc.post()
                        .uri("/approvals/" + ID + "/" + action)
                        .with(session(BO))
                        .param("digest", Samples.DIGEST))
                .hasStatus(403);
        then(approvals).shouldHaveNoInteractions();
    }

    @Test
    void aFormOfASessionThatIsOverIsToldToSignIn() {
        assertThat(mvc.post().uri("/approvals/" + ID + "/approve").param("digest", Samples.DIGEST))
                .hasStatus(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8081", "localhost.evil.example:8081"})
    void aRequestToAnotherNameIsRefused(String host) {
        assertThat(mvc.get().uri("/api/approvals").header("Host", host).header("Authorization", token(ANA)))
                .hasStatus(403);
    }

    @Test
    void aNameThatIsAllowedIsServed() {
        assertThat(mvc.get()
                        .uri("/api/approvals")
                        .header("Host", "approve.example.org")
                        .header("Authorization", token(ANA)))
                .hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:3000"})
    void aPageOfAnotherSiteChangesNothing(String origin) {
        stored(anApproval().build());
        assertThat(mvc.post()
                        .uri("/approvals/" + ID + "/approve")
                        .with(session(BO))
                        .with(csrf())
                        .header("Origin", origin)
                        .param("digest", Samples.DIGEST))
                .hasStatus(403);
        then(approvals).should(never()).review(any(), any());
    }

    @Test
    void thereAreNoCorsHeaders() {
        var response = mvc.get()
                .uri("/api/approvals")
                .header("Origin", "https://evil.example")
                .header("Authorization", token(ANA))
                .exchange();
        assertThat(response).doesNotContainHeader("Access-Control-Allow-Origin");
    }

    @Test
    void everyAnswerCarriesTheHeadersThatKeepABrowserSafe() {
        assertThat(page(ANA, "/"))
                .hasHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
                                + " frame-ancestors 'none'; base-uri 'none'")
                .hasHeader("X-Content-Type-Options", "nosniff")
                .hasHeader("X-Frame-Options", "DENY")
                .hasHeader("Referrer-Policy", "same-origin")
                .hasHeader("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
    }
}
