package io.holdpoint.gateway.console;

import static io.holdpoint.gateway.console.Samples.ADMIN;
import static io.holdpoint.gateway.console.Samples.AUDITOR;
import static io.holdpoint.gateway.console.Samples.BO;
import static io.holdpoint.gateway.console.Samples.NOBODY;
import static io.holdpoint.gateway.console.Samples.OPERATOR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.people.PersonId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class ExplainApiTests extends ConsoleTestCase {

    private static final String EXPLAIN = "/api/policies/explain";
    private static final String DOCUMENT =
            "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"pay\":{\"require_approval\":true}}}";
    private static final String BY_DOCUMENT = "{\"document\":%s,\"tool\":\"pay\"}".formatted(DOCUMENT);

    @Autowired
    Catalog catalog;

    @Autowired
    ConsoleUnderTest.Allotted allotted;

    @BeforeEach
    void aGrantUnderAPolicy() {
        var policy = Policy.read("policies/shop.json", DOCUMENT.getBytes(UTF_8), Samples.CONTEXT);
        var server = new Server(
                "shop", URI.create("http://127.0.0.1:1/mcp"), Map.of(), Set.of(), Duration.ofSeconds(1), false);
        yard.nowHas(server);
        allotted.nowAre(new Grants(List.of(new Grant(
                "buyer",
                new PersonId("olga"),
                "0".repeat(64),
                Map.of("shop", new Grant.Access(server, Optional.of(policy))),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty()))));
        remembers(new Definition("pay", Definition.ABSENT, "", Category.UNKNOWN, Risk.HIGH, Instant.EPOCH));
    }

    private void remembers(Definition definition) {
        given(catalog.remembered(any(), any())).willReturn(definition);
    }

    @Test
    void whoReadsPoliciesMayAsk() {
        assertThat(List.of(AUDITOR, OPERATOR, ADMIN))
                .allSatisfy(
                        person -> assertThat(post(person, EXPLAIN, BY_DOCUMENT)).hasStatusOk());
    }

    @Test
    void othersFindNothingThere() {
        assertThat(List.of(BO, NOBODY))
                .allSatisfy(
                        person -> assertThat(post(person, EXPLAIN, BY_DOCUMENT)).hasStatus(404));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"policy\":\"policies/shop.json\",\"tool\":\"pay\"}",
                "{\"grant\":\"buyer\",\"tool\":\"pay\"}",
                "{\"grant\":\"buyer\",\"server\":\"shop\",\"tool\":\"pay\",\"arguments\":{\"n\":1.50}}",
                "{\"document\":\"version: '1'\\ndefault: deny\\ntools: {pay: {require_approval: true}}\",\"tool\":\"pay\"}"
            })
    void aPolicyIsFoundByFileByGrantOrInTheBody(String body) {
        assertThat(post(AUDITOR, EXPLAIN, body))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.summary")
                .isEqualTo("held: pay needs leads (single-approval, 1h)");
    }

    @Test
    void theRiskClassComesFromTheCatalogue() {
        remembers(new Definition("pay", "0".repeat(64), "{}", Category.FINANCIAL, Risk.CRITICAL, Samples.NOON));
        assertThat(post(AUDITOR, EXPLAIN, "{\"grant\":\"buyer\",\"tool\":\"pay\"}"))
                .bodyJson()
                .extractingPath("$.call.riskFrom")
                .isEqualTo("from the catalogue of shop");
    }

    @Test
    void aFaultyDocumentIsRefusedWithAllItsFaults() {
        var body = "{\"tool\":\"pay\",\"document\":\"version: 2\\ndefault: maybe\\ntools: {}\"}";
        assertThat(post(AUDITOR, EXPLAIN, body))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.errors[*].line")
                .asArray()
                .containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tool\":\"pay\"}",
                "{\"grant\":\"buyer\"}",
                "{\"grant\":\"nobody\",\"tool\":\"pay\"}",
                "{\"grant\":\"buyer\",\"server\":\"other\",\"tool\":\"pay\"}",
                "{\"policy\":\"other.json\",\"tool\":\"pay\"}",
                "{\"policy\":\"policies/shop.json\",\"document\":{},\"tool\":\"pay\"}",
                "{\"grant\":\"buyer\",\"tool\":\"pay\",\"arguments\":[]}",
                "{\"grant\":\"buyer\",\"tool\":\"pay\",\"risk\":\"Enormous\"}",
                "{\"document\":7,\"tool\":\"pay\"}",
                "{\"grant\":\"buyer\",\"tool\":\"pay\",\"what\":1}"
            })
    void whatIsNoQuestionIsRefused(String body) {
        assertThat(post(AUDITOR, EXPLAIN, body)).hasStatus(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"tool\":1e99999999999}", "{"})
    void whatEverybodyReadsAnotherWayIsRefused(String body) {
        assertThat(post(AUDITOR, EXPLAIN, body)).hasStatus(400);
    }

    @Test
    void aBodyOfMoreThanFourMegabytesIsTooLarge() {
        assertThat(post(AUDITOR, EXPLAIN, " ".repeat((4 << 20) + 1))).hasStatus(413);
    }

    @Test
    void aDocumentOfMoreThanAMegabyteIsTooLarge() {
        var document = "version: '1'\\ndefault: deny\\n#" + "x".repeat(1 << 20);
        assertThat(post(AUDITOR, EXPLAIN, "{\"document\":\"" + document + "\",\"tool\":\"pay\"}"))
                .hasStatus(422)
                .bodyText()
                .contains("document has 1048604 bytes; use at most 1048576");
    }

    @Test
    void secretsInArgumentsAreMasked() {
        var body = "{\"grant\":\"buyer\",\"tool\":\"pay\",\"arguments\":{\"password\":\"canary-4711\"}}";
        assertThat(post(AUDITOR, EXPLAIN, body)).bodyText().contains("••••").doesNotContain("canary-4711");
    }
}
