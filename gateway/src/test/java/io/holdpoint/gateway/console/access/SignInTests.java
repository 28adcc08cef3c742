package io.holdpoint.gateway.console.access;

import static io.holdpoint.gateway.console.Samples.ANA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willCallRealMethod;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.holdpoint.gateway.console.ConsoleTestCase;
import io.holdpoint.gateway.console.Samples;
import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.People;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class SignInTests extends ConsoleTestCase {

    private static final AuditEntry ANA_SIGNED_IN =
            new AuditEntry.SignedIn(Actor.person(ANA.id(), "console", Assurance.LOGIN), "link");

    @BeforeEach
    void appendsOneByOne() {
        willCallRealMethod().given(log).append(any(AuditEntry.class));
    }

    @Test
    void theLinkShowsAButtonWithTheName() {
        assertThat(mvc.get().uri(links.issue(ANA.id())))
                .hasStatusOk()
                .bodyText()
                .contains("Sign in as", "Ana Diaz", "name=\"_csrf\"");
    }

    @Test
    void openingTheLinkSignsNobodyIn() {
        var link = links.issue(ANA.id());
        mvc.method(HttpMethod.HEAD).uri(link).exchange();
        var session = sessionOf(mvc.get().uri(link).exchange());
        assertThat(mvc.get().uri("/").session(session)).hasStatus(401);
    }

    @Test
    void theButtonSignsIn() {
        assertThat(mvc.get().uri("/").session(sessionOf(signIn(links.issue(ANA.id())))))
                .hasStatusOk();
    }

    @Test
    void theButtonLeadsToTheInbox() {
        assertThat(signIn(links.issue(ANA.id()))).hasRedirectedUrl("/");
    }

    @Test
    void aSignInIsRecordedInATransaction() {
        var inTransaction = new AtomicBoolean();
        willAnswer(call -> {
                    inTransaction.set(TransactionSynchronizationManager.isActualTransactionActive());
                    return null;
                })
                .given(log)
                .append(List.of(ANA_SIGNED_IN));
        signIn(links.issue(ANA.id()));
        assertThat(inTransaction).isTrue();
    }

    @Test
    void nobodySignsInUnrecorded() {
        willThrow(new DataAccessResourceFailureException("disk full"))
                .given(log)
                .append(anyList());
        var refused = signIn(links.issue(ANA.id()));
        assertThat(refused).hasStatus(500);
        assertThat(refused.getRequest().getSession(false)).isNull();
    }

    @Test
    void aLinkIsNotLostWhereTheLogCouldNotBeWritten() {
        var link = links.issue(ANA.id());
        willThrow(new DataAccessResourceFailureException("disk full"))
                .given(log)
                .append(anyList());
        signIn(link);
        assertThat(mvc.get().uri(link)).hasStatusOk();
    }

    @Test
    void aLinkWorksOnce() {
        var link = links.issue(ANA.id());
        signIn(link);
        assertThat(signIn(link)).hasStatus(410).bodyText().contains("does not work any more");
    }

    @Test
    void anUnknownLinkRevealsNothing() {
        assertThat(mvc.get().uri("/sign-in/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))
                .hasStatus(410)
                .bodyText()
                .doesNotContain("_csrf");
    }

    @Test
    void theLinkOfSomebodyRemovedDoesNotSignIn() {
        var link = links.issue(ANA.id());
        town.nowHas(new People(List.of()));
        assertThat(signIn(link)).hasStatus(410);
        then(log).should(never()).append(anyList());
    }

    @Test
    void anotherSitesFormCannotUseTheLink() {
        var link = links.issue(ANA.id());
        assertThat(mvc.post().uri(link)).hasStatus(403);
        assertThat(links.look(link.substring("/sign-in/".length()))).contains(ANA.id());
    }

    @Test
    void aSessionPlantedBeforeIsNotTheOneSignedIn() {
        var planted = new MockHttpSession();
        mvc.post().uri(links.issue(ANA.id())).session(planted).with(csrf()).exchange();
        assertThat(planted.isInvalid()).isTrue();
    }

    @Test
    void somebodyRemovedFromTheConfigurationIsSignedOut() {
        var session = sessionOf(signIn(links.issue(ANA.id())));
        town.nowHas(new People(List.of(Samples.BO)));
        assertThat(mvc.get().uri("/").session(session)).hasStatus(401);
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void aSessionEndsAfterTwelveHoursHoweverBusy() {
        var session = sessionOf(signIn(links.issue(ANA.id())));
        clock.advance(Duration.ofHours(12).minusSeconds(1));
        assertThat(mvc.get().uri("/").session(session)).hasStatusOk();
        clock.advance(Duration.ofSeconds(1));
        assertThat(mvc.get().uri("/").session(session)).hasStatus(401);
    }

    @Test
    void signingOutEndsTheSession() {
        var session = sessionOf(signIn(links.issue(ANA.id())));
        assertThat(mvc.post().uri("/sign-out").session(session).with(csrf())).hasRedirectedUrl("/signed-out");
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void aLinkElsewhereCannotSignOut() {
        var session = sessionOf(signIn(links.issue(ANA.id())));
        mvc.post().uri("/sign-out").session(session).exchange();
        mvc.get().uri("/sign-out").session(session).exchange();
        assertThat(session.isInvalid()).isFalse();
    }

    @Test
    void thePageAfterSigningOutIsOpen() {
        assertThat(mvc.get().uri("/signed-out")).hasStatusOk().bodyText().contains("You are signed out");
    }

    @Test
    void aHostileNameIsEscapedOnTheButton() {
        var eve = Samples.person("eve", "<script>alert(1)</script>\u202e");
        town.nowHas(new People(List.of(eve)));
        assertThat(mvc.get().uri(links.issue(eve.id())))
                .bodyText()
                .doesNotContain("<script", "\u202e")
                .contains("&lt;script&gt;", "U+202E");
    }

    private MvcTestResult signIn(String link) {
        return mvc.post().uri(link).with(csrf()).exchange();
    }

    private static MockHttpSession sessionOf(MvcTestResult result) {
        return (MockHttpSession) result.getRequest().getSession();
    }
}
