package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.workflow.Risk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Cases collected from what other gateways document, promise or get wrong; ids are those of the collection. */
class PublishedCasesTests {

    private static final String IDS = """
            A01 A03 A05 A07 A09 A11 A13 A15 B01 B03 B05 B07 B09 B11 B13 B15 B17 B19 B21 B23 B25 \
            C01 C03 C05 C07 C09 C11 C13 C15 C17 D01 D03 D05 D07 D09 E01 E03 E05 E07 E09 \
            F01 F03 F05 F07 F09 F11 F13 F15 F17 F19 F21 F23 G01 G03 G05 G07 G09 G11 G13 G15 G17 G19 \
            H01 H03 H05 H07 H09 H11 H13 H15 H17 H19 H21 H23 H25 H27 H29 H31 I01 I03 I05""";

    private static final List<JsonNode> ALL = PublishedCases.all();

    private final MemoryCounters counters = new MemoryCounters();

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void aPublishedCaseIsDecidedAsPublished(String id, String about, JsonNode policy, JsonNode steps) {
        if (steps.path(0).path("is").stringValue().equals("refused")) {
            assertThatThrownBy(() -> Policies.json(policy.toString())).isInstanceOf(FaultyDocument.class);
            return;
        }
        var rules = Policies.json(policy.toString());
        steps.values().forEach(step -> check(rules, step));
    }

    static Stream<Arguments> cases() {
        return ALL.stream()
                .filter(c -> Set.of("both", "pure").contains(PublishedCases.where(c)))
                .map(c -> Arguments.of(
                        c.path("id").stringValue(), c.path("about").stringValue(), c.path("policy"), c.path("steps")));
    }

    @Test
    void noCaseOfTheCollectionIsForgotten() {
        assertThat(ALL).extracting(c -> c.path("id").stringValue()).containsExactly(IDS.split("\\s+"));
    }

    @Test
    void aCaseHasStepsOrTestsOrAReason() {
        assertThat(ALL)
                .allSatisfy(c -> assertThat(
                                switch (PublishedCases.where(c)) {
                                    case "both", "live" -> c.path("steps");
                                    case "elsewhere" -> c.path("tests");
                                    case "pure", "not" -> c.path("why");
                                    default -> MissingNode.getInstance();
                                })
                        .as("%s", c.path("id"))
                        .isNotEqualTo(MissingNode.getInstance()));
    }

    @Test
    void theTestsThatHaveACaseElsewhereExist() {
        assertThat(ALL)
                .flatExtracting(c -> c.path("tests").values())
                .isNotEmpty()
                .allSatisfy(test -> {
                    var name = test.stringValue().split("\\.");
                    assertThat(source(name[0])).contains("void " + name[1] + "(");
                });
    }

    private static String source(String test) throws IOException {
        try (var files = Files.walk(Path.of("src", "test", "java"))) {
            var file = files.filter(path -> path.endsWith(test + ".java")).findFirst();
            return file.isPresent() ? Files.readString(file.get()) : "no class " + test;
        }
    }

    private void check(Policy policy, JsonNode step) {
        if (step.has("call")) {
            checkCall(policy, step);
        } else {
            step.path("absent")
                    .values()
                    .forEach(tool -> assertThat(policy.lists(tool.stringValue(), Risk.LOW))
                            .isFalse());
            step.path("present")
                    .values()
                    .forEach(tool -> assertThat(policy.lists(tool.stringValue(), Risk.LOW))
                            .isTrue());
        }
    }

    private void checkCall(Policy policy, JsonNode step) {
        if (step.has("at")) {
            counters.moveTo(Instant.parse(step.path("at").stringValue()));
        }
        counters.callAs(step.path("grant").asString("ana"));
        var call =
                Policies.call(step.path("call").stringValue(), step.path("args").toString());
        var decision = policy.judge(call).decide(counters);
        assertThat(decision.word()).as("%s", step).isEqualTo(step.path("is").stringValue());
        assertThat(decision.rule().value()).contains(step.path("rule").asString(""));
        assertThat(message(decision)).contains(step.path("says").asString(""));
    }

    private static String message(Decision decision) {
        if (decision instanceof Decision.Deny deny) {
            return deny.message();
        }
        return decision instanceof Decision.Limit limit ? limit.message() : "";
    }
}
