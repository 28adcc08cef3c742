package io.holdpoint.gateway.console;

import static io.holdpoint.gateway.console.Samples.ADMIN;
import static io.holdpoint.gateway.console.Samples.AUDITOR;
import static io.holdpoint.gateway.console.Samples.BO;
import static io.holdpoint.gateway.console.Samples.NOBODY;
import static io.holdpoint.gateway.console.Samples.NOON;
import static io.holdpoint.gateway.console.Samples.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.reload.PolicyVersions;
import io.holdpoint.gateway.reload.Reloads;
import io.holdpoint.workflow.people.Person;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

class PoliciesApiTests extends ConsoleTestCase {

    private static final String HASH = "ab12".repeat(16);

    @Autowired
    private PolicyVersions versions;

    @Autowired
    private Reloads reloads;

    @BeforeEach
    void oneVersion() {
        given(versions.newest()).willReturn(List.of(new PolicyVersions.Version("policies/imaging.json", HASH, NOON)));
        given(versions.text(HASH)).willReturn(Optional.of("{\"version\": \"1\"}<script>\u202e"));
    }

    @AfterEach
    void noFaults() {
        reloads.accepted(NOON, true, List.of());
    }

    static Stream<Person> whoSees() {
        return Stream.of(ADMIN, AUDITOR, OPERATOR);
    }

    static Stream<Person> whoDoesNot() {
        return Stream.of(BO, NOBODY);
    }

    @Test
    void versionsAreListedWithWhereTheyAreInForce() {
        assertThat(get(AUDITOR, "/api/policies"))
                .hasStatusOk()
                .bodyText()
                .contains("{\"file\":\"policies/imaging.json\",\"sha256\":\"" + HASH
                        + "\",\"since\":\"2026-11-20T12:00:00Z\",\"inForce\":false,\"grants\":[]}");
    }

    @Test
    void aVersionIsGivenAsItWas() {
        assertThat(get(AUDITOR, "/api/policies/" + HASH))
                .hasStatusOk()
                .bodyText()
                .startsWith("{\"version\": \"1\"}");
    }

    @Test
    void aHashOfNothingIsNotFound() {
        assertThat(get(AUDITOR, "/api/policies/" + "0".repeat(64))).hasStatus(404);
    }

    @Test
    void faultsOfARefusedReloadAreShown() {
        reloads.refused(NOON, List.of(new Fault("p.json", 7, "default", "is \"maybe\"; use allow or deny")));
        assertThat(get(OPERATOR, "/api/policies"))
                .bodyText()
                .contains("\"faults\":[\"p.json:7: default is \\\"maybe\\\"; use allow or deny\"]");
    }

    @ParameterizedTest
    @MethodSource("whoSees")
    void everyPageOfThoseWhoSeeTheConfigurationSaysThatFilesAreRefused(Person person) {
        reloads.refused(NOON, List.of(new Fault("p.json", 7, "", "is broken")));
        assertThat(page(person, "/policies")).hasStatusOk().bodyText().contains("are not in force", "p.json:7");
        assertThat(page(person, "/")).bodyText().contains("Changed files are not in force");
    }

    @ParameterizedTest
    @MethodSource("whoDoesNot")
    void othersSeeNoPolicies(Person person) {
        assertThat(get(person, "/api/policies")).hasStatus(404);
        assertThat(get(person, "/api/policies/" + HASH)).hasStatus(404);
        assertThat(page(person, "/policies")).hasStatus(404);
        assertThat(page(person, "/")).bodyText().doesNotContain("/policies");
    }

    @Test
    void aDocumentIsShownAsTextWithWhatIsInvisibleInIt() {
        assertThat(page(ADMIN, "/policies/" + HASH))
                .bodyText()
                .contains("&lt;script&gt;", "U+202E")
                .doesNotContain("<script", "\u202e");
    }

    @ParameterizedTest
    @MethodSource("whoSees")
    void metricsAreReadWithAToken(Person person) {
        assertThat(get(person, "/metrics"))
                .hasStatusOk()
                .hasContentType("text/plain;version=0.0.4;charset=utf-8")
                .bodyText()
                .contains("holdpoint_reload_refused 0.0");
    }

    @ParameterizedTest
    @MethodSource("whoDoesNot")
    void othersReadNoMetrics(Person person) {
        assertThat(get(person, "/metrics")).hasStatus(404);
    }

    @Test
    void withoutATokenThereAreNoMetrics() {
        assertThat(mvc.get().uri("/metrics").accept("text/plain")).hasStatus(401);
    }
}
