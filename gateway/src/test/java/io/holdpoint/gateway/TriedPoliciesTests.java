package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import io.holdpoint.workflow.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Policies that are tried before they are trusted: in the shadow of another one, and on the log of what was called. */
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
    static void call() {
        server = RecordingServer.offering("list", "export", "delete", "drop");
        gateway = GatewayUnderTest.start(Setup.of(directory, server, POLICY).shadowedBy(SHADOW));
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
