package io.holdpoint.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.configuration.Configuration;
import io.holdpoint.gateway.configuration.Listening;
import io.holdpoint.workflow.people.PersonId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTests {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Configuration> started = new ArrayList<>();
    /** Other programs on this machine have ports open, too. */
    private Listening listening = Listening.anywhere();

    private PasswordPrompt prompt = new PasswordPrompt.Pipe(InputStream.nullInputStream());

    @TempDir
    private Path directory;

    @Test
    void noCommandAtAllIsWrongUse() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: holdpoint", "serve", "demo", "init");
    }

    @ParameterizedTest
    @ValueSource(strings = {"srve", "--verbose", "serve --what", "demo --port many"})
    void whatItDoesNotKnowIsWrongUse(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "serve --help", "demo --help", "init --help", "password --help"})
    void helpAndVersionAreNoFailure(String line) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(out.toString()).contains("holdpoint");
    }

    @Test
    void aFileNamedWithAnAtSignIsLeftToTheCommand() throws IOException {
        Files.writeString(directory.resolve("policy.yaml"), "{version: \"1\", default: allow}");
        var arguments = Files.writeString(directory.resolve("args.json"), "{ \"password\": \"canary 4711\" }");

        assertThat(run("policy", "explain", "policy.yaml", "--tool", "pay", "--args", "@" + arguments))
                .as(err.toString())
                .isZero();
        assertThat(out + err.toString()).contains("allowed: pay").doesNotContain("4711");
    }

    @Test
    void serveWithoutAConfigurationSaysWhatElseThereIs() {
        assertThat(run("serve")).isEqualTo(2);
        assertThat(err.toString())
                .contains("there is no configuration file", "holdpoint demo", "holdpoint init")
                .doesNotContain("\tat ", "\\u000a");
        assertThat(started).isEmpty();
    }

    @Test
    void serveWithAFaultyConfigurationShowsItsFaultsAndStartsNothing() throws IOException {
        Files.writeString(directory.resolve("holdpoint.yaml"), "holdpoint: { agnts: {} }");

        assertThat(run("serve")).isEqualTo(1);
        assertThat(err.toString())
                .contains("holdpoint.yaml:1: holdpoint.agnts is unknown; did you mean agents?", "1 fault")
                .doesNotContain("\tat ");
        assertThat(started).isEmpty();
    }

    @Test
    void serveReadsTheFileItIsGiven() throws IOException {
        var file = Files.writeString(directory.resolve("other.yaml"), "holdpoint: { agents: { port: 1234 } }");

        assertThat(run("serve", "--config", file.toString())).isZero();
        assertThat(started)
                .singleElement()
                .satisfies(configuration ->
                        assertThat(configuration.agents().port()).isEqualTo(1234));
    }

    @Test
    void serveKeepsItsDataBesideTheConfiguration() throws IOException {
        Files.createDirectory(directory.resolve("etc"));
        var file = Files.writeString(directory.resolve("etc/other.yaml"), "holdpoint: {}");

        run("serve", "--config", file.toString());

        assertThat(directory.resolve("etc/data/keys/data.key")).exists();
    }

    @Test
    void serveShowsWarnings() throws IOException {
        Files.writeString(directory.resolve("holdpoint.yaml"), "holdpoint: { agents: { address: 0.0.0.0 } }");

        run("serve");

        assertThat(out.toString()).contains("warning: ", "agents.address is not loopback");
    }

    @Test
    void aPortInUseIsToldWithoutAStackTrace() throws IOException {
        Files.writeString(directory.resolve("holdpoint.yaml"), "holdpoint: {}");

        assertThat(run(
                        failing(new IllegalStateException("wrapped", new BindException("Address already in use"))),
                        "serve"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("cannot listen: Address already in use")
                .doesNotContain("\tat ");
    }

    @Test
    void tablesOfAnotherVersionAreToldWithoutAStackTrace() throws IOException {
        Files.writeString(directory.resolve("holdpoint.yaml"), "holdpoint: {}");
        var mismatch = new FlywayException("Validate failed:\nMigration checksum mismatch for migration version 2");

        assertThat(run(failing(new IllegalStateException("wrapped", mismatch)), "serve"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "not those of this version",
                        "Validate failed: Migration checksum mismatch for migration version 2",
                        "an empty database (spring.datasource.url")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"agents", "console"})
    void anAddressThatNobodyKnowsIsAFaultOfTheConfiguration(String listener) throws IOException {
        listening = Listening.here();
        Files.writeString(
                directory.resolve("holdpoint.yaml"),
                "holdpoint:\n  %s: { address: nohost.invalid, port: 0 }\n  %s: { port: 0 }\n"
                        .formatted(listener, other(listener)));

        assertThat(run("serve")).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "holdpoint.yaml:2: holdpoint.%s.address is \"nohost.invalid\", no host".formatted(listener),
                        "use an IP address",
                        "1 fault; nothing was started")
                .doesNotContain("\tat ");
        assertThat(started).isEmpty();
    }

    @Test
    void anAddressOfAnotherMachineIsAFaultOfTheConfiguration() throws IOException {
        listening = Listening.here();
        Files.writeString(
                directory.resolve("holdpoint.yaml"),
                "holdpoint: { agents: { address: 192.0.2.1 }, console: { port: 0 } }");

        assertThat(run("serve")).isEqualTo(1);
        assertThat(err.toString()).contains("agents.address is \"192.0.2.1\", no address of this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"agents", "console"})
    void aPortInUseIsAFaultOfTheConfiguration(String listener) throws IOException {
        listening = Listening.here();
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = taken.getLocalPort();
            Files.writeString(
                    directory.resolve("holdpoint.yaml"),
                    "holdpoint: { %s: { port: %d }, %s: { port: 0 } }".formatted(listener, port, other(listener)));

            assertThat(run("serve")).isEqualTo(1);
            assertThat(err.toString())
                    .contains("holdpoint.%s.port is %d, in use already; stop what uses it".formatted(listener, port));
        }
    }

    @Test
    void bothListenersFaultsAreToldAtOnceWithAllOthers() throws IOException {
        listening = Listening.here();
        Files.writeString(directory.resolve("holdpoint.yaml"), """
            holdpoint:
              agents: { address: nohost.invalid }
              console: { address: 192.0.2.1, port: 70000 }
              kyes: {}
            """);

        assertThat(run("serve")).isEqualTo(1);
        assertThat(err.toString())
                .contains("holdpoint.yaml:2: ", "holdpoint.yaml:3: ", "holdpoint.yaml:4: ", "4 faults");
    }

    @Test
    void thePortsOfADemoThatAreInUseAreToldByTheirOption() throws IOException {
        listening = Listening.here();
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = taken.getLocalPort();

            assertThat(run("demo", "--port", freePort(), "--console-port", String.valueOf(port)))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("--console-port is %d, in use already".formatted(port));
        }
    }

    @Test
    void aFaultOfOurOwnIsShownInFull() throws IOException {
        Files.writeString(directory.resolve("holdpoint.yaml"), "holdpoint: {}");

        assertThat(run(failing(new IllegalStateException("a bug")), "serve")).isEqualTo(1);
        assertThat(err.toString()).contains("a fault of its own", "a bug", "\tat ");
    }

    @Test
    void initWritesAConfigurationThatOnlyLacksTheUsersServer() {
        assertThat(run("init")).isZero();

        assertThat(directory.resolve("policies/imaging.json")).exists();
        assertThat(run("serve")).as(err.toString()).isZero();
        assertThat(started)
                .singleElement()
                .satisfies(configuration -> assertThat(
                                configuration.reloadable().grants().find("radiology-agent"))
                        .isPresent());
    }

    @Test
    void initShowsTokensThatItDoesNotStore() throws IOException {
        run("init");

        var written = Files.readString(directory.resolve("holdpoint.yaml"));
        var token = Pattern.compile("hp[gp]_\\S{43}").matcher(out.toString());
        assertThat(token.results().map(found -> found.group())).hasSize(3).noneMatch(written::contains);
    }

    @Test
    void initsTokenIsTheGrantsToken() {
        run("init");
        var token = Pattern.compile("hpg_\\S{43}").matcher(out.toString());
        assertThat(token.find()).isTrue();

        run("serve");

        assertThat(started.get(0).reloadable().grants().byToken(token.group())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"holdpoint.yaml", "policies/imaging.json"})
    void initOverwritesNothing(String name) throws IOException {
        Files.createDirectories(directory.resolve("policies"));
        Files.writeString(directory.resolve(name), "mine");

        assertThat(run("init")).isEqualTo(1);
        assertThat(err.toString()).contains("nothing written", name);
        assertThat(directory.resolve(name)).hasContent("mine");
    }

    @Test
    void demoStartsWithAConfigurationThatPasses() {
        assertThat(run("demo", "--port", "8180", "--console-port", "8181"))
                .as(err.toString())
                .isZero();

        assertThat(started).singleElement().satisfies(configuration -> {
            assertThat(configuration.agents().port()).isEqualTo(8180);
            assertThat(configuration.console().port()).isEqualTo(8181);
            assertThat(configuration.reloadable().warnings()).isEmpty();
        });
    }

    @Test
    void demoKeepsItsTokenForItsOwnerOnly() throws IOException {
        run("demo");
        var token = Files.readString(directory.resolve("data/demo/token"));
        run("demo");

        assertThat(directory.resolve("data/demo/token")).hasContent(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("data/demo"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("data/demo/token"))))
                .isEqualTo("rw-------");
    }

    @Test
    void demoKeepsEverythingApartFromAnInstallation() throws IOException {
        run("demo");

        try (var files = Files.list(directory.resolve("data"))) {
            assertThat(files).containsExactly(directory.resolve("data/demo"));
        }
        assertThat(directory.resolve("data/demo/keys/data.key")).exists();
        assertThat(started.get(0).jdbcUrl()).contains("data/demo/holdpoint");
    }

    @Test
    void anInstallationBesideADemoHasItsOwnKeyAndDatabase() throws IOException {
        run("demo");
        run("init");
        run("serve");

        assertThat(started.get(1).jdbcUrl()).contains("data/holdpoint").doesNotContain("demo");
        assertThat(started.get(1).dataKey()).isNotEqualTo(started.get(0).dataKey());
    }

    @Test
    void serveRefusesDataThatADemoMade() throws IOException {
        run("demo");
        Files.createDirectory(directory.resolve("real"));
        Files.move(directory.resolve("data/demo"), directory.resolve("real/data"));
        var file = Files.writeString(directory.resolve("real/holdpoint.yaml"), "holdpoint: {}");

        assertThat(run("serve", "--config", file.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains("real/data was made by `holdpoint demo`", "move it away")
                .doesNotContain("\tat ");
    }

    @Test
    void demoRefusesDataThatServeMade() throws IOException {
        run("init");
        run("serve");
        Files.createDirectory(directory.resolve("other"));
        Files.move(directory.resolve("data"), directory.resolve("other/demo"));
        Files.move(directory.resolve("other"), directory.resolve("data"));

        assertThat(run("demo")).isEqualTo(1);
        assertThat(err.toString()).contains("demo was made by `holdpoint serve`");
    }

    @Test
    void eachGoesOnWithItsOwnData() {
        run("init");

        assertThat(List.of(run("demo"), run("serve"), run("demo"), run("serve")))
                .containsOnly(0);
    }

    @Test
    void serveTouchesNoDataDirectoryThatItKeepsNothingIn() throws IOException {
        var data = Files.createDirectory(directory.resolve("data"));
        Files.writeString(directory.resolve("holdpoint.yaml"), """
            holdpoint: { keys: { data: "%s" } }
            spring.datasource: { url: "jdbc:postgresql://postgres/holdpoint" }
            """.formatted("A".repeat(43) + "="));

        assertThat(run("serve")).as(err.toString()).isZero();
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aDemosDataIsNoMatterToServeThatKeepsItsOwnElsewhere() throws IOException {
        Files.createDirectory(directory.resolve("data"));
        Files.writeString(directory.resolve("data/made-by"), "demo");
        Files.writeString(directory.resolve("holdpoint.yaml"), """
            holdpoint: { keys: { data: "%s" } }
            spring.datasource: { url: "jdbc:postgresql://postgres/holdpoint" }
            """.formatted("A".repeat(43) + "="));

        assertThat(run("serve")).as(err.toString()).isZero();
    }

    @Test
    void aDatabaseOfOursIsMarkedWhereItsKeyIsConfigured() throws IOException {
        Files.createDirectory(directory.resolve("data"));
        Files.writeString(
                directory.resolve("holdpoint.yaml"),
                "holdpoint: { keys: { data: \"%s\" } }".formatted("A".repeat(43) + "="));

        run("serve");

        assertThat(directory.resolve("data/made-by")).hasContent("serve");
    }

    @Test
    void passwordPrintsTheLineByWhichSomebodySignsIn() throws IOException {
        prompt = piped("correct horse battery staple\nanother line\n");

        assertThat(run("password")).isZero();

        Files.writeString(
                directory.resolve("holdpoint.yaml"),
                "holdpoint:\n  people:\n    ana:\n      " + out.toString().strip());
        assertThat(run("serve")).as(err.toString()).isZero();
        assertThat(started.get(0).reloadable().passwords().has(new PersonId("ana")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "            \n", "too short\n"})
    void aPasswordThatIsNoneIsWrongUse(String input) {
        prompt = piped(input);

        assertThat(run("password")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aPasswordLongerThanIsHashedIsWrongUse() {
        prompt = piped("\u00e9".repeat(37));

        assertThat(run("password")).isEqualTo(2);
        assertThat(err.toString()).contains("74 bytes, and bcrypt reads 72");
    }

    @Test
    void whoTypesAPasswordTypesItTwice() {
        prompt = typed("correct horse battery staple", "correct horse battery stapel");

        assertThat(run("password")).isEqualTo(2);
        assertThat(err.toString()).contains("not the same").doesNotContain("horse");
    }

    @Test
    void aPasswordTypedTwiceIsTaken() {
        prompt = typed("correct horse battery staple", "correct horse battery staple");

        assertThat(run("password")).isZero();
        assertThat(out.toString()).startsWith("password-hash: \"{bcrypt}$2").doesNotContain("horse");
    }

    private static String other(String listener) {
        return listener.equals("agents") ? "console" : "agents";
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        }
    }

    private static PasswordPrompt piped(String input) {
        return new PasswordPrompt.Pipe(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    }

    private static PasswordPrompt typed(String... answers) {
        var left = new ArrayDeque<>(List.of(answers));
        return new PasswordPrompt() {
            @Override
            public Optional<String> ask(String question) {
                return Optional.ofNullable(left.poll());
            }

            @Override
            public boolean isTerminal() {
                return true;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--console-port"})
    void theDemosPortsHaveToBeKnownBeforehand(String option) {
        assertThat(run("demo", option, "0")).isEqualTo(2);
        assertThat(err.toString()).contains("from 1 to 65535");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsToldWithoutAStackTrace() throws IOException {
        Files.writeString(directory.resolve("data"), "a file, not a directory");

        assertThat(run("demo")).isEqualTo(1);
        assertThat(err.toString()).contains("cannot use", "data").doesNotContain("\tat ");
    }

    @Test
    void theDemosAgentNeedsADemo() {
        assertThat(run("demo", "--agent")).isEqualTo(1);
        assertThat(err.toString()).contains("run `holdpoint demo` here in another terminal first");
    }

    private int run(String... arguments) {
        return run(new NotStarting(listening), arguments);
    }

    /** Notes what it would start with. */
    private final class NotStarting extends Gateway {

        private final Listening listening;

        NotStarting(Listening listening) {
            super(Object.class);
            this.listening = listening;
        }

        @Override
        void run(Configuration configuration, Consumer<Running> ready) {
            started.add(configuration);
        }

        @Override
        Listening listening() {
            return listening;
        }
    }

    private int run(Gateway gateway, String... arguments) {
        return Program.run(
                gateway, directory, prompt, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private static Gateway failing(RuntimeException failure) {
        return new Gateway(Object.class) {
            @Override
            void run(Configuration configuration, Consumer<Running> ready) {
                throw failure;
            }

            @Override
            Listening listening() {
                return Listening.anywhere();
            }
        };
    }
}
