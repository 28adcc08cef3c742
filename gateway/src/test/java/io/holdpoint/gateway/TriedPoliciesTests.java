package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import io.holdpoint.gateway.command.PolicyLine;
import io.holdpoint.workflow.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Policies that are tried before they are trusted: in the shadow of another one, and on the log of what was called. */
@OnDatabase(GatewayDatabases.H2)
class TriedPoliciesTests {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String POLICY = """
            {"version": "1", "default": "deny", "tools": {
              "list": {},
              "export": {"limits": [{"window": "365d", "max": 1, "scope": "grant"}]},
              "delete": {"require_approval": true}}}
            """;

    /** Limits what the policy allows, allows what it holds, and would hold what it denies. */
    private static final String SHADOW = """
            {"version": "1", "default": "deny", "tools": {
              "list": {"limits": [{"window": "365d", "max": 1, "scope": "grant"}]},
              "export": {"deny_if": [{"conditions": [{"path": "args.id", "op": "eq", "value": "e1"}]}]},
              "delete": {},
              "drop": {"require_approval": true}}}
            """;

    @TempDir
    private static Path directory;

    private static RecordingServer server;
    private static GatewayUnderTest gateway;

    /** The answers of six calls; the held one is approved. */
    private static List<TestAgent.Answer> answers = List.of();

    @BeforeAll
    static void call(GatewayDatabases database) {
        server = RecordingServer.offering("list", "export", "delete", "drop");
        gateway = GatewayUnderTest.start(
                Setup.of(directory, server, POLICY).shadowedBy(SHADOW).on(database));
        var agent = gateway.agent();
        var list1 = agent.call("list", "{\"id\":\"l1\"}");
        var list2 = agent.call("list", "{\"id\":\"l2\"}");
        var export1 = agent.call("export", "{\"id\":\"e1\"}");
        var export2 = agent.call("export", "{\"id\":\"e2\"}");
        var drop = agent.call("drop", "{\"id\":\"d1\"}");
        var deletion = agent.calling("delete", "{\"id\":\"x1\"}");
        gateway.approve(gateway.pending("x1"), GatewayUnderTest.ANA);
        answers = List.of(list1, list2, export1, export2, drop, deletion.join());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        server.close();
    }

    @Test
    void aShadowChangesNoAnswer() {
        assertThat(answers.stream().map(TestAgent.Answer::decided)).containsExactly("", "", "", "limit", "deny", "");
        assertThat(IntStream.of(0, 1, 2, 5).mapToObj(answers::get)).noneMatch(TestAgent.Answer::isError);
    }

    @Test
    void agentsNeverSeeTheShadowsWord() {
        assertThat(answers).noneMatch(answer -> answer.raw().contains("shadow"));
    }

    @Test
    void eachEntryOfADecisionSaysWhatTheShadowWouldHaveSaid() {
        assertThat(decisions())
                .extracting(
                        entry -> entry.path("tool").asString(),
                        entry -> entry.path("outcome").asString(),
                        entry -> entry.at("/data/shadow/decision").asString(),
                        entry -> entry.at("/data/shadow/rule").asString())
                .containsExactly(
                        tuple("list", "allowed", "allow", "/tools/list"),
                        tuple("list", "allowed", "limit", "/tools/list/limits/0"),
                        tuple("export", "allowed", "deny", "/tools/export/deny_if/0"),
                        tuple("export", "limited", "allow", "/tools/export"),
                        tuple("drop", "denied", "hold", "/tools/drop/require_approval"),
                        tuple("delete", "held", "allow", "/tools/delete"));
    }

    @Test
    void theShadowIsNamedByItsHash() {
        assertThat(decisions())
                .extracting(entry -> entry.at("/data/shadow/policy").asString())
                .containsOnly(Sha256.hex(SHADOW));
    }

    @Test
    void aNewPolicyIsTriedOnTheLogThroughTheConsole() throws IOException {
        Files.writeString(directory.resolve("new.json"), SHADOW);
        var ran = simulate("new.json", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(JSON.readTree(ran.out()).path("matrix")).isEqualTo(JSON.readTree("""
                        [{"was":"allow","wouldBe":"allow","calls":1},{"was":"allow","wouldBe":"limit","calls":1},
                         {"was":"deny","wouldBe":"hold","calls":1},{"was":"hold","wouldBe":"allow","calls":1}]"""));
        assertThat(JSON.readTree(ran.out()).path("unjudged")).isEqualTo(JSON.readTree("""
                        [{"server":"imaging","tool":"export","why":"its arguments were not kept","calls":2}]"""));
    }

    @Test
    void argumentsOfHeldCallsAreStillKnown() throws IOException {
        Files.writeString(directory.resolve("x1.yaml"), """
                version: "1"
                default: deny
                tools: { delete: { deny_if: [{ conditions: [{ path: args.id, op: eq, value: x1 }] }] } }
                """);
        var ran = simulate("x1.yaml", "--since", "1h", "--grant", "agent", "--server", "imaging");
        assertThat(ran.out().lines().map(String::strip))
                .contains(
                        "6 calls: 1 would be decided alike, 5 otherwise, 0 could not be judged",
                        "3  allow -> deny",
                        "1  hold -> deny",
                        "1  imaging/delete  hold -> deny   /tools/delete/deny_if/0");
    }

    @Test
    void callsOfOtherGrantsAndTimesAreLeftOut() throws IOException {
        Files.writeString(directory.resolve("new.json"), SHADOW);
        assertThat(List.of(
                        simulate("new.json", "--grant", "other").out(),
                        simulate("new.json", "--since", "2d", "--until", "1d").out()))
                .allMatch(out -> out.contains("\n0 calls: "));
    }

    @Test
    void aFaultyPolicyFailsWithItsFaults() throws IOException {
        Files.writeString(directory.resolve("faulty.json"), "{\"version\": \"1\",\n \"defult\": \"deny\"}");
        var ran = simulate("faulty.json");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("faulty.json:2: defult is unknown; did you mean default?");
    }

    @Test
    void whoMayNotTryPoliciesIsToldWhoMay() throws IOException {
        Files.writeString(directory.resolve("new.json"), SHADOW);
        var ran = PolicyLine.simulate(
                directory,
                Map.of("HOLDPOINT_TOKEN", "bo-token"),
                "new.json",
                "--url",
                gateway.console().toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("use an auditor's, an operator's or an admin's");
    }

    @Test
    void whileNoConsoleRunsTheDatabaseItselfIsRead(GatewayDatabases database, @TempDir Path other) throws IOException {
        copyInstallation(other, database);
        Files.writeString(other.resolve("new.json"), SHADOW);
        var ran = PolicyLine.simulate(other, Map.of(), "new.json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("6 calls: 1 would be decided alike, 3 otherwise, 2 could not be judged");
    }

    @Test
    void theDatabaseIsNotReadPastARunningConsole(GatewayDatabases database, @TempDir Path other) throws IOException {
        copyInstallation(other, database);
        var configuration = other.resolve("holdpoint.yaml");
        var port = gateway.console().getPort();
        Files.writeString(
                configuration,
                Files.readString(configuration).replace("console: { port: 0 }", "console: { port: " + port + " }"));
        Files.writeString(other.resolve("new.json"), SHADOW);
        var ran = PolicyLine.simulate(other, Map.of(), "new.json");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("the console at http://127.0.0.1:" + port + "/ runs", "an admin into HOLDPOINT_TOKEN");
    }

    /** As it is at this moment, though the gateway runs on. PostgreSQL lets others read beside it. */
    private static void copyInstallation(Path other, GatewayDatabases database) throws IOException {
        for (var name : List.of("holdpoint.yaml", "policy.json", "shadow.json")) {
            Files.copy(directory.resolve(name), other.resolve(name));
        }
        if (database == GatewayDatabases.H2) {
            copyStore(other);
        }
    }

    private static void copyStore(Path other) throws IOException {
        Files.createDirectories(other.resolve("data/keys"));
        Files.copy(directory.resolve("data/keys/data.key"), other.resolve("data/keys/data.key"));
        var backup = other.resolve("backup.zip");
        gateway.jdbc().execute("backup to '%s'".formatted(backup));
        try (var zip = FileSystems.newFileSystem(backup)) {
            Files.copy(zip.getPath("holdpoint.mv.db"), other.resolve("data/holdpoint.mv.db"));
        }
    }

    private static PolicyLine.Ran simulate(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", gateway.console().toString()));
        return PolicyLine.simulate(directory, Map.of("HOLDPOINT_TOKEN", "ana-token"), all.toArray(String[]::new));
    }

    private static List<JsonNode> decisions() {
        return gateway
                .jdbc()
                .queryForList(
                        "select body from audit_entry where type in"
                                + " ('call.allowed', 'call.limited', 'call.denied', 'call.held') order by id",
                        byte[].class)
                .stream()
                .map(body -> JSON.readTree(new String(body, StandardCharsets.UTF_8)))
                .toList();
    }
}
