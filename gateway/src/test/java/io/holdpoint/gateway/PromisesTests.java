package io.holdpoint.gateway;

import static io.holdpoint.gateway.Attacked.AGENT;
import static io.holdpoint.gateway.Attacked.BY_RISK;
import static io.holdpoint.gateway.Attacked.RIVAL;
import static io.holdpoint.gateway.Attacked.WITHOUT_POLICY;
import static io.holdpoint.gateway.Attacked.call;
import static io.holdpoint.gateway.Attacked.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What specs 03 and 04 say of calls on their way, seen from both ends. */
@OnDatabase(GatewayDatabases.H2)
class PromisesTests {

    private static Attacked gateway;

    @BeforeAll
    static void start(GatewayDatabases database, @TempDir Path directory) {
        gateway = new Attacked(directory, database);
        gateway.restartWith(
                "policy: policy.json, token: rival-token-for-tests-only",
                "policy: policy.json, hold-for: 1s, token: rival-token-for-tests-only");
        gateway.restartWith(
                "timeout: 2s }\n    other", "timeout: 60s, methods: { deny: [\"resources/*\"] } }\n    other");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** The types of a call's entries that the log has, on a connection of its own, when the server gets the call. */
    private static List<String> typesWhenItArrives(String text) {
        var types = new CopyOnWriteArrayList<String>();
        gateway.imaging.whenGiven(text, (request, out) -> {
            types.addAll(committedTypes());
            return RawServer.write(out, gateway.imaging.ok("application/json", gateway.imaging.did(request)));
        });
        return types;
    }

    private static List<String> committedTypes() throws IOException {
        try (var connection = gateway.bean(DataSource.class).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select type from audit_entry order by id")) {
            var types = new CopyOnWriteArrayList<String>();
            while (rows.next()) {
                types.add(rows.getString(1));
            }
            return types;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aGrantWithoutAPolicyIsDeniedEverything() {
        var denied = gateway.once(post(WITHOUT_POLICY, call(1, "read", "{\"id\":\"no policy\"}")));
        assertThat(denied.decided()).isEqualTo("deny");
        assertThat(denied.body()).contains("\"rule\":\"(no policy)\"");
        assertThat(gateway.imaging.receivedWith("no policy")).isEmpty();
    }

    @Test
    void aGrantWithoutAPolicyIsShownNoTools() {
        var list = gateway.once(post(WITHOUT_POLICY, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"));
        assertThat(list.body()).contains("\"tools\":[]");
    }

    @Test
    void aToolWithoutARuleHasThatOfItsRiskClassBeforeTheDefault() {
        var held = gateway.later(post(BY_RISK, call(1, "delete", "{\"id\":\"critical\"}")));
        var approval = gateway.pending("critical");
        assertThat(gateway.once(post(BY_RISK, call(2, "read", "{\"id\":\"low\"}")))
                        .text())
                .contains("imaging did");
        assertThat(gateway.imaging.receivedWith("critical")).isEmpty();
        gateway.approve(approval);
        assertThat(held.join().text()).contains("imaging did");
    }

    @Test
    void anAllowedCallIsInTheLogBeforeItsServerGetsIt() {
        var before = gateway.entries("call.allowed");
        var types = typesWhenItArrives("durable allowed");
        gateway.once(post(AGENT, call(1, "read", "{\"id\":\"durable allowed\"}")));
        assertThat(types).filteredOn("call.allowed"::equals).hasSize(before + 1);
    }

    @Test
    void anApprovedCallIsInTheLogBeforeItsServerGetsIt() {
        var before = gateway.entries("execution.started");
        var types = typesWhenItArrives("durable approved");
        var held = gateway.later(post(AGENT, call(1, "delete", "{\"id\":\"durable approved\"}")));
        gateway.approve(gateway.pending("durable approved"));
        held.join();
        assertThat(types).filteredOn("execution.started"::equals).hasSize(before + 1);
    }

    @Test
    void eachApprovedCallHasAConnectionOfItsOwn() {
        gateway.once(post(AGENT, call(1, "read", "{\"id\":\"warm\"}")));
        var before = gateway.imaging.connections();
        for (var text : List.of("fresh one", "fresh two")) {
            var held = gateway.later(post(AGENT, call(1, "delete", "{\"id\":\"%s\"}".formatted(text))));
            gateway.approve(gateway.pending(text));
            held.join();
        }
        assertThat(gateway.imaging.connections() - before).isGreaterThanOrEqualTo(2);
        assertThat(gateway.imaging.connectionOf("fresh one")).isNotEqualTo(gateway.imaging.connectionOf("fresh two"));
    }

    @Test
    void anEqualCallThatAttachesIsInTheLog() {
        var before = gateway.bodies("call.attached").size();
        var message = post(AGENT, call(1, "delete", "{\"id\":\"attached\"}"));
        gateway.later(message);
        var approval = gateway.pending("attached");
        gateway.later(message);
        gateway.untilWaiting(approval, 2);
        assertThat(gateway.bodies("call.attached").subList(before, before + 1))
                .singleElement()
                .asString()
                .contains(approval.id().value());
    }

    @Test
    void aGrantsOwnHoldTimeCounts() {
        var told = gateway.once(post(RIVAL, call(1, "delete", "{\"id\":\"own hold time\"}")));
        assertThat(told.decided()).isEqualTo("pending");
    }

    @Test
    void whatTheAgentNotesIsItsWordOnTheCard() {
        gateway.once(post(RIVAL, call(1, "delete", "{\"id\":\"noted\"}")));
        var approval = gateway.pending("noted");
        gateway.once(post(
                RIVAL,
                call(
                        2,
                        "approval_await",
                        "{\"approval_id\":\"%s\",\"wait_seconds\":1,\"note\":\"please hurry\"}"
                                .formatted(approval.id().value()))));
        assertThat(gateway.pending("noted").agentSays()).isEqualTo("please hurry");
    }

    @Test
    void aCallOfTheSameSessionPassesWhileAnotherIsHeld() {
        var initialized = gateway.once(post(AGENT, """
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
                "capabilities":{},"clientInfo":{"name":"c","version":"1"}}}"""));
        var session = initialized
                .head()
                .lines()
                .filter(line -> line.regionMatches(true, 0, "mcp-session-id:", 0, 15))
                .findFirst()
                .orElseThrow();
        gateway.later(post(AGENT, call(1, "delete", "{\"id\":\"same session\"}"), session));
        gateway.untilWaiting(gateway.pending("same session"), 1);
        assertThat(gateway.once(post(AGENT, call(2, "read", "{\"id\":\"passes\"}"), session))
                        .text())
                .contains("imaging did");
    }

    @Test
    void aDeniedMethodIsNotFoundAndNotForwarded() {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\",\"params\":{\"cursor\":\"denied\"}}";
        var reply = gateway.once(post(AGENT, body));
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo(-32601);
        assertThat(gateway.imaging.receivedWith("denied")).isEmpty();
    }
}
