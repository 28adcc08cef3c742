package io.holdpoint.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.console.access.SignInLinks;
import io.holdpoint.workflow.Sha256;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalQuery;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.people.PersonId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Secrets in arguments, each a canary of its own: whatever becomes of a call, they are found at its server and nowhere
 * else (spec 03, Secrets).
 */
@ExtendWith(OutputCaptureExtension.class)
@OnDatabase(GatewayDatabases.H2)
class CanaryTests {

    private static final PersonId ANA = new PersonId("ana");

    /** A reviewer, an auditor, and an operator who is an admin, too. */
    private static final List<String> PEOPLE = List.of("ana", "bo", "cai");

    /** By where they stand. Around each are characters that every way of escaping writes otherwise. */
    private static final List<String> CANARIES = List.of(
            "Cnry1Kq7NamedPassword",
            "Cnry2Wz8NestedApiKey",
            "Cnry3Hf4ListedAuthorization",
            "Cnry4Pv9RedactedPath",
            "Cnry5Tm6SchemaFormat",
            "Cnry6Jx2SchemaWriteOnly",
            "Cnry7Bd5SentAlongToken");

    private static final String SCHEMA = """
            {"type":"object","properties":{"id":{"type":"string"},\
            "profile":{"type":"object","properties":{"phrase":{"type":"string","format":"password"}}},\
            "cards":{"type":"array","items":{"$ref":"#/$defs/card"}}},\
            "$defs":{"card":{"type":"object","properties":{"number":{"type":"string","writeOnly":true}}}}}""";

    private static final String POLICY = """
            {"version":"1","default":"deny","tools":{
              "*":{"redact":["args.custom.marked"]},
              "read":{},
              "needy":{"require":[{"path":"args.password","op":"eq","value":"another"},{"path":"args.password","op":"lt","value":5}]},
              "barred":{"deny_if":[{"conditions":[{"path":"args.password","op":"gt","value":5}]}]},
              "limited":{"limits":[{"window":"month","max":1}]},
              "metered":{"limits":[{"window":"month","max":1,"amount":"args.password"}]},
              "ask":{"require_approval":{"min_assurance":"login"}},
              "fail":{"require_approval":{"min_assurance":"login"}},
              "break":{"require_approval":{"min_assurance":"login"}},
              "faulty":{}}}""";

    private static RecordingServer server;
    private static GatewayUnderTest gateway;
    private static TestAgent agent;
    private static LogAtDebug log;
    private static GatewayDatabases store;
    private static Path data;
    private static final Map<String, String> TOLD = new TreeMap<>();
    private static final List<Approval> HELD = new ArrayList<>();

    @BeforeAll
    static void call(GatewayDatabases database, @TempDir Path directory) throws IOException {
        TOLD.clear();
        HELD.clear();
        store = database;
        data = directory.resolve("data");
        server = RecordingServer.offering(
                        "read", "needy", "barred", "limited", "metered", "ask", "fail", "break", "faulty")
                .withSchema(SCHEMA);
        misbehave();
        Files.writeString(directory.resolve("policy.json"), POLICY);
        gateway = GatewayUnderTest.startWith(
                Files.writeString(directory.resolve("holdpoint.yaml"), yaml(database.freshUrl())));
        log = LogAtDebug.begin();
        agent = new TestAgent(gateway.url("main"), GatewayUnderTest.TOKEN);
        callWhatIsAnsweredAtOnce();
        callWhatIsHeld();
        var auditor = visitor("bo");
        GatewayUnderTest.eventually(
                () -> Optional.of(auditor.open("/tools/main/read")).filter(page -> page.statusCode() == 200));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        log.close();
        server.close();
    }

    private static String yaml(Optional<String> jdbcUrl) {
        return """
                holdpoint:
                  agents: { port: 0 }
                  console: { port: 0 }
                  servers: { main: { url: "%s", timeout: 5s } }
                  grants: { agent: { servers: { main: policy.json }, token: %s, owner: cai } }
                  people:
                    ana: { name: Ana Diaz, groups: [leads], roles: [reviewer], token: ana-token }
                    bo: { name: Bo Lind, roles: [auditor], token: bo-token }
                    cai: { name: Cai Wu, roles: [admin, operator], token: cai-token }
                  approvals: { approvers: [leads] }
                """.formatted(server.url(), GatewayUnderTest.TOKEN)
                + jdbcUrl.map(url -> """
                          keys: { data: "%s" }
                        spring.datasource.url: "%s"
                        """.formatted("ab".repeat(32), url)).orElse("");
    }

    /** Servers that fail tell what they got, and it is the agent's alone. */
    private static void misbehave() {
        server.when(
                "fail",
                (exchange, message) -> RecordingServer.send(
                        exchange,
                        200,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32000,\"message\":\"bad password %s\"}}"
                                .formatted(message.get("id"), CANARIES.get(0))));
        server.when(
                "faulty",
                (exchange, message) ->
                        RecordingServer.send(exchange, 500, "text/plain", "cannot handle " + CANARIES.get(0)));
        server.when("break", (exchange, message) -> exchange.close());
    }

    private static void callWhatIsAnsweredAtOnce() {
        agent.call("read", arguments("allowed"));
        TOLD.put("required", agent.call("needy", arguments("required")).raw());
        TOLD.put("denied", agent.call("barred", arguments("denied")).raw());
        agent.call("limited", arguments("the first"));
        TOLD.put("limited", agent.call("limited", arguments("used up")).raw());
        TOLD.put("uncountable", agent.call("metered", arguments("uncountable")).raw());
        TOLD.put("unknown tool", agent.call("unknown", arguments("unknown")).raw());
        agent.call("faulty", arguments("failed"));
        for (var malformed : malformed()) {
            TOLD.put("malformed " + TOLD.size(), agent.post(malformed).body());
        }
    }

    private static List<String> malformed() {
        var good = message("read", arguments("malformed"));
        return List.of(
                good.replace("\"api_key\"", "\"again\":1,\"again\""),
                good.substring(0, good.length() - 3),
                good.replace("\"id\":\"malformed\"", "\"id\":\"\\ud800\""),
                good.replace("\"arguments\"", "\"Arguments\""),
                good.replace("\"name\":\"read\"", "\"name\":[\"%s\"]".formatted(CANARIES.get(0))),
                "[" + good + "]");
    }

    private static void callWhatIsHeld() {
        var approved = held("ask", "approved");
        gateway.approve(HELD.get(0), ANA);
        approved.join();
        var rejected = held("ask", "rejected");
        gateway.reject(HELD.get(1), ANA, "not this one");
        TOLD.put("rejected", rejected.join().raw());
        var failed = held("fail", "failing");
        gateway.approve(HELD.get(2), ANA);
        failed.join();
        var broken = held("break", "breaking");
        gateway.approve(HELD.get(3), ANA);
        TOLD.put("broken", broken.join().raw());
        held("ask", "waiting");
        gateway.until(HELD.get(0), ApprovalState.SUCCEEDED);
    }

    private static CompletableFuture<TestAgent.Answer> held(String tool, String id) {
        var answer = agent.calling(message(tool, arguments(id)));
        HELD.add(gateway.pending("\"" + id + "\""));
        return answer;
    }

    private static String secret(int number) {
        return "</'%s&amp; \\\"\\u00e9/+=%%20\\n".formatted(CANARIES.get(number));
    }

    private static String arguments(String id) {
        return """
                {"id":"%s","password":"%s","nested":{"api_key":"%s"},"list":["x",{"authorization":"%s"}],\
                "custom":{"marked":"%s"},"profile":{"phrase":"%s"},"cards":[{"number":"%s"}]}""".formatted(id, secret(0), secret(1), secret(2), secret(3), secret(4), secret(5));
    }

    private static String message(String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s,\"_meta\":{\"token\":\"%s\",\"x/y\":1}}}"
                .formatted(tool, tool, arguments, secret(6));
    }

    @Test
    void itsServerGetsEachUnchanged() {
        for (var id : List.of("allowed", "the first", "failed")) {
            assertThat(server.callsWith("\"" + id + "\""))
                    .singleElement()
                    .satisfies(call -> assertThat(call.body()).contains(arguments(id)));
        }
        for (var id : List.of("approved", "failing", "breaking")) {
            assertThat(server.callsWith("\"" + id + "\""))
                    .singleElement()
                    .satisfies(call -> assertThat(call.body()).contains(arguments(id), secret(6)));
        }
    }

    @Test
    void whatDoesNotRunReachesNoServer() {
        for (var id : List.of(
                "required", "denied", "used up", "uncountable", "unknown", "malformed", "rejected", "waiting")) {
            assertThat(server.callsWith("\"" + id + "\"")).isEmpty();
        }
    }

    @Test
    void noRefusalRepeatsOne() {
        assertThat(TOLD).hasSize(13).allSatisfy((what, text) -> {
            assertThat(text).isNotBlank();
            assertNone(what, text);
        });
    }

    @Test
    void noPageShowsOne() {
        var visitors = PEOPLE.stream().map(CanaryTests::visitor).toList();
        for (var page : pages()) {
            assertNoneAt(
                    page, visitors.stream().map(visitor -> visitor.open(page)).toList());
        }
    }

    @Test
    void noAnswerOfTheApiHasOne() {
        var programs = PEOPLE.stream()
                .map(person -> new ApiClient(gateway.console(), person + "-token"))
                .toList();
        for (var address : addresses()) {
            var answers = programs.stream().map(program -> program.ask(address)).toList();
            assertThat(answers).as(address).extracting(ApiClient.Answer::status).contains(200);
            answers.forEach(answer -> assertNone(address, answer.text()));
        }
    }

    private static Person visitor(String person) {
        return Person.signedInBy(
                gateway.console().resolve(gateway.bean(SignInLinks.class).issue(new PersonId(person))));
    }

    /** Somebody has to see a page, or nothing is proved by what is not there. */
    private static void assertNoneAt(String page, List<HttpResponse<String>> seen) {
        assertThat(seen).as(page).extracting(HttpResponse::statusCode).contains(200);
        seen.forEach(answer -> assertNone(page, answer.body()));
    }

    private static List<String> pages() {
        var pages = new ArrayList<>(
                List.of("/", "/audit", "/people", "/policies", "/policies/" + Sha256.hex(POLICY), "/tools"));
        pages.add("/tools/main/read");
        ids().forEach(id -> pages.addAll(List.of("/approvals/" + id, "/audit?subject=" + id)));
        return pages;
    }

    private static List<String> addresses() {
        var addresses = new ArrayList<>(List.of("/metrics", "/api/approvals?limit=500", "/api/audit?limit=500"));
        addresses.addAll(List.of("/api/policies", "/api/policies/" + Sha256.hex(POLICY)));
        addresses.addAll(List.of("/api/tools", "/api/servers", "/api/grants"));
        ids().forEach(id -> addresses.addAll(List.of("/api/approvals/" + id, "/api/audit?subject=" + id)));
        return addresses;
    }

    private static List<String> ids() {
        return gateway.bean(Approvals.class).list(everything()).items().stream()
                .map(one -> one.id().value())
                .toList();
    }

    private static ApprovalQuery everything() {
        return new ApprovalQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                500,
                Optional.empty());
    }

    @Test
    void aReviewerSeesThatThereIsSomethingAndHowLongItIs() {
        var card = visitor(ANA.value())
                .open("/approvals/" + HELD.get(4).id().value())
                .body();
        assertThat(card.split("•••• \\(", -1)).as(card).hasSize(1 + CANARIES.size());
    }

    @Test
    void theProgramsLogHasNone(CapturedOutput output) {
        assertThat(log.text()).contains("DEBUG org.springframework.jdbc");
        assertNone("the log", log.text());
        assertNone("what is printed", output.getAll());
    }

    @Test
    void noFileHasOneInClear() {
        var files = store.files(gateway.jdbc(), data);
        assertThat(files).isNotEmpty();
        assertThat(Stream.concat(files.stream(), filesIn(data))).allSatisfy(file -> {
            var bytes = bytes(file);
            assertNone(file.toString(), new String(bytes, StandardCharsets.ISO_8859_1));
        });
    }

    private static Stream<Path> filesIn(Path folder) {
        if (!Files.exists(folder)) {
            return Stream.empty(); // everything is in the database
        }
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertNone(String where, String text) {
        for (var canary : CANARIES) {
            for (var form : forms(canary)) {
                assertThat(text.contains(form))
                        .as("%s has %s as %s: …%s…", where, canary, form, around(text, form))
                        .isFalse();
            }
        }
    }

    private static String around(String text, String form) {
        var at = text.indexOf(form);
        return at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200));
    }

    /** As it is, in hexadecimal digits, in UTF-16, and in Base64 wherever in a text it may stand. */
    private static List<String> forms(String canary) {
        var forms = new ArrayList<>(List.of(
                canary, HexFormat.of().formatHex(canary.getBytes(UTF_8)), canary.replaceAll("(?<=.)(?=.)", "\0")));
        for (int before = 0; before < 3; before++) {
            var whole = Base64.getEncoder().encodeToString(("x".repeat(before) + canary).getBytes(UTF_8));
            forms.add(whole.substring(4, whole.length() - 4));
        }
        return forms;
    }
}
