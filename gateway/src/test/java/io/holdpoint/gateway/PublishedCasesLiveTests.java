package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.policy.PublishedCases;
import io.holdpoint.gateway.reload.Reloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The published cases through one running gateway: a grant, a token and a policy file for each case, and one server for
 * all. {@code PublishedCasesTests} has them against the policy alone, and holds the list complete.
 */
@OnDatabase(GatewayDatabases.H2)
class PublishedCasesLiveTests {

    private static final int PLAYERS = 8;

    /** A case takes less than the rest of the minute. */
    private static final int LATEST_SECOND = 55;

    private static final List<JsonNode> CASES = liveCases();
    private static final String[] TOOLS = {
        "read_file",
        "create_issue",
        "delete_repository",
        "create_charge",
        "create_refund",
        "start_dicom_export_job",
        "flaky_rpc"
    };

    /** The policy that is edited while the gateway runs; this grant's. */
    private static final String EDITED = "edited.json";

    private static final String LAST_GOOD = "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"read_file\":{}}}";

    private static RecordingServer server;
    private static GatewayUnderTest gateway;
    private static Path directory;
    private static final Map<String, CompletableFuture<Void>> PLAYED = new HashMap<>();

    @BeforeAll
    static void start(GatewayDatabases database, @TempDir Path empty) throws IOException {
        directory = empty;
        server = RecordingServer.offering(TOOLS);
        server.listBeside("\"_meta\":{\"about\":\"all tools\"},\"unknown\":[1]");
        server.when(
                "flaky_rpc",
                (exchange, message) -> RecordingServer.send(
                        exchange,
                        200,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32000,\"message\":\"not now\"}}"
                                .formatted(message.get("id"))));
        for (var published : CASES) {
            Files.writeString(
                    directory.resolve(published.path("id").stringValue() + ".json"),
                    published.path("policy").toString());
        }
        Files.writeString(directory.resolve(EDITED), LAST_GOOD);
        var grants = CASES.stream()
                .filter(published -> !isRefused(published))
                .flatMap(PublishedCasesLiveTests::grants)
                .collect(Collectors.joining("\n"));
        gateway = GatewayUnderTest.startWithMovableClock(configuration(grants, database.freshUrl()));
        playAll();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        server.close();
    }

    private static List<JsonNode> liveCases() {
        return PublishedCases.all().stream()
                .filter(published -> Set.of("both", "live").contains(PublishedCases.where(published)))
                .toList();
    }

    /** Cases that hold mostly wait, and know nothing of each other: they are played side by side, after the rest. */
    private static void playAll() {
        PLAYED.clear();
        var holding = Executors.newFixedThreadPool(PLAYERS);
        playing(published -> !isHeld(published), Runnable::run);
        playing(PublishedCasesLiveTests::isHeld, holding);
        holding.shutdown();
    }

    private static void playing(Predicate<JsonNode> which, Executor players) {
        CASES.stream()
                .filter(published -> !isRefused(published) && which.test(published))
                .forEach(published -> PLAYED.put(
                        published.path("id").stringValue(),
                        CompletableFuture.runAsync(() -> play(published), players)));
    }

    private static boolean isHeld(JsonNode published) {
        return published.path("steps").toString().contains("\"is\":\"hold\"");
    }

    private static void play(JsonNode published) {
        if (published.path("policy").toString().contains("limits")) {
            MinuteBoundary.stayAwayFrom(LATEST_SECOND);
        }
        var play = new PublishedCase(gateway, server, published.path("id").stringValue());
        try {
            published.path("steps").values().forEach(play::step);
        } finally {
            gateway.bean(MovableClock.class).go();
        }
    }

    private static boolean isRefused(JsonNode published) {
        return published.path("steps").path(0).path("is").stringValue().equals("refused");
    }

    private static Stream<String> grants(JsonNode published) {
        var id = published.path("id").stringValue();
        var names = new TreeSet<String>();
        published.path("steps").values().forEach(step -> names.add(PublishedCase.grant(id, step)));
        return names.stream()
                .map(name -> "    %s: { servers: { main: %s.json, away: %s.json }, token: %s, owner: cai }"
                        .formatted(name, id, id, PublishedCase.token(name)));
    }

    private static Path configuration(String grants, Optional<String> jdbcUrl) throws IOException {
        var yaml = """
                holdpoint:
                  agents: { port: 0 }
                  console: { port: 0 }
                  servers:
                    main: { url: "%s", timeout: 5s }
                    away: { url: "http://127.0.0.1:9/mcp", timeout: 5s }
                  grants:
                    edited: { servers: { main: %s }, token: %s, owner: cai }
                %s
                  people:
                    ana: { name: Ana Diaz, groups: [leads], roles: [reviewer, auditor], token: ana-token }
                    bo: { name: Bo Lind, groups: [leads], roles: [reviewer] }
                    cai: { name: Cai Wu, groups: [leads], roles: [reviewer] }
                  approvals: { approvers: [leads] }
                """.formatted(server.url(), EDITED, PublishedCase.token("edited"), grants)
                + jdbcUrl.map(store -> """
                          keys: { data: "%s" }
                        spring.datasource.url: "%s"
                        """.formatted("ab".repeat(32), store)).orElse("");
        return Files.writeString(directory.resolve("holdpoint.yaml"), yaml);
    }

    static Stream<Arguments> running() {
        return arguments(published -> !isRefused(published));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("running")
    void aPublishedCaseIsAnsweredAsPublished(String id, String about, JsonNode published) {
        assertThat(PLAYED.get(id)).as("%s", published).succeedsWithin(GatewayUnderTest.PATIENCE);
    }

    static Stream<Arguments> refused() {
        return arguments(PublishedCasesLiveTests::isRefused);
    }

    private static Stream<Arguments> arguments(Predicate<JsonNode> which) {
        return CASES.stream()
                .filter(which)
                .map(published -> Arguments.of(
                        published.path("id").stringValue(),
                        published.path("about").stringValue(),
                        published));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("refused")
    void aRefusedPolicyIsShownAndTheLastGoodOneGoesOn(String id, String about, JsonNode published) throws IOException {
        var faults = faultsAfterRenamingIntoPlace(published.path("policy").toString());

        assertThat(faults)
                .hasSizeGreaterThanOrEqualTo(
                        published.path("steps").path(0).path("faults").asInt(1))
                .allMatch(fault -> fault.toString().startsWith(EDITED + ":"));
        var shown = new ApiClient(gateway.console(), "ana-token").get("api/policies");
        assertThat(texts(shown.path("lastLook").path("faults")))
                .containsExactlyElementsOf(faults.stream().map(Object::toString).toList())
                .anyMatch(fault -> fault.contains(
                        published.path("steps").path(0).path("says").stringValue()));
        assertTheLastGoodOneDecides();
    }

    /** Each file has faults of its own, by which a test knows that it was read. */
    private static List<Fault> faultsAfterRenamingIntoPlace(String policy) throws IOException {
        var reloads = gateway.bean(Reloads.class);
        var before = reloads.status().faults();
        var file = Files.writeString(directory.resolve(EDITED + ".new"), policy);
        Files.move(
                file, directory.resolve(EDITED), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return GatewayUnderTest.eventually(() ->
                Optional.of(reloads.status().faults()).filter(faults -> !faults.isEmpty() && !faults.equals(before)));
    }

    private static void assertTheLastGoodOneDecides() {
        var agent = new TestAgent(gateway.url("main"), PublishedCase.token("edited"));
        assertThat(agent.call("read_file", "{}").text()).isEqualTo("did read_file");
        assertThat(agent.call("create_issue", "{}").decision().path("rule").asString(""))
                .isEqualTo("(default deny)");
    }

    private static List<String> texts(JsonNode list) {
        return list.values().stream().map(JsonNode::stringValue).toList();
    }
}
