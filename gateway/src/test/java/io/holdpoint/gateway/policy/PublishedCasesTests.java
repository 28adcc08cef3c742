package io.holdpoint.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.workflow.Risk;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Cases collected from what other gateways document, promise or get wrong; ids are those of the collection. */
class PublishedCasesTests {

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

    static Stream<Arguments> cases() throws IOException {
        try (var in = PublishedCasesTests.class.getResourceAsStream("published-cases.json")) {
            var cases = Policies.tree(new String(in.readAllBytes(), UTF_8));
            return cases.values().stream()
                    .map(c -> Arguments.of(
                            c.path("id").stringValue(),
                            c.path("about").stringValue(),
                            c.path("policy"),
                            c.path("steps")));
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
        assertThat(Policies.word(decision))
                .as("%s", step)
                .isEqualTo(step.path("is").stringValue());
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
