package io.holdpoint.gateway;

import static io.holdpoint.gateway.Attacked.AGENT;
import static io.holdpoint.gateway.Attacked.call;
import static io.holdpoint.gateway.Attacked.post;
import static io.holdpoint.gateway.RawServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalState;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Approved calls and servers that do everything but answer properly: each gets its call once, and the truth is told. */
@OnDatabase(GatewayDatabases.H2)
class ExecutionTests {

    private static final String STREAM = "text/event-stream";
    private static Attacked gateway;
    private static RawServer server;
    private static CountDownLatch theEnd;

    @BeforeAll
    static void start(GatewayDatabases database, @TempDir Path directory) {
        gateway = new Attacked(directory, database);
        server = gateway.imaging;
        theEnd = new CountDownLatch(1);
    }

    @AfterAll
    static void stop() {
        theEnd.countDown();
        gateway.close();
    }

    /** How a server misbehaves, how the execution ends, and what the agent gets: a decision, a code or a text. */
    record Case(String what, ApprovalState state, String told, RawServer.Behaviour behaviour) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static final String LOG =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"x\"}}";

    private static String error(int id, String data) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"error\":{\"code\":-32099,\"message\":\"no\",\"data\":\"%s\"}}"
                .formatted(id, data);
    }

    private static String event(String data) {
        return "event: message\ndata: " + data + "\n\n";
    }

    static Stream<Case> misbehaviours() {
        var unknown = ApprovalState.UNKNOWN;
        var failed = ApprovalState.FAILED;
        return Stream.of(
                new Case(
                        "answers 500",
                        unknown,
                        "unknown",
                        (r, out) -> write(out, server.http("500 No", "text/plain", "no"))),
                new Case(
                        "answers 500 with a good body",
                        unknown,
                        "unknown",
                        (r, out) -> write(out, server.http("500 No", "application/json", server.did(r)))),
                new Case(
                        "answers 503",
                        unknown,
                        "unknown",
                        (r, out) -> write(out, server.http("503 No", "text/plain", "no"))),
                new Case(
                        "answers 404",
                        failed,
                        "nothing was run",
                        (r, out) -> write(out, server.http("404 No", "text/plain", "no"))),
                new Case(
                        "answers 429",
                        failed,
                        "nothing was run",
                        (r, out) -> write(out, server.http("429 No", "text/plain", "no"))),
                new Case(
                        "answers 202",
                        unknown,
                        "unknown",
                        (r, out) -> write(out, server.http("202 Fine", "text/plain", ""))),
                new Case(
                        "redirects",
                        unknown,
                        "unknown",
                        (r, out) -> write(
                                out,
                                "HTTP/1.1 307 Go\r\nLocation: " + gateway.other.url()
                                        + "\r\nContent-Length: 0\r\n\r\n")),
                new Case("answers garbage", unknown, "unknown", (r, out) -> write(out, "\u0001\u0002 garbage\r\n\r\n")),
                new Case("answers half a message", unknown, "unknown", (r, out) -> {
                    var whole = server.did(r);
                    return write(out, server.ok("application/json", whole.substring(0, whole.length() - 3)));
                }),
                new Case(
                        "answers nothing",
                        unknown,
                        "unknown",
                        (r, out) -> write(out, server.ok("application/json", ""))),
                new Case(
                        "answers another id",
                        unknown,
                        "unknown",
                        (r, out) -> write(
                                out, server.ok("application/json", server.did(r).replace("\"id\":1,", "\"id\":999,")))),
                new Case(
                        "answers the id as text",
                        unknown,
                        "unknown",
                        (r, out) -> write(
                                out,
                                server.ok("application/json", server.did(r).replace("\"id\":1,", "\"id\":\"1\",")))),
                new Case(
                        "answers a duplicate member",
                        unknown,
                        "unknown",
                        (r, out) -> write(
                                out,
                                server.ok(
                                        "application/json", server.did(r).replace("\"id\":1,", "\"id\":1,\"id\":1,")))),
                new Case(
                        "answers result and error",
                        unknown,
                        "unknown",
                        (r, out) -> write(
                                out,
                                server.ok(
                                        "application/json",
                                        server.did(r)
                                                .replace(
                                                        "\"id\":1,",
                                                        "\"id\":1,\"error\":{\"code\":1,\"message\":\"x\"},")))),
                new Case(
                        "answers a web page",
                        unknown,
                        "unknown",
                        (r, out) -> write(out, server.ok("text/html", "<html>sign in</html>"))),
                new Case("closes before the answer", unknown, "unknown", (r, out) -> false),
                new Case(
                        "closes in the middle of the head",
                        unknown,
                        "unknown",
                        (r, out) -> write(out, "HTTP/1.1 200 OK\r\nContent-") && false),
                new Case(
                        "closes in the middle of the body",
                        unknown,
                        "unknown",
                        (r, out) -> write(
                                        out,
                                        server.ok("application/json", server.did(r))
                                                .replaceFirst("\\}$", ""))
                                && false),
                new Case(
                        "cuts its chunks",
                        unknown,
                        "unknown",
                        (r, out) -> write(
                                        out,
                                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"jso\r\n")
                                && false),
                new Case(
                        "ends its stream without an answer",
                        unknown,
                        "unknown",
                        (r, out) -> write(
                                out,
                                server.ok(
                                        STREAM,
                                        event(
                                                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"x\"}}")))),
                new Case(
                        "streams notifications before its answer",
                        ApprovalState.SUCCEEDED,
                        "imaging did",
                        (r, out) -> write(
                                out,
                                server.ok(
                                        STREAM,
                                        event(
                                                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"x\"}}")
                                                + event(server.did(r))))),
                new Case(
                        "streams another id first",
                        ApprovalState.SUCCEEDED,
                        "imaging did",
                        (r, out) -> write(
                                out,
                                server.ok(
                                        STREAM,
                                        event(
                                                        "{\"jsonrpc\":\"2.0\",\"id\":999,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"stolen\"}]}}")
                                                + event(server.did(r))))),
                new Case(
                        "streams garbage before its answer",
                        ApprovalState.SUCCEEDED,
                        "imaging did",
                        (r, out) -> write(out, server.ok(STREAM, event("{{{") + event(server.did(r))))),
                new Case(
                        "answers 20 MB",
                        unknown,
                        "unknown",
                        (r, out) -> write(
                                out,
                                server.ok(
                                        "application/json",
                                        server.did(r).replace("imaging did", "x".repeat(20 << 20))))),
                new Case(
                        "streams an event of 20 MB",
                        unknown,
                        "unknown",
                        (r, out) -> write(
                                out,
                                server.ok(STREAM, event(server.did(r).replace("imaging did", "x".repeat(20 << 20)))))),
                new Case("never answers", unknown, "unknown", (r, out) -> hang()),
                new Case(
                        "never ends its answer",
                        unknown,
                        "unknown",
                        (r, out) -> write(
                                        out,
                                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                                && hang()),
                new Case(
                        "says isError",
                        failed,
                        "went wrong",
                        (r, out) -> write(
                                out,
                                server.ok(
                                        "application/json",
                                        RawServer.result(
                                                r,
                                                "{\"content\":[{\"type\":\"text\",\"text\":\"went wrong\"}],\"isError\":true}")))),
                new Case(
                        "answers an error",
                        failed,
                        "-32099",
                        (r, out) -> write(
                                out,
                                server.ok(
                                        "application/json",
                                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32099,\"message\":\"no\"}}"))));
    }

    private static boolean hang() {
        try {
            theEnd.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @ParameterizedTest
    @MethodSource("misbehaviours")
    void aServerThatMisbehavesGetsItsCallOnceAndTheTruthIsTold(Case one) {
        server.whenGiven("\"" + one.what() + "\"", one.behaviour());
        var held = gateway.later(post(AGENT, call(1, "delete", "{\"id\":\"%s\"}".formatted(one.what()))));
        var approval = gateway.pending("\"" + one.what() + "\"");
        gateway.approve(approval);
        var reply = held.join();
        assertThat(gateway.until(approval, one.state()).execution()).isPresent();
        assertThat(reply.decided() + reply.body()).contains(one.told());
        assertThat(reply.id()).isEqualTo("1");
        assertThat(server.receivedWith("\"" + one.what() + "\"")).hasSize(1);
    }

    @Test
    void whatCouldNotBeSentStaysApprovedAndRunsOnceWhenTheServerIsBack() {
        var held = gateway.later(post(AGENT, call(1, "delete", "{\"id\":\"server away\"}")));
        var approval = gateway.pending("server away");
        server.goAway();
        gateway.approve(approval);
        GatewayUnderTest.eventually(() -> gateway.bodies("execution.finished").stream()
                        .anyMatch(body -> body.contains(approval.id().value()))
                ? Optional.of(true)
                : Optional.empty());
        assertThat(gateway.until(approval, ApprovalState.APPROVED).state()).isEqualTo(ApprovalState.APPROVED);
        server.comeBack();
        assertThat(held.join().text()).contains("imaging did");
        assertThat(server.receivedWith("server away")).hasSize(1);
        assertThat(gateway.until(approval, ApprovalState.SUCCEEDED).execution()).isPresent();
    }

    @Test
    void aCallWhoseAgentIsGoneWaitsUntilItComesBack() {
        var message = post(AGENT, call(1, "delete", "{\"id\":\"gone\"}"));
        Approval approval;
        try (var agent = gateway.connect()) {
            agent.send(message);
            approval = gateway.pending("gone");
            gateway.untilWaiting(approval, 1);
        }
        gateway.untilWaiting(approval, 0);
        gateway.approve(approval);
        gateway.once(post(AGENT, call(2, "read", "{}")));
        assertThat(gateway.until(approval, ApprovalState.APPROVED).state()).isEqualTo(ApprovalState.APPROVED);
        assertThat(server.receivedWith("gone")).isEmpty();
        assertThat(gateway.once(message).text()).contains("imaging did");
        assertThat(server.receivedWith("gone")).hasSize(1);
    }

    @Test
    void aCancellationThatNamesATimeOutIsALostConnection() {
        var held = gateway.later(post(AGENT, call(41, "delete", "{\"id\":\"timed out\"}")));
        var approval = gateway.pending("timed out");
        gateway.untilWaiting(approval, 1);
        gateway.once(post(AGENT, cancel(41, "McpError: MCP error -32001: Request timed out")));
        gateway.untilWaiting(approval, 0);
        gateway.approve(approval);
        assertThat(held.join().text()).isEmpty();
        assertThat(gateway.until(approval, ApprovalState.APPROVED).state()).isEqualTo(ApprovalState.APPROVED);
        assertThat(gateway.once(post(AGENT, call(42, "delete", "{\"id\":\"timed out\"}")))
                        .text())
                .contains("imaging did");
        assertThat(server.receivedWith("timed out"))
                .filteredOn(r -> r.method().equals("tools/call"))
                .hasSize(1);
    }

    private static String cancel(int id, String reason) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":%d,\"reason\":\"%s\"}}"
                .formatted(id, reason);
    }

    @Test
    void cancellingARunningCallMakesItUnknown() throws InterruptedException {
        var received = new CountDownLatch(1);
        server.whenGiven("cancelled at work", (r, out) -> {
            received.countDown();
            return hang();
        });
        gateway.later(post(AGENT, call(51, "delete", "{\"id\":\"cancelled at work\"}")));
        var approval = gateway.pending("cancelled at work");
        gateway.approve(approval);
        assertThat(received.await(GatewayUnderTest.PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        gateway.once(post(AGENT, cancel(51, "Request timed out")));
        assertThat(gateway.until(approval, ApprovalState.UNKNOWN).execution().flatMap(one -> one.error()))
                .hasValueSatisfying(error -> assertThat(error).contains("cancelled"));
        assertThat(server.receivedWith("\"cancelled at work")).hasSize(1);
    }

    @Test
    void anErrorGivesBackTheLimitOfAHeldCall() {
        server.whenGiven(
                "limited fails",
                (r, out) -> write(
                        out,
                        server.ok(
                                "application/json",
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32099,\"message\":\"no\"}}")));
        var first = gateway.later(post(AGENT, call(1, "limited", "{\"id\":\"limited fails\"}")));
        var approval = gateway.pending("limited fails");
        assertThat(gateway.once(post(AGENT, call(9, "limited", "{\"id\":\"limited too early\"}")))
                        .decided())
                .isEqualTo("limit");
        gateway.approve(approval);
        assertThat(first.join().code()).isEqualTo(-32099);
        var second = gateway.later(post(AGENT, call(2, "limited", "{\"id\":\"limited runs\"}")));
        gateway.approve(gateway.pending("limited runs"));
        assertThat(second.join().text()).contains("imaging did");
    }

    @Test
    void anErrorGivesBackTheLimitOfAnAllowedCall() {
        server.whenGiven(
                "metered fails",
                (r, out) -> write(
                        out,
                        server.ok(
                                "application/json",
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32099,\"message\":\"no\"}}")));
        assertThat(gateway.once(post(AGENT, call(1, "metered", "{\"id\":\"metered fails\"}")))
                        .code())
                .isEqualTo(-32099);
        var again = GatewayUnderTest.eventually(() -> Optional.of(
                        gateway.once(post(AGENT, call(2, "metered", "{\"id\":\"metered runs\"}"))))
                .filter(reply -> !reply.decided().equals("limit")));
        assertThat(again.text()).contains("imaging did");
        assertThat(gateway.once(post(AGENT, call(3, "metered", "{\"id\":\"metered third\"}")))
                        .decided())
                .isEqualTo("limit");
    }

    /** What a server does with the first call, and whether the second may have what the first used. */
    record Metered(String tool, boolean givenBack, RawServer.Behaviour behaviour) {
        @Override
        public String toString() {
            return tool;
        }
    }

    static Stream<Metered> metered() {
        return Stream.of(
                new Metered("metered-4xx", true, (r, out) -> write(out, server.http("404 No", "text/plain", "no"))),
                new Metered("metered-5xx", false, (r, out) -> write(out, server.http("503 No", "text/plain", "no"))),
                new Metered(
                        "metered-unavailable",
                        false,
                        (r, out) -> write(out, server.http("503 No", "application/json", error(1, "")))),
                new Metered(
                        "metered-large-error",
                        true,
                        (r, out) -> write(out, server.ok("application/json", error(1, "x".repeat(20 << 10))))),
                new Metered(
                        "metered-late-error",
                        true,
                        (r, out) -> write(out, server.ok(STREAM, event(LOG).repeat(300) + event(error(1, ""))))),
                new Metered(
                        "metered-error-of-another",
                        false,
                        (r, out) -> write(out, server.ok(STREAM, event(error(7, "")) + event(server.did(r))))),
                new Metered("metered-isError", false, (r, out) -> {
                    var failed = "{\"content\":[{\"type\":\"text\",\"text\":\"went wrong\"}],\"isError\":true}";
                    return write(out, server.ok("application/json", RawServer.result(r, failed)));
                }),
                new Metered("metered-closed", false, (r, out) -> false));
    }

    @ParameterizedTest
    @MethodSource("metered")
    void anAllowedCallUsesItsLimitUnlessItSurelyDidNotRun(Metered one) {
        server.whenGiven("\"first of " + one.tool(), one.behaviour());
        gateway.once(post(AGENT, call(1, one.tool(), "{\"id\":\"first of %s\"}".formatted(one.tool()))));
        assertThat(server.receivedWith("\"first of " + one.tool())).hasSize(1);
        if (one.givenBack()) {
            untilItRuns(one.tool());
        } else {
            assertThat(again(one.tool()).decided()).isEqualTo("limit");
        }
    }

    @ParameterizedTest
    @MethodSource("metered")
    void aHeldCallUsesItsLimitUnlessItSurelyDidNotRun(Metered one) {
        var tool = one.tool().replace("metered", "limited");
        server.whenGiven("\"first of " + tool, one.behaviour());
        var first = gateway.later(post(AGENT, call(1, tool, "{\"id\":\"first of %s\"}".formatted(tool))));
        gateway.approve(gateway.pending("first of " + tool));
        first.join();
        var second = gateway.later(post(AGENT, call(2, tool, "{\"id\":\"second of %s\"}".formatted(tool))));
        if (one.givenBack()) {
            gateway.approve(gateway.pending("second of " + tool));
            assertThat(second.join().text()).contains("imaging did");
        } else {
            assertThat(second.join().decided()).isEqualTo("limit");
        }
    }

    @Test
    void anAllowedCallThatCouldNotBeSentGivesBackItsLimit() {
        server.goAway();
        var first = again("metered-away");
        server.comeBack();
        assertThat(first.text()).doesNotContain("imaging did");
        untilItRuns("metered-away");
        assertThat(again("metered-away").decided()).isEqualTo("limit");
    }

    private static RawAgent.Reply again(String tool) {
        return gateway.once(post(AGENT, call(2, tool, "{}")));
    }

    /** The answer comes before the limit is given back. */
    private static void untilItRuns(String tool) {
        assertThat(GatewayUnderTest.eventually(() -> Optional.of(again(tool))
                                .filter(reply -> !reply.decided().equals("limit")))
                        .text())
                .contains("imaging did");
    }
}
