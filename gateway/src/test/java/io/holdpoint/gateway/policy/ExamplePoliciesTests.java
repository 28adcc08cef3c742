package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.bpmn.flow.ShippedFlows;
import io.holdpoint.gateway.document.DocumentReader;
import io.holdpoint.gateway.document.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The policies under {@code examples/}, each with the list of calls that stands beside it. */
class ExamplePoliciesTests {

    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final Set<String> ENTRIES = Set.of("require", "deny_if", "limits", "require_approval");

    private static final Set<String> LEADS = Set.of("radiology-leads", "finance-leads", "support-leads");

    private static final PolicyContext CONTEXT =
            SmallInstallation.approvedBy("leads", Set.copyOf(ShippedFlows.names()), Optional.of(LEADS));

    /** An example, and what became of its calls. */
    private record Example(Path folder, Node.Obj document, Policy policy, List<Made> calls) {
        @Override
        public String toString() {
            return folder.getFileName().toString();
        }

        /** Decisions about tools that have the rule under this key, or any rule for {@code *}. */
        private Stream<Made> under(String key) {
            return calls.stream().filter(made -> key.equals("*") || made.key().equals(key));
        }
    }

    /**
     * A call that was decided.
     *
     * @param key what the rule of its tool stands under; empty for none
     */
    private record Made(JsonNode row, String key, Decision decision) {
        private String word() {
            return decision.word();
        }

        private String rule() {
            return decision.rule().value();
        }

        private boolean isAsListed() {
            return word().equals(row.path("is").stringValue())
                    && row.path("rule").asString(rule()).equals(rule());
        }
    }

    static Stream<Example> examples() {
        try (var folders = Files.list(EXAMPLES)) {
            return folders
                    .filter(folder -> folder.getFileName().toString().startsWith("policy-"))
                    .sorted()
                    .map(ExamplePoliciesTests::example)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Example example(Path folder) {
        var file = file(folder);
        var policy = Policy.read(file.toString(), bytes(file), CONTEXT);
        var document = (Node.Obj) DocumentReader.read(file.toString(), bytes(file));
        return new Example(folder, document, policy, made(policy, Policies.tree(text(folder, "calls.json"))));
    }

    private static Path file(Path folder) {
        var json = folder.resolve("policy.json");
        return Files.exists(json) ? json : folder.resolve("policy.yaml");
    }

    /** Decides the calls one after the other: those before count against the limits of those after. */
    private static List<Made> made(Policy policy, JsonNode rows) {
        var counters = new MemoryCounters();
        var made = new ArrayList<Made>();
        for (var row : rows.values()) {
            counters.moveTo(START.plus(Duration.parse(row.path("at").asString("PT0S"))));
            var call = Policies.call(
                    row.path("tool").stringValue(), row.path("args").toString());
            var key = policy.outline().keyFor(call.tool()).orElse("");
            for (int i = 0; i < row.path("times").asInt(1); i++) {
                made.add(new Made(row, key, policy.judge(call).decide(counters)));
            }
        }
        return made;
    }

    @Test
    void thereAreExamplesForWhatPeopleBeginWith() {
        assertThat(examples())
                .extracting(Example::toString)
                .contains("policy-database", "policy-filesystem", "policy-github", "policy-imaging", "policy-payments");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachCallIsDecidedAsTheListSays(Example example) {
        var others = example.calls().stream()
                .filter(made -> !made.isAsListed())
                .map(made -> "%s is %s by %s".formatted(made.row(), made.word(), made.rule()));

        assertThat(others).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whoReadsTheListLearnsWhyAndByWhichRule(Example example) {
        assertThat(example.calls())
                .extracting(Made::row)
                .filteredOn(row -> row.path("why").asString("").isBlank()
                        || !row.has("rule") && !row.path("is").stringValue().equals("allow"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachEntryIsMetByACallAndPassedByAnother(Example example) {
        assertThat(entries(example.document())).isNotEmpty().allSatisfy((pointer, entry) -> {
            var key = keyOf(pointer);
            assertThat(example.under(key)).extracting(Made::rule).contains(pointer);
            if (!alwaysMatches(entry)) {
                assertThat(example.under(key))
                        .as("calls that get past %s", pointer)
                        .anyMatch(made -> passes(made, pointer));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachRuleHasACallThatIsNotDeniedUnlessItDeniesAlways(Example example) {
        assertThat(member(example.document(), "tools").members()).allSatisfy((key, rule) -> {
            var denies = ((Node.Obj) rule).members().get("action") instanceof Node.Text action
                    && action.value().equals("deny");
            assertThat(example.under(key)
                            .anyMatch(made -> made.decision() instanceof Decision.Allow
                                    || made.decision() instanceof Decision.Hold))
                    .as(key)
                    .isNotEqualTo(denies);
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachHiddenNameAndTheDefaultAreMet(Example example) {
        var hidden =
                example.document().members().get("hide") instanceof Node.Arr hide ? hide.elements() : List.<Node>of();
        assertThat(hidden)
                .allSatisfy(name -> assertThat(example.calls())
                        .anyMatch(made -> made.rule().equals("(hidden)")
                                && new Glob(((Node.Text) name).value())
                                        .matches(made.row().path("tool").stringValue())));
        assertThat(example.calls()).extracting(Made::rule).contains("(default deny)");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatIsMaskedIsMaskedInACall(Example example) {
        var masks = member(example.document(), "tools").members().values().stream()
                .anyMatch(rule -> ((Node.Obj) rule).members().containsKey("redact"));
        assertThat(example.calls().stream().anyMatch(made -> made.row().has("redacted")))
                .isEqualTo(masks);
        assertThat(example.calls())
                .filteredOn(made -> made.row().has("redacted"))
                .allSatisfy(made -> {
                    var call = made.row();
                    var shown = example.policy()
                            .redaction(call.path("tool").stringValue())
                            .show(Policies.arguments(call.path("args").toString()));
                    assertThat(shown.masked()).isEqualTo(call.path("redacted").asInt());
                });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachDocumentNamesItsSchema(Example example) {
        assertThat(example.document().members().get("$schema"))
                .isInstanceOfSatisfying(
                        Node.Text.class,
                        schema -> assertThat(schema.value()).isEqualTo("../../docs/schema/policy-1.json"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachReadmeSaysForWhatHowAndWhatToChange(Example example) {
        assertThat(text(example.folder(), "README.md").replaceAll("\\s+", " "))
                .contains(
                        "## Use it",
                        "## Change",
                        "`calls.json`",
                        "`$schema` to `https://holdpoint.io/schema/policy-1.json`",
                        file(example.folder()).getFileName().toString())
                .containsPattern("version \\d");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachDenialSaysWhatAnAgentCanDoInstead(Example example) {
        var texts = new TreeSet<String>();
        entries(example.document()).forEach((pointer, entry) -> {
            if (pointer.contains("/require/") || pointer.contains("/deny_if/")) {
                texts.add(entry.members().get("on_deny") instanceof Node.Text text ? text.value() : "nothing");
            }
        });
        assertThat(texts).allSatisfy(text -> assertThat(text.split("\\s+")).hasSizeGreaterThan(3));
    }

    private static boolean passes(Made made, String pointer) {
        var allowed = made.decision() instanceof Decision.Allow;
        return allowed
                || made.decision() instanceof Decision.Hold && !made.rule().equals(pointer);
    }

    private static boolean alwaysMatches(Node.Obj entry) {
        var isHold = entry.path().contains("require_approval");
        return isHold
                && !(entry.members().get("conditions") instanceof Node.Arr conditions
                        && !conditions.elements().isEmpty());
    }

    /** All entries of all rules, by their pointers. */
    private static Map<String, Node.Obj> entries(Node.Obj document) {
        var entries = new LinkedHashMap<String, Node.Obj>();
        if (document.members().get("all_tools") instanceof Node.Obj all) {
            entries(all, "/all_tools", entries);
        }
        member(document, "tools")
                .members()
                .forEach((key, rule) -> entries((Node.Obj) rule, "/tools/" + escaped(key), entries));
        return entries;
    }

    private static void entries(Node.Obj rule, String pointer, Map<String, Node.Obj> found) {
        for (var name : ENTRIES) {
            if (rule.members().get(name) instanceof Node.Arr list) {
                for (int i = 0; i < list.elements().size(); i++) {
                    found.put(pointer + "/" + name + "/" + i, (Node.Obj)
                            list.elements().get(i));
                }
            }
        }
    }

    private static String keyOf(String pointer) {
        var steps = pointer.split("/");
        return steps[1].equals("tools") ? steps[2].replace("~1", "/").replace("~0", "~") : "*";
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static Node.Obj member(Node.Obj object, String key) {
        return (Node.Obj) object.members().get(key);
    }

    private static String text(Path folder, String file) {
        return new String(bytes(folder.resolve(file)), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
