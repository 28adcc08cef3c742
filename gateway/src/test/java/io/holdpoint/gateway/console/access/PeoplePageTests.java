package io.holdpoint.gateway.console.access;

import static io.holdpoint.gateway.console.Samples.ADMIN;
import static io.holdpoint.gateway.console.Samples.ANA;
import static io.holdpoint.gateway.console.Samples.AUDITOR;
import static io.holdpoint.gateway.console.Samples.BO;
import static io.holdpoint.gateway.console.Samples.NOBODY;
import static io.holdpoint.gateway.console.Samples.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.BDDMockito.then;
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
import io.holdpoint.workflow.people.Person;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class PeoplePageTests extends ConsoleTestCase {

    private static final String LINK_FOR_BO = "/people/bo/sign-in-link";
    private static final Pattern LINK = Pattern.compile("http://localhost:8081(/sign-in/[A-Za-z0-9_-]{43})");

    @BeforeEach
    void appendsOneByOne() {
        willCallRealMethod().given(log).append(any(AuditEntry.class));
    }

    static Stream<Person> whoseItIsNot() {
        return Stream.of(BO, OPERATOR, NOBODY);
    }

    @Test
    void itShowsWhoThereIsAndHowTheySignIn() {
        keys.nowAre(Map.of(ANA.id(), PasswordHash.ofNobody(10)));
        assertThat(page(ADMIN, "/people"))
                .hasStatusOk()
                .bodyText()
                .contains("Ana Diaz", "reviewer, admin", "password, API token", "one-time link only, API token")
                .doesNotContain("$2");
    }

    @ParameterizedTest
    @MethodSource("whoseItIsNot")
    void othersHaveNoSuchPage(Person person) {
        assertThat(page(person, "/people")).hasStatus(404);
        assertThat(page(person, "/")).bodyText().doesNotContain("/people");
    }

    @Test
    void auditorsSeePeopleButNoButtons() {
        assertThat(page(AUDITOR, "/people")).bodyText().contains("Bo Lind").doesNotContain("Make a link");
    }

    @Test
    void anAdminMakesALinkThatSignsSomebodyElseIn() {
        var link = madeLink();
        var session = mvc.post().uri(link).with(csrf()).exchange().getRequest().getSession();
        assertThat(mvc.get().uri("/").session((MockHttpSession) session))
                .bodyText()
                .contains("Bo Lind");
    }

    @Test
    void whoComesByAnAdminsLinkIsLessSureAndTheAdminIsNamed() {
        mvc.post().uri(madeLink()).with(csrf()).exchange();
        var actor = Actor.person(BO.id(), "console", Assurance.LINK);
        then(log).should().append(List.<AuditEntry>of(new AuditEntry.SignedIn(actor, "link", Optional.of(ADMIN.id()))));
    }

    @Test
    void theLinkIsShownOnce() {
        madeLink();
        assertThat(page(ADMIN, "/people")).bodyText().doesNotContain("/sign-in/");
    }

    @Test
    void theLinkIsGoodForAQuarterOfAnHour() {
        var token = madeLink().substring("/sign-in/".length());
        clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(links.look(token)).contains(BO.id());
        clock.advance(Duration.ofSeconds(1));
        assertThat(links.look(token)).isEmpty();
    }

    @Test
    void theLinkIsRecordedWithWhoMadeItAndForWhom() {
        madeLink();
        var actor = Actor.person(ADMIN.id(), "console", Assurance.LOGIN);
        then(log).should().append(List.<AuditEntry>of(new AuditEntry.SignInLinkMade(actor, BO.id())));
    }

    @Test
    void noLinkIsMadeUnrecorded() {
        willThrow(new DataAccessResourceFailureException("disk full"))
                .given(log)
                .append(anyList());
        assertThat(submit(ADMIN, LINK_FOR_BO)).hasStatus(500).bodyText().doesNotContain("/sign-in/");
    }

    @ParameterizedTest
    @MethodSource("whoseItIsNot")
    void onlyAnAdminMakesLinks(Person person) {
        assertThat(submit(person, LINK_FOR_BO)).hasStatus(404);
        then(log).should(never()).append(anyList());
    }

    @Test
    void anAuditorMakesNoLinks() {
        assertThat(submit(AUDITOR, LINK_FOR_BO)).hasStatus(404);
    }

    @Test
    void nobodyMakesALinkForThemself() {
        assertThat(submit(ADMIN, "/people/alex/sign-in-link")).hasStatus(403);
    }

    @Test
    void thereIsNoLinkForNobody() {
        assertThat(submit(ADMIN, "/people/nobody/sign-in-link")).hasStatus(404);
    }

    @Test
    void anotherSiteMakesNoLink() {
        assertThat(mvc.post().uri(LINK_FOR_BO).with(session(ADMIN))).hasStatus(403);
        then(log).should(never()).append(anyList());
    }

    @Test
    void aHostileNameIsEscaped() {
        var eve = Samples.person("eve", "<script>alert(1)</script>\u202e");
        town.nowHas(new People(List.of(ADMIN, eve)));
        assertThat(submit(ADMIN, "/people/eve/sign-in-link"))
                .bodyText()
                .doesNotContain("<script", "\u202e")
                .contains("&lt;script&gt;", "U+202E");
    }

    private String madeLink() {
        var link = LINK.matcher(text(submit(ADMIN, LINK_FOR_BO)));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private static String text(MvcTestResult result) {
        return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }
}
