package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a newcomer meets it: the real program, what it prints, its pages and its agent. */
@Timeout(120)
class DemoTests {

    private static final Pattern LINK = Pattern.compile("http://\\S+/sign-in/\\S+");

    @TempDir
    private Path directory;

    private final String port = freePort();
    private final String consolePort = freePort();
    private TellingProcess demo;

    @BeforeEach
    void start() {
        demo = holdpoint("demo", "--port", port, "--console-port", consolePort);
        demo.awaitLine("Its state is in ./data");
    }

    @AfterEach
    void stop() {
        demo.close();
    }

    @Test
    void thePrintedCommandHoldsACallUntilItIsApprovedOnItsPage() {
        try (var curl = printedCurl()) {
            curl.awaitLine("Waiting for approval by radiology-leads");
            var ana = Person.signedInBy(link("Ana Diaz"));
            ana.approve(ana.waiting());
            assertThat(curl.awaitLine("\"result\"")).contains("deleted MR-2002");
            assertThat(curl.awaitEnd()).isZero();
        }
    }

    @Test
    void aPrintedLinkSignsInOnceAndOnlyFromItsOwnPage() {
        var link = link("Bo Lind");
        assertThat(Person.stranger(link).open("/").statusCode()).isEqualTo(401);
        assertThat(Person.stranger(link).postBlindly(link.getPath()).statusCode())
                .isEqualTo(403);
        assertThat(Person.signedInBy(link).open("/").body()).contains("Bo Lind");
        assertThatThrownBy(() -> Person.signedInBy(link)).hasMessageContaining("no form");
    }

    @Test
    void theAgentPlaysToItsEndWhilePeopleDecide() {
        try (var agent = holdpoint("demo", "--agent")) {
            var ana = Person.signedInBy(link("Ana Diaz"));
            ana.reject(ana.waiting(), "Wrong target", "that one is a court case");
            agent.awaitLine("4  Another delete");
            ana.approve(ana.waiting());
            assertThat(agent.awaitEnd()).isZero();
            assertThat(agent.output())
                    .containsSubsequence(
                            "CT-1001  Chest CT",
                            "passed; then: Ten exports a minute are enough",
                            "delete_study {\"study\":\"CT-1001\"}",
                            "Waiting for approval by radiology-leads",
                            "Rejected by Ana Diaz: Wrong target: that one is a court case",
                            "delete_study {\"study\":\"CT-1002\"}",
                            "deleted CT-1002",
                            "That was the demo.");
        }
    }

    @Test
    void theAgentComesBackToADemoThatWasKilledWhileACallWasHeld() {
        try (var agent = holdpoint("demo", "--agent")) {
            agent.awaitLine("Waiting for approval");
            demo.close();
            agent.awaitLine("the connection is lost");
            start();
            var ana = Person.signedInBy(link("Ana Diaz"));
            ana.approve(ana.waiting());
            assertThat(agent.awaitLine("deleted CT-1001")).contains("gets");
            agent.awaitLine("4  Another delete");
            ana.reject(ana.waiting(), "Not now", "");
            assertThat(agent.awaitEnd()).isZero();
        }
    }

    private TellingProcess holdpoint(String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        var command = new ArrayList<>(List.of(java, "-Xmx300m", "-cp", classes, Holdpoint.class.getName()));
        command.addAll(Arrays.asList(arguments));
        return TellingProcess.start(directory, Map.of(), command);
    }

    private URI link(String name) {
        var line = demo.output()
                .lines()
                .filter(printed -> printed.strip().startsWith(name))
                .findFirst();
        var link = LINK.matcher(line.orElseThrow(() -> new AssertionError("no link for " + name)));
        assertThat(link.find()).isTrue();
        return URI.create(link.group());
    }

    /** The printed command, given to a shell as it stands there. */
    private TellingProcess printedCurl() {
        var output = demo.output();
        var from = output.indexOf("curl -N");
        var command = output.substring(from, output.indexOf("\n\n", from));
        try {
            var test = TellingProcess.start(directory, Map.of(), List.of("curl", "--version"));
            Assumptions.assumeTrue(test.awaitEnd() == 0);
            return TellingProcess.start(directory, Map.of(), List.of("sh", "-c", command));
        } catch (UncheckedIOException noSuchCommand) {
            System.out.println("The demo's curl is not tried: there is no curl or no sh on the path");
            return Assumptions.abort("no curl");
        }
    }

    private static String freePort() {
        try (var socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
