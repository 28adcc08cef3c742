package io.holdpoint.gateway.console;

import static io.holdpoint.gateway.console.Samples.ADMIN;
import static io.holdpoint.gateway.console.Samples.AUDITOR;
import static io.holdpoint.gateway.console.Samples.BO;
import static io.holdpoint.gateway.console.Samples.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.never;

import io.holdpoint.workflow.audit.CallHistory;
import io.holdpoint.workflow.people.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;

/** Who may try a policy on the log, and with what. */
class SimulationApiTests extends ConsoleTestCase {

    private static final String ADDRESS = "/api/policies/simulate";
    private static final String POLICY = "\"file\":\"p.yaml\",\"document\":\"{version: '1', default: allow}\"";

    @Autowired
    private CallHistory history;

    @BeforeEach
    void forget() {
        Mockito.reset(history);
    }

    static Stream<Person> allowed() {
        return Stream.of(AUDITOR, OPERATOR, ADMIN);
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void thoseWhoAnswerForTheInstallationMayTryPolicies(Person person) {
        assertThat(post(person, ADDRESS, "{" + POLICY + "}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.calls")
                .isEqualTo(0);
    }

    @Test
    void forAReviewerThereIsNoSuchAddress() {
        assertThat(post(BO, ADDRESS, "{" + POLICY + "}")).hasStatus(404);
        then(history).should(never()).forEach(any(), any());
    }

    @Test
    void thePeriodIsThirtyDaysWhereNoneIsGiven() {
        post(AUDITOR, ADDRESS, "{" + POLICY + "}");
        var now = clock.instant();
        var span = new CallHistory.Span(now.minus(Duration.ofDays(30)), now, Optional.empty(), Optional.empty());
        then(history).should().forEach(eq(span), any());
    }

    @Test
    void thePeriodAndTheGrantReachTheLog() {
        post(AUDITOR, ADDRESS, "{" + POLICY + """
                ,"since":"2026-11-20T08:00:00Z","until":"2026-11-20T09:00:00Z","grant":"g","server":"s"}""");
        var from = Instant.parse("2026-11-20T08:00:00Z");
        var span = new CallHistory.Span(from, from.plusSeconds(3600), Optional.of("g"), Optional.of("s"));
        then(history).should().forEach(eq(span), any());
    }

    @Test
    void allFaultsOfAPolicyAreTold() {
        assertThat(post(AUDITOR, ADDRESS, "{\"file\":\"p.yaml\",\"document\":\"{version: '2', defult: allow}\"}"))
                .hasStatus(422)
                .bodyText()
                .contains(
                        "faulty-policy",
                        "\"errors\":[{\"file\":\"p.yaml\",\"line\":1,",
                        "\"detail\":\"p.yaml:1: version is",
                        "did you mean default?");
    }

    @Test
    void whileOnePolicyIsTriedNoOtherIsReadExplainedOrTried() {
        var others = new ArrayList<Integer>();
        willAnswer(unused -> {
                    var faulty = "{\"document\":\"{}\",\"tool\":\"pay\"}";
                    others.add(post(AUDITOR, "/api/policies/explain", faulty)
                            .getResponse()
                            .getStatus());
                    others.add(post(AUDITOR, ADDRESS, "{" + POLICY + "}")
                            .getResponse()
                            .getStatus());
                    return null;
                })
                .given(history)
                .forEach(any(), any());
        assertThat(post(AUDITOR, ADDRESS, "{" + POLICY + "}")).hasStatusOk();
        assertThat(others).containsExactly(409, 409);
    }

    @Test
    void aBodyIsReadBeforeItTakesItsTurn() {
        var others = new ArrayList<Integer>();
        willAnswer(unused -> {
                    others.add(post(AUDITOR, "/api/policies/explain", "{")
                            .getResponse()
                            .getStatus());
                    others.add(post(AUDITOR, ADDRESS, "{").getResponse().getStatus());
                    return null;
                })
                .given(history)
                .forEach(any(), any());
        assertThat(post(AUDITOR, ADDRESS, "{" + POLICY + "}")).hasStatusOk();
        assertThat(others).containsExactly(400, 400);
    }

    @Test
    void aDocumentOfMoreThanAMegabyteIsTooLarge() {
        var document = "{version: '1', default: allow}#" + "x".repeat(1 << 20);
        assertThat(post(AUDITOR, ADDRESS, "{\"file\":\"p.yaml\",\"document\":\"" + document + "\"}"))
                .hasStatus(422)
                .bodyText()
                .contains("document has 1048607 bytes; use at most 1048576");
    }

    @Test
    void afterAFaultyPolicyTheNextMayBeTried() {
        assertThat(post(AUDITOR, ADDRESS, "{\"file\":\"p.yaml\",\"document\":\"{}\"}"))
                .hasStatus(422);
        assertThat(post(AUDITOR, ADDRESS, "{" + POLICY + "}")).hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"file\":\"p.yaml\"}",
                "{" + POLICY + ",\"since\":\"30d\"}",
                "{" + POLICY + ",\"since\":\"2026-11-20T09:00:00Z\",\"until\":\"2026-11-20T09:00:00Z\"}",
                "{" + POLICY + ",\"days\":\"30\"}"
            })
    void aBodyThatIsNotUnderstoodIsRefused(String body) {
        assertThat(post(AUDITOR, ADDRESS, body)).hasStatus(422).hasContentType("application/problem+json");
        then(history).should(never()).forEach(any(), any());
    }
}
