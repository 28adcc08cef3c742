package io.holdpoint.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What the command makes of a console that is there, is not, or is something else. */
class PolicySimulateCommandTests {

    private static final String POLICY = "{version: \"1\", default: deny}";
    private static final String SIMULATED = """
            {"file":"policy.yaml","policy":"%s","since":"2026-11-20T08:00:00Z","until":"2026-11-20T09:00:00Z",
             "grant":null,"server":null,"calls":0,"same":0,"changed":0,"notJudged":0,
             "readUntil":"2026-11-20T09:00:00Z","logBegins":null,
             "matrix":[],"tools":[],"unjudged":[],"examples":[],"notes":[]}""".formatted("0".repeat(64));
    private static final Map<String, String> TOKEN = Map.of("HOLDPOINT_TOKEN", "ana-token");

    private final List<Optional<String>> tokens = new ArrayList<>();
    private HttpServer console;
    private int status = 200;
    private String withoutToken = "{\"type\":\"urn:holdpoint:problem:not-signed-in\",\"status\":401}";
    private String answer = SIMULATED;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(directory.resolve("policy.yaml"), POLICY);
        console = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        console.createContext("/", this::answer);
        console.start();
        configure("");
    }

    @AfterEach
    void stop() {
        console.stop(0);
    }

    @Test
    void theConsoleOfTheConfigurationIsAsked() {
        var ran = simulate(TOKEN);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(tokens).containsExactly(Optional.empty(), Optional.of("Bearer ana-token"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  keys: { data: \"${DATA_KEY_NOT_SET}\" }",
                "  servers: 7",
                "  grants: { agent: {} }",
                "spring.datasource.url: \"${URL_NOT_SET}\""
            })
    void whatIsWrongElsewhereInTheConfigurationDoesNotStandInTheWay(String line) throws IOException {
        configure(line);

        var ran = simulate(TOKEN);

        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void withoutATokenARunningConsoleIsNamedAndGetsNone() {
        var ran = simulate(Map.of());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("an operator or an admin into HOLDPOINT_TOKEN");
        assertThat(tokens).containsExactly(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ana-token"})
    void anotherProgramInItsPlaceIsNoRunningConsoleAndGetsNoToken(String token) {
        withoutToken = "<html>";

        var ran = simulate(Map.of("HOLDPOINT_TOKEN", token));

        assertThat(ran.err()).contains("there is no database in ");
        assertThat(tokens).containsExactly(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>\u001b[2J", "{}", "[]", "{\"policy\":\"\"}"})
    void anAnswerThatIsNoSimulationIsOneSentence(String other) {
        answer = other;

        var ran = simulate(TOKEN);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err().lines()).singleElement().asString().contains("sent no simulation; is it the console");
    }

    @Test
    void aRefusalOfAnotherProgramIsNotTakenForTheConsoles() {
        status = 404;
        answer = "<html>";

        var url = "http://127.0.0.1:" + console.getAddress().getPort();
        assertThat(simulate(TOKEN, "--url", url).err())
                .contains("is no console of Holdpoint's")
                .doesNotContain("for this token");
    }

    @Test
    void programsReadTheFaultsThatTheConsoleFinds() {
        status = 422;
        answer = """
                {"type":"urn:holdpoint:problem:faulty-policy","status":422,"errors":[
                  {"file":"policy.yaml","line":3,"path":"defult","message":"is unknown","detail":"policy.yaml:3: …"}]}""";

        var ran = simulate(TOKEN, "--json");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(JsonMapper.shared().readTree(ran.out()))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"faults":[{"file":"policy.yaml","line":3,"path":"defult","message":"is unknown"}]}"""));
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void programsReadTheFaultsThatAreFoundHere() throws IOException {
        configure("  servers: 7");
        console.stop(0);

        var ran = simulate(TOKEN, "--json");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(JsonMapper.shared().readTree(ran.out()).at("/faults/0/path").stringValue())
                .isEqualTo("holdpoint.servers");
    }

    @Test
    void aPolicyThatIsADirectoryIsWrongUse() {
        var ran = PolicyLine.simulate(directory, TOKEN, ".");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("the file . is a directory; name a file in it");
    }

    private void configure(String line) throws IOException {
        Files.writeString(directory.resolve("holdpoint.yaml"), """
                holdpoint:
                  console: { port: %d }
                %s
                """.formatted(
                        console.getAddress().getPort(), line));
    }

    private PolicyLine.Ran simulate(Map<String, String> environment, String... more) {
        var line = new ArrayList<>(List.of("policy.yaml"));
        line.addAll(List.of(more));
        return PolicyLine.simulate(directory, environment, line.toArray(String[]::new));
    }

    private void answer(HttpExchange exchange) throws IOException {
        tokens.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
        exchange.getRequestBody().readAllBytes();
        boolean hasToken = tokens.get(tokens.size() - 1).isPresent();
        var bytes = (hasToken ? answer : withoutToken).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(hasToken ? status : 401, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
