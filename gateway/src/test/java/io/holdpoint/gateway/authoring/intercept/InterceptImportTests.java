package io.holdpoint.gateway.authoring.intercept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdpoint.gateway.authoring.draft.Loaded;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.workflow.Risk;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class InterceptImportTests {

    private static final List<String> PIECES = List.of(
            "{", "}", "[", "]", ": ", "\"", "'", "*", "&a ", "!!x ", "\n", "- ", "null", "1e999", "-0", "0x1", "\u202e",
            "args.", "state.", "deny", "day", "lt", "[0]", ".", "<<");

    /**
     * Each step says what Intercept decides; where {@code there} says something else, the difference must be noted in
     * the result. Ids are those of the collection of published cases.
     */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("carriedOver")
    void aPolicyDecidesAsItDidInIntercept(String ids, String about, JsonNode example) {
        var yaml = InterceptImport.of("theirs.yaml", bytes(example)).toYaml();
        var loaded = Loaded.yaml(yaml);

        example.path("steps").values().forEach(step -> check(loaded, yaml, step));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("refused")
    void whatCannotBeCarriedOverIsRefusedWithAllReasonsAtOnce(String ids, String about, JsonNode example) {
        var reasons = example.path("refused").values().stream()
                .map(JsonNode::stringValue)
                .toList();

        assertThatThrownBy(() -> InterceptImport.of("theirs.yaml", bytes(example)))
                .isInstanceOf(FaultyDocument.class)
                .hasMessageContainingAll(reasons.toArray(CharSequence[]::new));
    }

    @Test
    void everyRuleKeepsItsNameInAComment() {
        var yaml = imported("""
                version: "1"
                tools:
                  pay:
                    rules:
                      - {name: not too much, conditions: [{path: args.amount, op: lte, value: 5}]}
                      - {name: not too often, rate_limit: 3/hour}
                """);

        assertThat(yaml).contains("""
                  pay:
                    require:
                      # Rule "not too much"
                      - {path: "args.amount", op: lte, value: 5}
                    limits:
                      # Rule "not too often"
                      - {window: hour, scope: server, max: 3}
                """);
    }

    @Test
    void theTopSaysWhereItComesFromAndOnlyTheDifferencesThatMatter() {
        assertThat(imported("version: \"1\"\ndefault: deny\ntools: {a: {rules: []}}\n"))
                .isEqualTo("""
                        # yaml-language-server: $schema=https://holdpoint.io/schema/policy-1.json
                        # Carried over from Intercept's "theirs.yaml" by `holdpoint policy import intercept`.
                        # It decides as it did there, but for this:
                        # - Tools without a rule are no longer listed; add list: all to list them though they are denied.
                        version: "1"
                        default: deny
                        tools:
                          a: {}
                        """);
    }

    @Test
    void aNameCannotLeaveItsComment() {
        var yaml = imported("""
                version: "1"
                default: deny
                tools:
                  a: {rules: [{name: "x\\ndefault: allow\\u2028tools:", action: deny}]}
                """);

        assertThat(yaml).contains("# Rule \"x default: allow tools:\"\n");
        assertThat(Loaded.yaml(yaml).decides("b", "{}")).isEqualTo("deny");
    }

    @Test
    void whereInterceptTakesATextForANumberTheResultSaysSo() {
        assertThat(imported("""
                version: "1"
                tools: {a: {rules: [{name: n, conditions: [{path: args.v, op: eq, value: 1}]}]}}
                """)).contains("# Intercept takes a text for the number", "op: in, value: [1, \"1\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(((a{999}){999}){999})", "((((((((((((((((a", "(?=a)"})
    void aRegexThatOurLoaderRefusesIsRefusedAtItsLine(String regex) {
        assertThatThrownBy(() -> imported("""
                        version: "1"
                        tools:
                          a: {rules: [{name: n, conditions: [{path: args.v, op: regex, value: "%s"}]}]}
                        """.formatted(regex.replace("((((((((((((((((a", "(".repeat(100_000)))))
                .isInstanceOf(FaultyDocument.class)
                .hasMessageContaining("theirs.yaml:3: tools.a.rules[0].conditions[0].value is")
                .hasMessageContaining("regular expression");
    }

    @Property(tries = 500, seed = "20261128", shrinking = ShrinkingMode.OFF)
    void aDamagedPolicyIsCarriedOverOrRefused(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        var examples = all().toList();
        var text = new StringBuilder(
                ((JsonNode) examples.get(random.nextInt(examples.size())).get()[2])
                        .path("intercept")
                        .stringValue());
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(6));
            text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
        }

        var thrown = catchThrowable(() -> Loaded.yaml(imported(text.toString())));

        assertThat(thrown == null || thrown instanceof FaultyDocument)
                .as("%s%n%s", text, thrown)
                .isTrue();
    }

    static Stream<Arguments> carriedOver() throws IOException {
        return all().filter(example -> ((JsonNode) example.get()[2]).has("steps"));
    }

    static Stream<Arguments> refused() throws IOException {
        return all().filter(example -> ((JsonNode) example.get()[2]).has("refused"));
    }

    private static Stream<Arguments> all() throws IOException {
        try (var in = InterceptImportTests.class.getResourceAsStream("intercept-cases.json")) {
            var cases = Loaded.tree(new String(in.readAllBytes(), UTF_8));
            return cases.values().stream()
                    .map(example -> Arguments.of(
                            example.path("ids").toString(),
                            example.path("about").stringValue(),
                            example));
        }
    }

    private static void check(Loaded loaded, String yaml, JsonNode step) {
        step.path("absent")
                .values()
                .forEach(tool -> assertThat(loaded.policy().lists(tool.stringValue(), Risk.LOW))
                        .isFalse());
        step.path("present")
                .values()
                .forEach(tool -> assertThat(loaded.policy().lists(tool.stringValue(), Risk.LOW))
                        .isTrue());
        assertThat(yaml).contains(step.path("noted").asString(""));
        assertThat(step.has("there")).isEqualTo(step.has("noted"));
        for (int i = step.has("call") ? step.path("times").asInt(1) : 0; i > 0; i--) {
            call(loaded, step);
        }
    }

    private static void call(Loaded loaded, JsonNode step) {
        if (step.has("at")) {
            loaded.moveTo(Instant.parse(step.path("at").stringValue()));
        }
        var decision = loaded.decision(
                step.path("call").stringValue(), step.path("args").toString());
        assertThat(decision.word()).as("%s", step).isEqualTo(step.path("is").stringValue());
        assertThat(told(decision)).contains(step.path("says").asString(""));
        if (decision instanceof Decision.Hold hold) {
            assertThat(hold.terms().reason().orElse(""))
                    .contains(step.path("reason").asString(""));
            assertThat(hold.terms().expiresAfter())
                    .hasToString(step.path("expires").asString("PT30M"));
        }
    }

    private static String told(Decision decision) {
        if (decision instanceof Decision.Deny deny) {
            return deny.message();
        }
        return decision instanceof Decision.Limit limit ? limit.message() : "";
    }

    private static byte[] bytes(JsonNode example) {
        return example.path("intercept").stringValue().getBytes(UTF_8);
    }

    private static String imported(String theirs) {
        return InterceptImport.of("theirs.yaml", theirs.getBytes(UTF_8)).toYaml();
    }
}
