package io.holdpoint.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.FaultyDocument;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies as a configuration names them, and whether anybody can approve what they hold. */
class ConfiguredPoliciesTests {

    private static final String HELD = """
        { "version": "1", "default": "deny",
          "tools": {
            "delete_study": {
              "require_approval": [ %s ] } } }
        """;

    @TempDir
    private Path directory;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(directory.resolve("policies"));
    }

    @Test
    void aPolicyIsFoundBesideTheConfigurationAndKnownByItsHash() throws IOException {
        policy("{ \"approvers\": [\"leads\"] }");

        var configuration = read("ana: { groups: [leads], roles: [reviewer] }");

        assertThat(configuration.reloadable().policyHashes()).containsOnlyKeys("policies/p.json");
        assertThat(configuration
                        .reloadable()
                        .grants()
                        .find("agent")
                        .orElseThrow()
                        .servers()
                        .get("s")
                        .policy())
                .isPresent();
    }

    @Test
    void aPolicysFaultsJoinTheConfigurations() throws IOException {
        Files.writeString(directory.resolve("policies/p.json"), "{ \"version\": \"1\",\n \"defult\": \"deny\" }");

        assertThat(faults("ana: { rolls: [] }"))
                .extracting(Fault::file)
                .contains("policies/p.json")
                .first()
                .asString()
                .endsWith("holdpoint.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"policies/p.json", "holdpoint.yaml"})
    void aFileOfGigabytesIsRefusedWithoutBeingReadWhole(String name) throws IOException {
        policy("{ \"approvers\": [\"leads\"] }");
        read("ana: { groups: [leads], roles: [reviewer] }");
        try (var file = new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
            file.setLength(3L << 30); // no array is that long
        }

        assertThatThrownBy(this::readAgain)
                .isInstanceOf(FaultyDocument.class)
                .hasMessageContaining("is larger than 8388608 bytes");
    }

    @Test
    void anUnknownApproverIsAFaultOfThePolicy() throws IOException {
        policy("{ \"approvers\": [\"nobody\"] }");

        assertThat(faults("ana: {}")).anySatisfy(fault -> {
            assertThat(fault.line()).isEqualTo(4);
            assertThat(fault.toString()).contains("policies/p.json", "nobody");
        });
    }

    @Test
    void aRuleNobodyCanApproveIsReportedTogetherWithOtherFaults() throws IOException {
        policy("{ \"approvers\": [\"leads\"], \"expires_after\": \"soon\" }");

        assertThat(faults("cai: { groups: [leads], roles: [reviewer] }").toString())
                .contains("expires_after is \"soon\"", "delete_study: leads has only cai");
    }

    @Test
    void anApproverWhoIsMeantIsNamed() throws IOException {
        policy("{ \"approvers\": [\"lead\"] }");

        assertThat(faults("ana: { groups: [leads], roles: [reviewer] }"))
                .singleElement()
                .asString()
                .contains("did you mean leads?");
    }

    @Test
    void aRuleOnlyTheOwnerCouldApproveIsRefused() throws IOException {
        policy("{ \"approvers\": [\"leads\"] }");

        assertThat(faults("cai: { groups: [leads], roles: [reviewer] }"))
                .containsExactly(new Fault(
                        "policies/p.json",
                        4,
                        "tools.delete_study.require_approval[0]",
                        "lets nobody approve delete_study: leads has only cai, who owns agent;"
                                + " add a person or set allow_owner"));
    }

    @Test
    void aRuleOnlyTheOwnerCouldApproveIsFineIfItSaysSo() throws IOException {
        policy("{ \"approvers\": [\"leads\"], \"allow_owner\": true }");

        assertThat(read("cai: { groups: [leads], roles: [reviewer] }")).isNotNull();
    }

    @Test
    void aGroupWithoutAReviewerCanApproveNothing() throws IOException {
        policy("{ \"approvers\": [\"leads\"] }");

        assertThat(faults("ana: { groups: [leads], roles: [admin] }"))
                .singleElement()
                .asString()
                .endsWith("delete_study: leads has no reviewer; add a person with the role reviewer");
    }

    @Test
    void aRuleWithoutApproversCanBeApprovedByNobody() throws IOException {
        policy("{}");

        assertThat(faults("ana: { groups: [leads], roles: [reviewer] }"))
                .singleElement()
                .asString()
                .contains("approvers");
    }

    @Test
    void twoPeopleAreNeededWhereTheFlowNeedsTwo() throws IOException {
        policy("{ \"approvers\": [\"leads\"], \"flow\": \"two-person\" }");

        assertThat(faults("ana: { groups: [leads], roles: [reviewer] }"))
                .singleElement()
                .asString()
                .endsWith("delete_study: two-person needs 2 people and leads has only ana; add a person");
    }

    @Test
    void theOwnerIsNotOneOfTwo() throws IOException {
        policy("{ \"approvers\": [\"leads\"], \"flow\": \"two-person\" }");
        var people = "ana: { groups: [leads], roles: [reviewer] }\n    cai: { groups: [leads], roles: [reviewer] }";

        assertThat(faults(people))
                .singleElement()
                .asString()
                .endsWith("delete_study: two-person needs 2 people besides cai, who owns agent, and leads has only"
                        + " ana and cai; add a person or set allow_owner");
    }

    @Test
    void aQuorumNeedsAsManyAsItSays() throws IOException {
        policy("{ \"approvers\": [\"leads\"], \"flow\": \"quorum-approval\", \"with\": { \"approvals\": 3 } }");

        assertThat(faults("ana: { groups: [leads], roles: [reviewer] }"))
                .singleElement()
                .asString()
                .contains("quorum-approval needs 3 people");
    }

    @Test
    void eachGroupHasToHaveSomebodyWhereEachSigns() throws IOException {
        policy("{ \"approvers\": [\"leads\", \"cai\"], \"flow\": \"all-groups-approval\" }");
        var people = "ana: { groups: [leads], roles: [reviewer] }\n    cai: { roles: [reviewer] }";

        assertThat(faults(people)).singleElement().asString().contains("cai has only cai, who owns agent");
    }

    @Test
    void whoCannotLogInApprovesNothingThatNeedsALogin() throws IOException {
        policy("{ \"approvers\": [\"leads\"], \"min_assurance\": \"login\" }");

        assertThat(faults("ana: { groups: [leads], roles: [reviewer] }"))
                .singleElement()
                .asString()
                .endsWith("policies/p.json:4: tools.delete_study.require_approval[0] lets nobody approve delete_study:"
                        + " it needs login, and of leads ana has neither token nor password-hash; add one, or lower"
                        + " min_assurance");
    }

    @Test
    void twoLoginsAreNeededWhereTwoPeopleAre() throws IOException {
        policy("{ \"approvers\": [\"leads\"], \"flow\": \"two-person\", \"min_assurance\": \"login\" }");
        var people = "ana: { groups: [leads], roles: [reviewer], token: ana-token }\n"
                + "    bo: { groups: [leads], roles: [reviewer] }";

        assertThat(faults(people))
                .singleElement()
                .asString()
                .contains("it needs login of 2 people, and of leads bo has neither token nor password-hash");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "roles: [reviewer], token: some-token-of-ana",
                "roles: [reviewer], password-hash: '{bcrypt}$2a$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'",
                "roles: [reviewer, admin]"
            })
    void whoHasATokenOrAPasswordOrTheFirstAdminsLinkLogsIn(String ana) throws IOException {
        policy("{ \"approvers\": [\"leads\"], \"min_assurance\": \"login\" }");

        assertThat(read("ana: { groups: [leads], %s }".formatted(ana))).isNotNull();
    }

    @Test
    void aCriticalRuleNeedsMoreThanALink() throws IOException {
        Files.writeString(directory.resolve("policies/p.json"), """
            { "version": "1", "default": "deny",
              "by_risk": { "Critical": { "require_approval": { "approvers": ["ana"] } } } }
            """);

        assertThat(faults("ana: { roles: [reviewer] }"))
                .singleElement()
                .asString()
                .contains(
                        ":2: by_risk.Critical.require_approval lets nobody approve Critical: it needs slack, and of ana");
    }

    @Test
    void withoutAnAdminThereAreNoLinks() throws IOException {
        policy("{ \"approvers\": [\"leads\"] }");

        assertThatThrownBy(() -> readWith("ana: { groups: [leads], roles: [reviewer] }\n    cai: {}"))
                .isInstanceOf(FaultyDocument.class)
                .hasMessageContaining("it needs link, and of leads ana has neither token nor password-hash; add one, or"
                        + " an admin who makes sign-in links");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"approvers\": [\"nobody\"]"})
    void tenThousandRulesThatNobodyCanApproveAreReportedForAThousandGrants(String approvers) throws IOException {
        tenThousandRules(approvers);
        var grants = thousandGrants("cai");

        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertThat(faultsOfGrants(grants)).hasSize(10_000));
    }

    @Test
    void tenThousandRulesThatAThousandOwnersOfGrantsMayApproveAreCheckedQuickly() throws IOException {
        tenThousandRules(", \"approvers\": [\"leads\"]");
        var people = IntStream.range(0, 1000)
                .mapToObj("p%d: { groups: [leads], roles: [reviewer, admin] }"::formatted)
                .collect(Collectors.joining("\n    "));

        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThat(read(thousandGrants("p%1$d"), people)).isNotNull());
    }

    private void tenThousandRules(String approvers) throws IOException {
        var rule = "\"tool_%d\": { \"require_approval\": { \"conditions\": []" + approvers + " } }";
        var rules = IntStream.range(0, 10_000).mapToObj(rule::formatted).collect(Collectors.joining(",\n"));
        Files.writeString(
                directory.resolve("policies/p.json"),
                "{ \"version\": \"1\", \"default\": \"deny\", \"tools\": {" + rules + "} }");
    }

    private static String thousandGrants(String owner) {
        var grant = "g%1$d: { server: s, policy: policies/p.json, token: token-of-grant-%1$d, owner: " + owner + " }";
        return IntStream.range(0, 1000).mapToObj(grant::formatted).collect(Collectors.joining("\n    "));
    }

    @Test
    void policiesAreInTheSameOrderOnEveryNode() throws IOException {
        var grant = "g%1$s: { server: s, policy: policies/%1$s.json, token: token-of-grant-%1$s, owner: cai }";
        var names = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        for (var name : names) {
            Files.writeString(
                    directory.resolve("policies/" + name + ".json"), "{ \"version\": \"1\", \"default\": \"deny\" }");
        }
        var grants = names.stream().map(grant::formatted).collect(Collectors.joining("\n    "));

        assertThat(read(grants, "cai: {}").reloadable().policies())
                .extractingFromEntries(entry -> entry.getKey())
                .isSorted();
    }

    @Test
    void aShadowIsForEveryServerOfItsGrantAndIsKeptByItsHash() throws IOException {
        policy("{ \"approvers\": [\"leads\"] }");

        var read = readGrant("servers: { s: policies/p.json, t: policies/p.json }, shadow: policies/new.json");

        assertThat(read.policyHashes()).containsOnlyKeys("policies/p.json", "policies/new.json");
        assertThat(shadows(read)).containsExactlyInAnyOrder("s", "t");
    }

    @Test
    void aShadowMayBeForOneServerOfItsGrant() throws IOException {
        policy("{ \"approvers\": [\"leads\"] }");

        var read = readGrant("servers: { s: policies/p.json, t: policies/p.json }, shadow: { t: policies/new.json }");

        assertThat(shadows(read)).containsExactly("t");
    }

    @Test
    void aShadowForAServerOfAnotherGrantIsRefused() throws IOException {
        policy("{ \"approvers\": [\"leads\"] }");

        assertThatThrownBy(() -> readGrant("servers: { s: policies/p.json }, shadow: { t: policies/new.json }"))
                .isInstanceOf(FaultyDocument.class)
                .hasMessageContaining("grants.agent.shadow.t names no server of this grant");
    }

    @Test
    void aShadowThatNobodyCouldApproveIsRefused() throws IOException {
        Files.writeString(directory.resolve("policies/p.json"), "{ \"version\": \"1\", \"default\": \"deny\" }");

        assertThatThrownBy(() -> readGrant("servers: { s: policies/p.json }, shadow: policies/held.json"))
                .isInstanceOf(FaultyDocument.class)
                .hasMessageContaining("delete_study: cai has only cai, who owns agent");
    }

    private static List<String> shadows(Reloadable read) {
        return read.grants().find("agent").orElseThrow().servers().entrySet().stream()
                .filter(access -> access.getValue().shadow().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Reloadable readAgain() {
        return new ConfigurationReader(name -> Optional.empty(), Set.of("single-approval"))
                .readAgain(directory.resolve("holdpoint.yaml"), directory.resolve("data"), new HashSet<>())
                .reloadable();
    }

    private Reloadable readGrant(String keys) throws IOException {
        Files.writeString(directory.resolve("policies/new.json"), "{ \"version\": \"1\", \"default\": \"allow\" }");
        Files.writeString(directory.resolve("policies/held.json"), HELD.formatted("{ \"approvers\": [\"cai\"] }"));
        Files.writeString(directory.resolve("holdpoint.yaml"), """
            holdpoint:
              servers: { s: { url: "http://127.0.0.1:9100/mcp" }, t: { url: "http://127.0.0.1:9101/mcp" } }
              grants:
                agent: { %s, token-sha256: "%s", owner: cai }
              people:
                ana: { groups: [leads], roles: [reviewer] }
                cai: { roles: [reviewer] }
                boss: { roles: [admin] }
            """.formatted(keys, "a".repeat(64)));
        return readAgain();
    }

    private void policy(String rule) throws IOException {
        Files.writeString(directory.resolve("policies/p.json"), HELD.formatted(rule));
    }

    private List<Fault> faults(String people) {
        return catchThrowableOfType(FaultyDocument.class, () -> read(people)).faults();
    }

    /** With an admin who can make links, and an owner of the grant. */
    private Configuration read(String people) throws IOException {
        return readWith(
                (people.contains("cai:") ? people : people + "\n    cai: {}") + "\n    boss: { roles: [admin] }");
    }

    private Configuration readWith(String people) throws IOException {
        return read(
                "agent: { server: s, policy: policies/p.json, token-sha256: \"%s\", owner: cai }"
                        .formatted("a".repeat(64)),
                people);
    }

    private List<Fault> faultsOfGrants(String grants) {
        return catchThrowableOfType(FaultyDocument.class, () -> read(grants, "cai: { roles: [admin] }"))
                .faults();
    }

    private Configuration read(String grants, String people) throws IOException {
        var file = Files.writeString(directory.resolve("holdpoint.yaml"), """
            holdpoint:
              servers: { s: { url: "http://127.0.0.1:9100/mcp" } }
              grants:
                %s
              people:
                %s
            """.formatted(grants, people));
        return new ConfigurationReader(
                        name -> Optional.empty(),
                        Set.of("single-approval", "two-person", "quorum-approval", "all-groups-approval"))
                .read(file, directory.resolve("data"));
    }
}
