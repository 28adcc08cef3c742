package io.holdpoint.gateway;

import static io.holdpoint.gateway.Attacked.AGENT;
import static io.holdpoint.gateway.Attacked.RIVAL;
import static io.holdpoint.gateway.Attacked.call;
import static io.holdpoint.gateway.Attacked.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.approval.ApprovalState;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one agent can see of another one, or a server of an agent: nothing. */
@OnDatabase(GatewayDatabases.H2)
class IsolationTests {

    private static final int CONNECTIONS = 16;
    private static final int CALLS_EACH = 1250;

    private static Attacked gateway;

    @BeforeAll
    static void start(GatewayDatabases database, @TempDir Path directory) {
        gateway = new Attacked(directory, database);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String session(String token) {
        var initialize =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}";
        return gateway.once(post(token, initialize))
                .head()
                .lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("mcp-session-id:"))
                .map(line -> line.substring("mcp-session-id:".length()).strip())
                .findFirst()
                .orElseThrow();
    }

    private static RawAgent.Reply bodyless(String method, String token, String session) {
        return gateway.once(
                "%s /mcp/imaging HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nAccept: text/event-stream\r\nMcp-Session-Id: %s\r\nLast-Event-ID: 1\r\n\r\n"
                        .formatted(method, token, session));
    }

    @Test
    void aSessionIsGoodForItsOwnGrant() {
        var reply = gateway.once(post(AGENT, call(1, "read", "{\"own\":1}"), "Mcp-Session-Id: " + session(AGENT)));
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void aSessionOfAnotherGrantDoesNotExist() {
        var session = session(AGENT);
        var body = call(1, "read", "{\"stolen session\":1}");
        assertThat(List.of(
                        gateway.once(post(RIVAL, body, "Mcp-Session-Id: " + session))
                                .status(),
                        bodyless("GET", RIVAL, session).status(),
                        bodyless("DELETE", RIVAL, session).status()))
                .containsOnly(404);
        assertThat(gateway.imaging.receivedWith("stolen session")).isEmpty();
    }

    @Test
    void aSessionOfAnotherServerDoesNotExist() {
        var reply = gateway.once(Attacked.postTo(
                "other", AGENT, call(1, "read", "{\"moved session\":1}"), "Mcp-Session-Id: " + session(AGENT)));
        assertThat(reply.status()).isEqualTo(404);
    }

    @Test
    void anotherGrantsApprovalLooksLikeNone() {
        var held = gateway.later(post(AGENT, call(1, "delete", "{\"id\":\"mine alone\"}")));
        var approval = gateway.pending("mine alone");
        var awaited = "{\"approval_id\":\"%s\",\"wait_seconds\":1}";
        var theirs = gateway.once(post(
                RIVAL, call(1, "approval_await", awaited.formatted(approval.id().value()))));
        var nobodys = gateway.once(post(
                RIVAL,
                call(
                        1,
                        "approval_await",
                        awaited.formatted(approval.id().value().replaceAll(".$", "0")))));
        assertThat(theirs.text()).isEqualTo(nobodys.text()).contains("no approval");
        assertThat(gateway.imaging.receivedWith("mine alone")).isEmpty();
        assertThat(held).isNotDone();
    }

    @Test
    void anEqualCallOfAnotherGrantIsAnotherApproval() {
        gateway.later(post(AGENT, call(1, "delete", "{\"id\":\"both want it\"}")));
        gateway.pending("both want it");
        gateway.later(post(RIVAL, call(1, "delete", "{\"id\":\"both want it\"}")));
        var grants = GatewayUnderTest.eventually(() -> java.util.Optional.of(gateway.approvals().stream()
                        .filter(one -> one.call().arguments().contains("both want it"))
                        .map(one -> one.call().grant())
                        .sorted()
                        .toList())
                .filter(found -> found.size() == 2));
        assertThat(grants).containsExactly("agent", "rival");
    }

    @Test
    void nobodyCancelsACallOfAnotherGrantOrSession() {
        var session = session(AGENT);
        gateway.later(post(AGENT, call(77, "delete", "{\"id\":\"not yours\"}"), "Mcp-Session-Id: " + session));
        var approval = gateway.pending("not yours");
        var cancel =
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":77,\"reason\":\"ha\"}}";
        gateway.once(post(RIVAL, cancel));
        gateway.once(post(RIVAL, cancel, "Mcp-Session-Id: " + session(RIVAL)));
        gateway.once(post(AGENT, cancel, "Mcp-Session-Id: " + session(AGENT)));
        gateway.once(post(AGENT, cancel));
        assertThat(gateway.pending("not yours").id()).isEqualTo(approval.id());
        gateway.once(post(AGENT, cancel, "Mcp-Session-Id: " + session));
        assertThat(gateway.until(approval, ApprovalState.CANCELLED).id()).isEqualTo(approval.id());
    }

    @Test
    void answersToEqualIdsNeverCross() {
        var agents = IntStream.range(0, CONNECTIONS)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> wrongAnswers(number), task -> new Thread(task, "caller").start()))
                .toList();
        var wrong = agents.stream().mapToInt(CompletableFuture::join).sum();
        assertThat(wrong).isZero();
    }

    private static int wrongAnswers(int number) {
        var token = number % 2 == 0 ? AGENT : RIVAL;
        var wrong = 0;
        try (var agent = gateway.connect()) {
            for (var i = 0; i < CALLS_EACH; i++) {
                var mine = "%s-%d-%d".formatted(token, number, i);
                var reply = agent.send(post(token, call(i, "read", "{\"mine\":\"" + mine + "\"}")))
                        .reply();
                if (!reply.text().contains(mine + "\"") || !reply.id().equals(String.valueOf(i))) {
                    wrong++;
                }
            }
        }
        return wrong;
    }

    @Test
    void aSecondAnswerOnOneConnectionReachesNobody() {
        gateway.imaging.whenGiven("twice answered", (request, out) -> {
            var stolen = gateway.imaging.ok(
                    "application/json",
                    RawServer.result(request, "{\"content\":[{\"type\":\"text\",\"text\":\"stolen\"}]}"));
            return RawServer.write(out, gateway.imaging.ok("application/json", gateway.imaging.did(request)) + stolen);
        });
        for (var i = 0; i < 20; i++) {
            gateway.once(post(AGENT, call(5, "read", "{\"a\":\"twice answered\"}")));
            assertThat(gateway.once(post(RIVAL, call(5, "read", "{\"a\":\"innocent\"}")))
                            .text())
                    .contains("innocent");
        }
    }

    @Test
    void anAgentsCredentialsNeverReachAServer() {
        var reply = gateway.once(post(
                AGENT,
                call(1, "read", "{\"credentials\":1}"),
                "Cookie: cookie-canary",
                "Proxy-Authorization: Basic proxy-canary",
                "X-Api-Key: key-canary",
                "X-Forwarded-For: forwarded-canary",
                "Origin: http://localhost"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(gateway.imaging.allBytes())
                .contains("credentials")
                .doesNotContain(AGENT, "cookie-canary", "proxy-canary", "key-canary", "forwarded-canary");
    }

    @Test
    void aServersCookiesAndConnectionHeadersDoNotReachTheAgent() {
        gateway.imaging.whenGiven(
                "chatty",
                (request, out) -> RawServer.write(
                        out,
                        gateway.imaging
                                .ok("application/json", gateway.imaging.did(request))
                                .replaceFirst(
                                        "\r\n",
                                        "\r\nSet-Cookie: a=canary\r\nKeep-Alive: timeout=canary\r\nProxy-Authenticate: canary\r\nUpgrade: canary\r\nServer: canary\r\nAccess-Control-Allow-Origin: *\r\nTrailer: canary\r\n")));
        var reply = gateway.once(post(AGENT, call(1, "read", "{\"a\":\"chatty\"}")));
        assertThat(reply.text()).contains("chatty");
        assertThat(reply.head()).doesNotContain("canary").doesNotContainIgnoringCase("access-control");
    }

    @Test
    void aServersRedirectIsNotFollowed() {
        gateway.imaging.whenGiven(
                "elsewhere",
                (request, out) -> RawServer.write(
                        out,
                        "HTTP/1.1 307 Go\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n".formatted(gateway.other.url())));
        gateway.once(post(AGENT, call(1, "read", "{\"a\":\"elsewhere\"}")));
        assertThat(gateway.other.receivedWith("elsewhere")).isEmpty();
    }

    @Test
    void aServersListShowsAGrantOnlyWhatItMayCall() {
        var list = gateway.once(post(AGENT, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"));
        assertThat(list.body()).contains("\"read\"").doesNotContain("\"hidden\"");
    }
}
