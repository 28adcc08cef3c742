package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.holdpoint.bpmn.flow.ShippedFlows;
import io.holdpoint.gateway.configuration.ConfigurationReader;
import io.holdpoint.gateway.demo.FirstConfiguration;
import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.PolicyContext;
import io.holdpoint.gateway.policy.PolicySchema;
import io.holdpoint.gateway.policy.SmallInstallation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps documents true: what they show is read as the gateway would read it. */
class DocumentationTests {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> FLOWS = Set.copyOf(ShippedFlows.names());
    private static final int MOST_WORDS = 700;
    private static final int MOST_LINES = 120;

    private static final Pattern BLOCK = Pattern.compile("(?m)^```(json|yaml)\\n([\\s\\S]*?)^```$");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#|mailto:)([^)#\\s]+)");
    private static final Pattern KEY_ROW = Pattern.compile("(?m)^\\| `([a-z]+\\.(?:N\\.)?[a-z0-9-]+)` \\|");
    private static final Pattern POLICY_FILE = Pattern.compile("[\\w/-]+\\.json");
    private static final String SCHEMA_ID = "https://holdpoint.io/schema/policy-1.json";
    private static final Pattern SCHEMA_LINE =
            Pattern.compile("(?m)(?:\"\\$schema\": \"|^# yaml-language-server: \\$schema=)([^\"\\s]+)");
    private static final Pattern ALLOWED = Pattern.compile("(?:Allowed: |; use )(.+)$");

    /** Where a key of the table stands, as YAML around an unknown key. */
    private static final Map<String, String> SECTIONS = Map.of(
            "agents.", "agents: { %s }",
            "console.", "console: { %s }",
            "servers.N.", "servers: { n: { %s } }",
            "grants.N.", "grants: { n: { %s } }",
            "people.N.", "people: { n: { %s } }",
            "approvals.", "approvals: { %s }",
            "keys.", "keys: { %s }",
            "cluster.", "cluster: { %s }");

    @TempDir
    private Path directory;

    /** Something a document shows. */
    private record Shown(String where, String text) {
        @Override
        public String toString() {
            return where;
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void everyPolicyLoads(Shown policy) {
        assertThatCode(() -> Policy.read("policy.json", policy.text().getBytes(StandardCharsets.UTF_8), context()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void everyPolicyIsValidByItsSchema(Shown policy) {
        assertThat(PolicySchema.errors(policy.text())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("edited")
    void everyPolicyNamesTheSchemaSoThatEditorsCompleteIt(Shown policy) {
        var named = SCHEMA_LINE.matcher(policy.text());

        assertThat(named.find()).as("$schema in %s", policy).isTrue();
        assertThat(named.group(1)).isIn(SCHEMA_ID, relativeSchema(policy));
    }

    @Test
    void theFirstPolicyOfAUserNamesTheSchema() throws IOException {
        new FirstConfiguration(directory).write();

        var policy = text(directory.resolve("policies/imaging.json"));
        assertThat(policy).contains("\"$schema\": \"" + SCHEMA_ID + "\"");
        assertThat(PolicySchema.errors(policy)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void everyConfigurationIsRead(Shown configuration) throws IOException {
        var file = Files.writeString(directory.resolve("holdpoint.yaml"), configuration.text());
        for (var name : POLICY_FILE
                .matcher(configuration.text())
                .results()
                .map(MatchResult::group)
                .toList()) {
            Files.createDirectories(directory.resolve(name).getParent());
            Files.writeString(directory.resolve(name), "{\"version\":\"1\",\"default\":\"deny\"}");
        }

        assertThatCode(() -> reader().read(file, directory.resolve("data"))).doesNotThrowAnyException();
    }

    @Test
    void theFirstExampleIsRead() {
        var configuration = ROOT.resolve("examples/first-policy/holdpoint.yaml");

        assertThatCode(() -> reader().read(configuration, directory.resolve("data")))
                .doesNotThrowAnyException();
    }

    @Test
    void theReadmeIsShort() {
        var words = text(ROOT.resolve("README.md")).strip().split("\\s+").length;

        assertThat(words).isLessThanOrEqualTo(MOST_WORDS);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsShort(Path page) {
        assertThat(text(page).lines().count()).isLessThanOrEqualTo(MOST_LINES);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) {
        var links = LINK.matcher(text(document)).results().map(found -> found.group(1));

        assertThat(links)
                .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
    }

    @Test
    void theOperatorsTableHasTheKeysThatTheReaderAccepts() {
        var accepted = new TreeSet<String>();
        SECTIONS.forEach((prefix, yaml) -> accepted(yaml).forEach(key -> accepted.add(prefix + key)));

        assertThat(keysOfTheOperatorsTable()).isEqualTo(accepted);
    }

    @Test
    void theAuditorsTableHasARowForEachKindOfEntry() {
        var rows = Pattern.compile("(?m)^\\| `([a-z]+\\.[a-z-]+)` \\|")
                .matcher(text(ROOT.resolve("docs/auditor.md")))
                .results()
                .map(row -> row.group(1));
        var types = Pattern.compile("\"([a-z]+\\.[a-z-]+)\"")
                .matcher(text(ROOT.resolve("workflow/src/main/java/io/holdpoint/workflow/audit/EntryWriter.java")))
                .results()
                .map(type -> type.group(1));

        assertThat(rows).containsExactlyInAnyOrderElementsOf(types.distinct().toList());
    }

    /** From a file of the repository to the schema beside it, so that editors need no network; else the schema's id. */
    private static String relativeSchema(Shown policy) {
        var file = ROOT.resolve(policy.where());
        return Files.exists(file)
                ? file.getParent()
                        .relativize(ROOT.resolve("docs/schema/policy-1.json"))
                        .toString()
                : SCHEMA_ID;
    }

    private static Set<String> keysOfTheOperatorsTable() {
        var keys = new TreeSet<String>();
        KEY_ROW.matcher(text(ROOT.resolve("docs/operator.md"))).results().forEach(found -> keys.add(found.group(1)));
        return keys;
    }

    /** What the reader says it allows, without what it then says is not available. */
    private Set<String> accepted(String section) {
        var unknown = faults(section.formatted("zzz: 1")).stream()
                .filter(fault -> fault.path().endsWith(".zzz"))
                .findFirst()
                .orElseThrow();
        var allowed = ALLOWED.matcher(unknown.message());
        assertThat(allowed.find()).as(unknown.message()).isTrue();
        var keys = new TreeSet<String>();
        for (var key : allowed.group(1).split(", | or ")) {
            if (faults(section.formatted(key + ": 1")).stream()
                    .noneMatch(fault -> fault.message().contains("not available in this version"))) {
                keys.add(key);
            }
        }
        return keys;
    }

    private List<Fault> faults(String section) {
        try {
            var file = Files.writeString(directory.resolve("holdpoint.yaml"), "holdpoint: { " + section + " }");
            reader().read(file, directory.resolve("data"));
            return List.of();
        } catch (FaultyDocument e) {
            return e.faults();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Shown> policies() {
        var files = files("examples", ".json")
                .map(file -> new Shown(ROOT.relativize(file).toString(), text(file)));
        return Stream.concat(
                blocks("json").filter(block -> block.text().contains("\"version\"")),
                files.filter(file -> file.text().contains("\"version\"")));
    }

    /** Policies that somebody opens in an editor, in YAML too. */
    private static Stream<Shown> edited() {
        var yaml = files("examples", ".yaml")
                .map(file -> new Shown(ROOT.relativize(file).toString(), text(file)))
                .filter(file -> file.text().contains("\nversion:"));
        return Stream.concat(policies(), yaml);
    }

    private static Stream<Shown> configurations() {
        return blocks("yaml").filter(block -> block.text().startsWith("holdpoint:"));
    }

    private static Stream<Shown> blocks(String language) {
        return documents().flatMap(document -> {
            List<Shown> blocks = new ArrayList<>();
            BLOCK.matcher(text(document))
                    .results()
                    .filter(found -> found.group(1).equals(language))
                    .forEach(found -> blocks.add(
                            new Shown(ROOT.relativize(document) + " " + (blocks.size() + 1), found.group(2))));
            return blocks.stream();
        });
    }

    private static Stream<Path> documents() {
        var top = Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md"));
        return Stream.of(top, files("docs", ".md"), files("examples", ".md"), files(".github", ".md"))
                .flatMap(files -> files);
    }

    private static Stream<Path> pages() {
        return files("docs", ".md");
    }

    private static Stream<Path> files(String folder, String ending) {
        try (var files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every variable is set: keys to a key, all others to a long text of their own. */
    private static ConfigurationReader reader() {
        return new ConfigurationReader(
                name -> Optional.of(name.contains("KEY") ? "00".repeat(32) : name + "-long-enough-for-a-token"), FLOWS);
    }

    private static PolicyContext context() {
        return SmallInstallation.approvedBy("radiology-leads", FLOWS, Optional.of(Set.of("radiology-leads")));
    }
}
