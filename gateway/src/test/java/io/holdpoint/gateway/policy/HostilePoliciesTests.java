package io.holdpoint.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.workflow.Risk;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Policies and arguments that explode elsewhere are refused or answered; the bounds are far above what it takes. */
class HostilePoliciesTests {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MEGABYTE = 1 << 20;

    private static final JsonNode LONG_LIST = longList();
    private static final Map<String, JsonNode> HUGE = huge();

    /** Operator, value, and which of the huge arguments it is true of. */
    private static final String EVERY_OPERATOR = """
            eq      | "x"              | none
            eq      | [[[[]]]]         | none
            neq     | "x"              | all
            in      | ["x", 1, [], {}] | none
            not_in  | ["x", 1, [], {}] | all
            lt      | 1e400            | tiny negative
            lte     | 1e-400           | tiny negative
            gt      | -1e400           | great tiny
            gte     | 0                | great tiny
            regex   | "(a+)+$"         | text
            contains | "aaaaaaaab"     | none
            contains | 5               | none
            exists  | true             | all
            path_within | "/srv/data"  | none
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{1000}){1000}",
                "((a{100}){100}){100}",
                "a{1001}",
                "(a{1,1000}){1,1000}",
                "(((((a{0,9}){0,9}){0,9}){0,9}){0,9}){0,9}",
                "(x+x+){1000}{1000}",
                "a{1000}{1000}",
                "a{2147483648}",
                "a{99999999999999999999}",
                "(?i:a{1000}){1000}",
                "(?=a)a",
                "(a)\\\\1"
            })
    void aRegexThatWouldExplodeIsRefused(String regex) {
        assertThat(faults(condition("regex", "\"" + regex + "\"")))
                .singleElement()
                .asString()
                .contains("regular expression");
    }

    @Test
    void anAlternationOfAHundredThousandWordsIsRefused() {
        var words = IntStream.range(0, 100_000).mapToObj(i -> "word" + i).collect(Collectors.joining("|"));
        assertThat(faults(condition("regex", "\"(" + words + ")\"")))
                .singleElement()
                .asString()
                .contains("too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(x{1000}){9}", "(a?){900}b", "(ab|cd|ef){800}", "\\\\pL\\\\pN\\\\PS"})
    void expressionsThatFillTheMemoryTogetherAreRefusedOnce(String regex) {
        var condition = "{\"path\": \"args.v\", \"op\": \"regex\", \"value\": \"" + regex + "\"}";
        var conditions = String.join(",", Collections.nCopies(5000, condition));
        assertThat(faults("\"require\": [" + conditions + "]"))
                .singleElement()
                .asString()
                .contains(
                        "policy.json:1: tools.pay.require[", "regular expressions of this document too large together");
    }

    @Test
    void expressionsCountTogetherWhereverTheyStand() {
        var rule = "{\"require_approval\": [{\"conditions\": [{\"path\": \"args.v\", \"op\": \"regex\","
                + " \"value\": \"(x{1000}){9}\"}]}]}";
        var rules =
                IntStream.range(0, 100).mapToObj(i -> "\"t" + i + "\": " + rule).collect(Collectors.joining(","));
        var document = "{\"version\": \"1\", \"default\": \"deny\", \"tools\": {" + rules + "}}";
        assertThat(faults("policy.json", document)).singleElement().asString().contains("too large together");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|aa)+$",
                "(.*)*x",
                "^(([a-z])+.)+[A-Z]([a-z])+$",
                "(a?){10}b",
                "(a?){50}b",
                "(a?){900}b"
            })
    void aRegexThatBacktracksElsewhereIsAnsweredOverAMegabyte(String regex) {
        var policy = policy(condition("regex", "\"" + regex + "\""));
        assertThat(inTime(() -> decide(policy, JSON.stringNode("a".repeat(MEGABYTE) + "!"))))
                .isEqualTo("deny");
    }

    @Test
    void aliasesThatMultiplyAreRefusedUnexpanded() {
        var bomb = new StringBuilder(
                "version: \"1\"\ndefault: deny\na0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 30; i++) {
            var alias = "*a" + (i - 1);
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(String.join(", ", Collections.nCopies(9, alias))).append("]\n");
        }
        assertThat(faults("policy.yaml", bomb.toString()))
                .anySatisfy(fault -> assertThat(fault).contains("is an alias (*); write the value out"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy.json", "policy.yaml"})
    void aMegabyteOfKeysIsRefusedKeyByKey(String file) {
        var keys = IntStream.range(0, MEGABYTE / 16)
                .mapToObj(i -> "\"k" + i + "\": " + i)
                .collect(Collectors.joining(",\n"));
        assertThat(faults(file, "{\"version\": \"1\", \"default\": \"deny\",\n" + keys + "}"))
                .hasSize(MEGABYTE / 16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1001", "1e-999999999", "1e99999999999999999999", "-1e-1001"})
    void aNumberOutOfRangeIsRefused(String number) {
        assertThat(faults(condition("lt", number)))
                .anySatisfy(fault -> assertThat(fault)
                        .contains("value is a number with more than 1000 digits or an exponent beyond 1000"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = EVERY_OPERATOR)
    void everyOperatorAnswersToWhateverAnAgentSends(String op, String value, String trueOf) {
        var policy = policy(condition(op, value));
        HUGE.forEach((name, argument) -> {
            var isTrue = trueOf.equals("all") || List.of(trueOf.split(" ")).contains(name);
            assertThat(inTime(() -> decide(policy, argument))).as(name).isEqualTo(isTrue ? "allow" : "deny");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "not_in", "contains", "eq"})
    void listsOfAHundredThousandAreCompared(String op) {
        var operand = IntStream.range(0, 10_000).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        var policy = policy(condition(op, operand));
        assertThat(inTime(() -> decide(policy, LONG_LIST))).isEqualTo(op.equals("not_in") ? "allow" : "deny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "1e-999999999", "1e999999999", "-1e999999999"})
    void anAmountNobodyCouldCountIsDenied(String amount) {
        var policy = policy("\"limits\": [{\"window\": \"day\", \"max\": 5, \"amount\": \"args.v\"}]");
        assertThat(inTime(() -> decide(policy, JSON.numberNode(new BigDecimal(amount)))))
                .isEqualTo("deny");
    }

    @ParameterizedTest
    @MethodSource("bigPolicies")
    void aPolicyOfTenThousandLoadsAndFindsTheRightOne(String document, String tool, String decidedBy) {
        var policy = assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> Policy.read("policy.json", document.getBytes(UTF_8), Policies.CONTEXT));
        var decision = policy.judge(new Call("imaging", tool, JSON.objectNode(), Risk.LOW))
                .then();
        assertThat(decision.rule()).hasToString(decidedBy);
    }

    @Test
    void twoHundredThousandEntriesNoneOfWhichAlwaysMatchesAreReadInTime() {
        var entries = String.join(",", Collections.nCopies(200_000, "0"));
        assertThat(faults("\"require_approval\": [" + entries + "]"))
                .hasSize(200_000)
                .last()
                .asString()
                .contains("require_approval[199999] is a number; use an object");
    }

    @Test
    void tenThousandLimitsThatCountTogetherAreToldInTime() {
        var limits = String.join(",", Collections.nCopies(10_000, "{\"window\": \"day\", \"max\": 1}"));
        var others = IntStream.range(0, 10_000)
                .mapToObj("{\"counter\": \"c%d\", \"window\": \"day\", \"max\": 1}"::formatted)
                .collect(Collectors.joining(","));
        var tools = many("\"tool_%d\": {\"limits\": [{\"window\": \"day\", \"max\": 1}]}");
        var document = "{\"version\": \"1\", \"default\": \"deny\", \"all_tools\": {\"limits\": [" + others
                + "]}, \"tools\": {\"pay\": {\"limits\": [" + limits + "]}," + tools + "}}";
        assertThat(faults("policy.json", document)).hasSize(9_999);
    }

    private static Stream<Arguments> bigPolicies() {
        var exact = many(
                "\"tool_%d\": {\"deny_if\": [{\"conditions\": [{\"path\": \"args.x\", \"op\": \"eq\", \"value\": 1}]}]}");
        var regexes = many("\"tool_%d\": {\"deny_if\": [{\"conditions\": [{\"path\": \"args.x\", \"op\": \"regex\","
                + " \"value\": \"^s3://(other|evil)-[a-z]+/\"}]}]}");
        var held = many("\"tool_%d\": {\"require_approval\": [{\"conditions\": [{\"path\": \"args.x\", \"op\": \"gt\","
                + " \"value\": 100}], \"approvers\": [\"ana\"]}, {}]}");
        var globs = many("\"tool_%1$d_*\": {}, \"*_%1$d_end\": {\"action\": \"deny\"}");
        var hidden = many("\"tool_%d_*\"");
        var start = "{\"version\": \"1\", \"default\": \"deny\", ";
        return Stream.of(
                Arguments.of(start + "\"tools\": {" + exact + "}}", "tool_9999", "/tools/tool_9999"),
                Arguments.of(start + "\"tools\": {" + regexes + "}}", "tool_9999", "/tools/tool_9999/deny_if/0"),
                Arguments.of(start + "\"tools\": {" + held + "}}", "tool_9999", "/tools/tool_9999/require_approval/0"),
                Arguments.of(start + "\"tools\": {" + globs + "}}", "tool_7777_x", "/tools/tool_7777_*"),
                Arguments.of(
                        start.replace("deny", "allow") + "\"tools\": {" + globs + "}}",
                        "TOOL_7777_X",
                        "/tools/tool_7777_*"),
                Arguments.of(start + "\"tools\": {" + globs + "}}", "some_7777_end", "/tools/*_7777_end/action"),
                Arguments.of(start + "\"hide\": [" + hidden + "]}", "Tool_5_x", "(hidden)"));
    }

    private static String many(String entry) {
        return IntStream.range(0, 10_000).mapToObj(entry::formatted).collect(Collectors.joining(","));
    }

    private static Map<String, JsonNode> huge() {
        var object = JSON.objectNode();
        IntStream.range(0, 100_000).forEach(i -> object.put("k" + i, i));
        return Map.of(
                "text", JSON.stringNode("a".repeat(MEGABYTE)),
                "way up", JSON.stringNode("/..".repeat(MEGABYTE / 3)),
                "way down", JSON.stringNode("a/".repeat(MEGABYTE / 2)),
                "list", LONG_LIST,
                "object", object,
                "nested", nested(500),
                "great", JSON.numberNode(new BigDecimal("1e400")),
                "tiny", JSON.numberNode(new BigDecimal("1e-999999999")),
                "negative", JSON.numberNode(new BigDecimal("-1e999999999")));
    }

    private static JsonNode longList() {
        var list = JSON.arrayNode();
        IntStream.range(0, 100_000).forEach(i -> list.add("v" + i));
        return list;
    }

    /** As deep as arguments may be. */
    private static JsonNode nested(int depth) {
        var list = JSON.arrayNode();
        for (int i = 1; i < depth; i++) {
            list = JSON.arrayNode().add(list);
        }
        return list;
    }

    private static String condition(String op, String value) {
        return "\"require\": [{\"path\": \"args.v\", \"op\": \"" + op + "\", \"value\": " + value + "}]";
    }

    private static String document(String rule) {
        return "{\"version\": \"1\", \"default\": \"deny\", \"tools\": {\"pay\": {" + rule + "}}}";
    }

    private static Policy policy(String rule) {
        return Policy.read("policy.json", document(rule).getBytes(UTF_8), Policies.CONTEXT);
    }

    private static List<String> faults(String rule) {
        return faults("policy.json", document(rule));
    }

    private static List<String> faults(String file, String text) {
        return inTime(() -> {
            try {
                Policy.read(file, text.getBytes(UTF_8), Policies.CONTEXT);
                return List.of();
            } catch (FaultyDocument refused) {
                return refused.faults().stream().map(Object::toString).toList();
            }
        });
    }

    private static String decide(Policy policy, JsonNode argument) {
        ObjectNode arguments = JSON.objectNode();
        arguments.set("v", argument);
        return policy.judge(new Call("imaging", "pay", arguments, Risk.LOW))
                .then()
                .word();
    }

    /** What explodes runs for ever, so the bound may be wide: slow machines build this, too. */
    private static <T> T inTime(Supplier<T> work) {
        return assertTimeoutPreemptively(Duration.ofSeconds(10), work::get);
    }
}
