package io.holdpoint.gateway.console.access;

import static io.holdpoint.gateway.console.Samples.ANA;
import static io.holdpoint.gateway.console.Samples.BO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willCallRealMethod;
import static org.mockito.BDDMockito.willThrow;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.holdpoint.gateway.console.ConsoleTestCase;
import io.holdpoint.gateway.console.Samples;
import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.PersonId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class PasswordSignInTests extends ConsoleTestCase {

    private static final String PASSWORD = "correct horse battery staple";
    private static final PasswordHash HASH = hash(PASSWORD);
    private static final AtomicInteger TESTS = new AtomicInteger();

    private static final Person EVE = new Person(
            new PersonId("eve"), "Eve", Optional.of("Eve@Example.org"), Set.of(), Set.of(), Optional.empty());

    private static final String ADDRESS = "198.51.100.7";

    @Autowired
    private PasswordWorkers workers;

    @MockitoSpyBean
    private UncheckedTries unchecked;

    @BeforeEach
    void anaHasAPassword() {
        willCallRealMethod().given(log).append(any(AuditEntry.class));
        keys.nowAre(Map.of(ANA.id(), HASH, EVE.id(), HASH));
        // Each test at a time of its own, so that none waits for another's tries.
        clock.advance(Duration.ofMinutes(15).multipliedBy(TESTS.incrementAndGet()));
    }

    @Test
    void whoOpensAPageIsAskedToSignIn() {
        assertThat(mvc.get().uri("/approvals/" + Samples.ID + "?a=b&c=d"))
                .hasStatus(302)
                .hasRedirectedUrl("/sign-in?to=%2Fapprovals%2F" + Samples.ID + "%3Fa%3Db%26c%3Dd");
    }

    @Test
    void aProgramIsNotSentToAPage() {
        assertThat(mvc.get().uri("/api/approvals")).hasStatus(401);
    }

    @Test
    void whereNobodyHasAPasswordNobodyIsAskedForOne() {
        keys.nowAre(Map.of());
        assertThat(mvc.get().uri("/")).hasStatus(401);
    }

    @Test
    void theFormAsksForNameAndPassword() {
        assertThat(mvc.get().uri("/sign-in?to=/audit"))
                .hasStatusOk()
                .bodyText()
                .contains("name=\"name\"", "type=\"password\"", "name=\"_csrf\"", "value=\"/audit\"");
    }

    @Test
    void theRightPasswordSignsIn() {
        assertThat(mvc.get().uri("/").session(sessionOf(signIn("ana", PASSWORD))))
                .hasStatusOk()
                .bodyText()
                .contains("Ana Diaz", "Sign out");
    }

    @Test
    void anEmailAddressIsANameToo() {
        town.nowHas(new People(List.of(ANA, EVE)));
        assertThat(signIn("eve@example.ORG", PASSWORD)).hasRedirectedUrl("/");
    }

    @Test
    void anAddressOfTwoPeopleIsNobodys() {
        var twin = new Person(new PersonId("twin"), "Twin", EVE.email(), Set.of(), Set.of(), Optional.empty());
        town.nowHas(new People(List.of(EVE, twin)));
        assertThat(signIn("eve@example.org", PASSWORD)).hasStatus(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana", "nobody", "bo", ""})
    void everyWrongSignInGetsTheSameAnswer(String name) {
        var expected = plainBody(signIn("someone", "wrong"), "someone");
        assertThat(expected).contains("This name and password do not belong together.");
        assertThat(signIn(name, "wrong")).hasStatus(401);
        assertThat(plainBody(signIn(name, "wrong"), name)).isEqualTo(expected);
    }

    @Test
    void whoHasNoPasswordCannotSignInWithOne() {
        assertThat(signIn("bo", "")).hasStatus(401);
    }

    @Test
    void thePageReturnedToIsTheOneThatWasOpened() {
        assertThat(signIn("ana", PASSWORD, "/approvals/x?a=b")).hasRedirectedUrl("/approvals/x?a=b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"})
    void anotherSiteIsNeverReturnedTo(String to) {
        assertThat(signIn("ana", PASSWORD, to)).hasRedirectedUrl("/");
    }

    @Test
    void whoIsSignedInIsNotAskedAgain() {
        assertThat(page(BO, "/sign-in?to=/audit")).hasRedirectedUrl("/audit");
    }

    @Test
    void aFormOfAnotherSiteSignsNobodyIn() {
        assertThat(mvc.post().uri("/sign-in").param("name", "ana").param("password", PASSWORD))
                .hasStatus(403);
    }

    @Test
    void aSessionPlantedBeforeIsNotTheOneSignedIn() {
        var planted = new MockHttpSession();
        var signedIn = mvc.post()
                .uri("/sign-in")
                .session(planted)
                .with(csrf())
                .param("name", "ana")
                .param("password", PASSWORD)
                .exchange();
        assertThat(planted.isInvalid()).isTrue();
        assertThat(sessionOf(signedIn).getId()).isNotEqualTo(planted.getId());
    }

    @Test
    void aSignInIsRecorded() {
        signIn("ana", PASSWORD);
        var actor = Actor.person(ANA.id(), "console", Assurance.LOGIN);
        then(log).should().append(List.<AuditEntry>of(new AuditEntry.SignedIn(actor, "password")));
    }

    @Test
    void aWrongPasswordIsRecorded() {
        signIn("ana", "wrong");
        then(log).should().append(List.<AuditEntry>of(new AuditEntry.SignInRefused(Optional.of(ANA.id()), ADDRESS)));
    }

    @Test
    void anUnknownNameIsRecordedWithoutTheName() {
        signIn("hunter2-typed-into-the-wrong-field", "x");
        then(log).should().append(List.<AuditEntry>of(new AuditEntry.SignInRefused(Optional.empty(), ADDRESS)));
    }

    @Test
    void nobodySignsInUnrecorded() {
        willThrow(new DataAccessResourceFailureException("disk full"))
                .given(log)
                .append(anyList());
        var refused = signIn("ana", PASSWORD);
        assertThat(refused).hasStatus(500);
        assertThat(refused.getRequest().getSession(false)).isNull();
    }

    @Test
    void whoGuessesHasToWait() {
        wrong("ana", 5);
        assertThat(signIn("ana", PASSWORD))
                .hasStatus(429)
                .hasHeader("Retry-After", "30")
                .bodyText()
                .contains("Too many tries. Try again in 30 s.");
    }

    @Test
    void whereTooManyWaitItIsCalledBusyAndCountsForNobody() {
        for (int i = 0; i < PasswordWorkers.PLACES; i++) {
            assertThat(workers.enter(ADDRESS)).isTrue();
        }
        for (int i = 0; i < 6; i++) {
            assertThat(signIn("ana", "wrong"))
                    .hasStatus(503)
                    .hasHeader("Retry-After", "5")
                    .bodyText()
                    .contains("Many people sign in")
                    .doesNotContain("Too many tries");
        }
        for (int i = 0; i < PasswordWorkers.PLACES; i++) {
            workers.leave(ADDRESS);
        }
        assertThat(signIn("ana", PASSWORD)).hasRedirectedUrl("/");
    }

    @Test
    void aTryThatIsNotLookedAtIsCounted() {
        wrong("ana", 5);
        signIn("ana", PASSWORD);
        then(unchecked).should().count(Optional.of(ANA.id()));
    }

    @Test
    void theWaitIsOver30SecondsAfterTheLastTry() {
        wrong("ana", 5);
        clock.advance(Duration.ofSeconds(30));
        assertThat(signIn("ana", PASSWORD)).hasRedirectedUrl("/");
    }

    @Test
    void whoGuessesANameThatNobodyHasWaitsAsLong() {
        wrong("nobody", 5);
        assertThat(signIn("nobody", "x")).hasStatus(429).hasHeader("Retry-After", "30");
    }

    @Test
    void aPasswordThatWasRightMakesTheWrongOnesForgotten() {
        wrong("ana", 4);
        signIn("ana", PASSWORD);
        wrong("ana", 4);
        assertThat(signIn("ana", PASSWORD)).hasRedirectedUrl("/");
    }

    @Test
    void oneAddressIsToldToWaitAfterManyWrongNames() {
        for (int i = 0; i < 50; i++) {
            signIn("name" + i, "x");
        }
        assertThat(signIn("ana", "wrong")).hasStatus(429).hasHeader("Retry-After", "10");
    }

    @Test
    void whoKnowsThePasswordGetsInWhoeverGuessesBesideThem() {
        for (int i = 0; i < 60; i++) {
            signIn("name" + i, "x");
        }
        assertThat(signIn("ana", PASSWORD)).hasRedirectedUrl("/");
    }

    @Test
    void anotherSpellingOfThePersonIsNoWayRoundTheWait() {
        town.nowHas(new People(List.of(ANA, EVE)));
        wrong("eve", 3);
        wrong("Eve@Example.org", 2);
        assertThat(signIn("EVE@EXAMPLE.ORG", PASSWORD)).hasStatus(429);
    }

    @Test
    void aChangedPasswordEndsItsSessions() {
        var session = sessionOf(signIn("ana", PASSWORD));
        keys.nowAre(Map.of(ANA.id(), hash("another one")));
        assertThat(mvc.get().uri("/").session(session)).hasStatus(302);
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void aPasswordTakenAwayEndsItsSessions() {
        var session = sessionOf(signIn("ana", PASSWORD));
        keys.nowAre(Map.of());
        assertThat(mvc.get().uri("/").session(session)).hasStatus(401);
    }

    @Test
    void whatWasTypedIsEscaped() {
        assertThat(signIn("\"><script>alert(1)</script>", "x"))
                .bodyText()
                .doesNotContain("<script>alert")
                .contains("&lt;script&gt;");
    }

    /** The whole page without what differs in each: the form's token, and the name as it was typed. */
    private static String plainBody(MvcTestResult result, String name) {
        return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8)
                .replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "")
                .replace("value=\"" + name + "\"", "value=\"\"");
    }

    private void wrong(String name, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(signIn(name, "wrong")).hasStatus(401);
        }
    }

    private MvcTestResult signIn(String name, String password) {
        return signIn(name, password, "/");
    }

    private MvcTestResult signIn(String name, String password, String to) {
        return mvc.post()
                .uri("/sign-in")
                .with(csrf())
                .with(request -> {
                    request.setRemoteAddr(ADDRESS);
                    return request;
                })
                .param("name", name)
                .param("password", password)
                .param("to", to)
                .exchange();
    }

    /** The cheapest that is accepted: tests try many. */
    private static PasswordHash hash(String password) {
        var encoder = new BCryptPasswordEncoder(PasswordHash.LOWEST_COST);
        return PasswordHash.parse(encoder.encode(password)).orElseThrow();
    }

    private static MockHttpSession sessionOf(MvcTestResult result) {
        return (MockHttpSession) result.getRequest().getSession();
    }
}
