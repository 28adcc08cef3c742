package io.holdpoint.gateway.authoring.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.document.Letters;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.Risk;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SuggestionTests {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.5Z");
    private static final Server SERVER = new Server(
            "imaging", URI.create("http://127.0.0.1:1/mcp"), Map.of(), Set.of(), Duration.ofSeconds(1), false);
    private static final Map<String, String> DECISIONS = Map.of(
            "Read", "allow",
            "Write", "allow",
            "Execute", "hold",
            "Unknown", "hold",
            "Destructive", "hold",
            "Financial", "hold");

    private static final List<String> ODD = List.of(
            "a",
            "list",
            "Delete",
            "\"",
            "'",
            "\\",
            "#",
            ": ",
            "- ",
            "{",
            "}",
            "[",
            ",",
            "&",
            "*",
            "!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "?",
            "~",
            "null",
            "on",
            "1e3",
            "/",
            "~1",
            " ",
            "\t",
            "\n",
            "\r\n# x\n",
            "\u0085",
            "\u2028",
            "\u2029",
            "\u202e",
            "\u200b",
            "\ufeff",
            "\u00a0",
            "\ufffe",
            "\ud83d\ude00",
            "\ue000",
            "\u00fc",
            "</script>",
            "---",
            "...",
            "=",
            "<<",
            "\u0000",
            "\u007f");

    @Test
    void aDraftSaysWhatItIsAndWhenItWasMade() {
        assertThat(draft(tool("list_studies", "Read"), tool("pay", "Financial"))
                        .toYaml()
                        .lines())
                .startsWith(
                        "# yaml-language-server: $schema=https://holdpoint.io/schema/policy-1.json",
                        "# A draft for the server \"imaging\", made at 2026-01-01T12:00:00Z from its own list of tools."
                                + " Read each rule before you use it.",
                        "# 2 tools: 1 Read, 0 Write, 0 Execute, 0 Unknown, 0 Destructive, 1 Financial."
                                + " Tools the server adds later are denied until you add them here.");
    }

    @ParameterizedTest
    @CsvSource({
        "list_studies, Read, its name says \"list\"",
        "deleteStudy, Destructive, its name says \"delete\"",
        "frobnicate, Unknown, 'nothing in its name, description or annotations says what it does'"
    })
    void eachToolSaysWhyItIsInItsClass(String name, String category, String why) {
        assertThat(draft(tool(name, category)).toYaml()).contains("  # %s: %s.\n  %s:".formatted(category, why, name));
    }

    @Test
    void anAnnotationThatDecidedIsNamed() {
        var json = "{\"name\":\"frob\",\"annotations\":{\"destructiveHint\":true}}";

        assertThat(draft(definition("frob", "Destructive", json)).toYaml())
                .contains("Destructive: the server says destructiveHint is true.");
    }

    @Test
    void aDescriptionThatDecidedIsNamedByItsWord() {
        var json = "{\"name\":\"frob\",\"description\":\"Removes all\"}";

        assertThat(draft(definition("frob", "Destructive", json)).toYaml())
                .contains("Destructive: its description says \"Removes\". \"Removes all\"");
    }

    @Test
    void readersMayBeCalledSixtyTimesAMinute() {
        var loaded = Loaded.yaml(draft(tool("list", "Read")).toYaml());

        assertThat(IntStream.range(0, 61).mapToObj(i -> loaded.decides("list", "{}")))
                .filteredOn("allow"::equals)
                .hasSize(60);
    }

    @Test
    void writersMayBeCalledThirtyTimesAnHour() {
        var loaded = Loaded.yaml(draft(tool("write", "Write")).toYaml());

        assertThat(IntStream.range(0, 31).mapToObj(i -> loaded.decides("write", "{}")))
                .filteredOn("allow"::equals)
                .hasSize(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Destructive", "Financial"})
    void whatCannotBeTakenBackTellsReviewersWhatToLookAt(String category) {
        var decision = Loaded.yaml(draft(tool("x", category)).toYaml()).decision("x", "{}");

        assertThat(((Decision.Hold) decision).terms().reason().orElse("")).contains("look at");
    }

    @Test
    void anAmountGetsAnExampleThatLoads() {
        var yaml = draft(definition(
                        "pay",
                        "Financial",
                        "{\"name\":\"pay\",\"inputSchema\":{\"properties\":{\"amount.eur\":{\"type\":\"number\"}}}}"))
                .toYaml();

        assertThat(yaml)
                .contains(
                        "# For example, require: [{\"path\":\"args[\\\"amount.eur\\\"]\",\"op\":\"lte\",\"value\":100}]");
        assertThat(withExample(yaml).decides("pay", "{\"amount.eur\": 101}")).isEqualTo("deny");
    }

    @Test
    void aPathGetsAnExampleThatLoads() {
        var yaml = draft(definition(
                        "read",
                        "Read",
                        "{\"name\":\"read\",\"inputSchema\":{\"properties\":{\"filePath\":{\"type\":\"string\"}}}}"))
                .toYaml();

        assertThat(withExample(yaml).decides("read", "{\"filePath\": \"/srv/data/../x\"}"))
                .isEqualTo("deny");
    }

    @Test
    void aSecretTheSchemaDoesNotMarkIsRedacted() {
        var schema = "{\"properties\":{\"api_key\":{\"type\":\"string\"},"
                + "\"password\":{\"type\":\"string\",\"format\":\"password\"},\"count\":{\"type\":\"number\"}}}";

        assertThat(draft(definition("log_in", "Execute", "{\"name\":\"log_in\",\"inputSchema\":" + schema + "}"))
                        .toYaml())
                .contains("redact: [\"args.api_key\"]");
    }

    @Test
    void aSecretIsMarkedBehindAReferenceToo() {
        var schema = "{\"properties\":{\"api_key\":{\"$ref\":\"#/$defs/secret\"}},"
                + "\"$defs\":{\"secret\":{\"type\":\"string\",\"writeOnly\":true}}}";

        assertThat(draft(definition("log_in", "Execute", "{\"name\":\"log_in\",\"inputSchema\":" + schema + "}"))
                        .toYaml())
                .doesNotContain("redact");
    }

    @Test
    void whatControlsATerminalIsEscapedInJson() {
        var schema = "{\"properties\":{\"api_key\\u009b2J\\u202e\":{\"type\":\"string\"}}}";
        var json = draft(definition("log_in", "Execute", "{\"name\":\"log_in\",\"inputSchema\":" + schema + "}"))
                .toJson();

        assertThat(json).contains("\\u009B2J\\u202E").doesNotContain("\u009b", "\u202e");
    }

    @Test
    void jsonIsTheSamePolicyWithoutComments() {
        var draft = draft(tool("list", "Read"), tool("pay", "Financial"));

        assertThat(draft.toJson()).doesNotContain("#");
        assertThat(Loaded.json(draft.toJson()).decides("pay", "{}")).isEqualTo("hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete_*", "*", " list", "list\u200b", "li\u202est", "a\nb"})
    void aToolThatNoRuleCanNameIsToldAndDenied(String name) {
        var yaml = draft(tool("list", "Read"), tool(name, "Read")).toYaml();

        assertThat(yaml).contains("# Denied, because no rule can name them");
        assertThat(Loaded.yaml(yaml).decides(name, "{}")).isEqualTo("deny");
    }

    @Test
    void aDescriptionStaysInItsComment() {
        var json = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "name",
                        "list",
                        "description",
                        "x\ndefault: allow\r\u0085\u2028tools:\u2029 \u202e\u200b\"y\"" + "z".repeat(1000)));
        var yaml = draft(definition("list", "Read", json)).toYaml();

        assertThat(yaml).contains("\"x default: allow tools: 'y'zzz").doesNotContain("z".repeat(200));
        assertThat(yaml.codePoints()).allMatch(letter -> letter == '\n' || Letters.show(letter));
        assertThat(Loaded.yaml(yaml).decides("other", "{}")).isEqualTo("deny");
    }

    @Test
    void aThousandToolsAreDraftedAndDecidedEachByItsClass() {
        var categories = List.copyOf(DECISIONS.keySet());
        var tools = IntStream.range(0, 1000)
                .mapToObj(i -> tool("tool_" + i, categories.get(i % categories.size())))
                .toArray(Definition[]::new);
        var loaded = Loaded.yaml(draft(tools).toYaml());

        assertThat(tools)
                .allSatisfy(tool -> assertThat(loaded.decides(tool.tool(), "{}"))
                        .isEqualTo(DECISIONS.get(tool.category().label())));
    }

    @Property(tries = 300, seed = "20261127", shrinking = ShrinkingMode.OFF)
    void anyToolsMakeADraftThatLoadsAndDecidesAsItSays(@ForAll long seed) {
        var random = new Random(seed);
        var tools = new LinkedHashMap<String, Definition>();
        for (int i = random.nextInt(30); i >= 0; i--) {
            var tool = anyTool(random);
            tools.putIfAbsent(tool.tool(), tool);
        }
        var draft = draft(tools.values().toArray(Definition[]::new));
        var loaded = Loaded.yaml(draft.toYaml());
        var named = Loaded.tree(draft.toJson()).path("tools");

        assertThat(tools.values())
                .allSatisfy(tool -> assertThat(loaded.decides(tool.tool(), "{}"))
                        .isEqualTo(
                                named.has(tool.tool())
                                        ? DECISIONS.get(tool.category().label())
                                        : "deny"));
        assertThat(loaded.decides("nobody made this one", "{}")).isEqualTo("deny");
    }

    private static Definition anyTool(Random random) {
        var arguments = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(4); i > 0; i--) {
            arguments.put(
                    odd(random) + List.of("", "path", "amount", "token").get(random.nextInt(4)),
                    Map.of("type", List.of("string", "number").get(random.nextInt(2))));
        }
        var name = random.nextInt(20) == 0 ? "x".repeat(random.nextInt(2000) + 1) : odd(random);
        var json = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "name",
                        name,
                        "description",
                        odd(random) + odd(random),
                        "inputSchema",
                        Map.of("type", "object", "properties", arguments)));
        var categories = new ArrayList<>(DECISIONS.keySet());
        return definition(name, categories.get(random.nextInt(categories.size())), json);
    }

    private static String odd(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(ODD.get(random.nextInt(ODD.size())));
        }
        return text.toString();
    }

    /** The draft with what its comment says done. */
    private static Loaded withExample(String yaml) {
        return Loaded.yaml(yaml.replaceFirst("(?s)  # For example, (require[^\n]*)\n([^\n]*)\n", "$2\n    $1\n"));
    }

    private static Draft draft(Definition... tools) {
        return Suggestion.of(SERVER, List.of(tools), NOON);
    }

    private static Definition tool(String name, String category) {
        return definition(name, category, JsonMapper.shared().writeValueAsString(Map.of("name", name)));
    }

    private static Definition definition(String name, String category, String json) {
        return new Definition(
                name, "0".repeat(64), json, Category.ofLabel(category).orElseThrow(), Risk.LOW, NOON);
    }
}
