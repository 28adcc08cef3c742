package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.console.access.PasswordHash;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An installation as its operator meets it: the real program, what it prints, and how people get in. */
@Timeout(120)
class ServeTests {

    private static final String PASSWORD = "correct horse battery staple";

    /** What ends what is printed at the start. */
    private static final String SIGN_IN = "sign in: ";

    @TempDir
    private Path directory;

    private final String console = freePort();

    @Test
    void thePrintedLinkLetsAnAdminInAndTheAdminEverybodyElse() {
        write("", "");
        try (var gateway = holdpoint("serve")) {
            var link = Pattern.compile("http://\\S+/sign-in/\\S+").matcher(gateway.awaitLine(SIGN_IN));
            assertThat(link.find()).isTrue();
            var ana = Person.signedInBy(URI.create(link.group()));
            var bo = Person.signedInBy(ana.makeLinkFor("bo"));
            assertThat(bo.open("/").body()).contains("Bo Lind", "Waiting for you");
            assertThat(bo.open("/people").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void peopleSignInByPasswordUntilTheGatewayRestarts() {
        var hash = PasswordHash.of(PASSWORD).text();
        write(hash, hash);
        Person bo;
        try (var gateway = holdpoint("serve")) {
            assertThat(gateway.awaitLine(SIGN_IN)).isEqualTo(SIGN_IN + "http://127.0.0.1:" + console + "/sign-in");
            bo = Person.signedInByPassword(url("/"), "bo@example.org", PASSWORD);
            var ana = Person.signedInByPassword(url("/audit"), "ana", PASSWORD);
            assertThat(ana.open("/audit").body()).contains("person.signed-in", "password");
        }
        write(hash, "");
        try (var gateway = holdpoint("serve")) {
            gateway.awaitLine(SIGN_IN);
            assertThat(bo.open("/").uri()).hasPath("/sign-in");
        }
    }

    @Test
    void anAdminWhoIsLockedOutHasALinkPrinted() {
        write(PasswordHash.of(PASSWORD).text(), "");
        try (var gateway = holdpoint("serve", "--sign-in-link")) {
            var link = Pattern.compile("http://\\S+/sign-in/\\S+").matcher(gateway.awaitLine(SIGN_IN));
            assertThat(link.find()).isTrue();
            assertThat(Person.signedInBy(URI.create(link.group()))
                            .open("/people")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aSecondGatewayOnTheSamePortIsToldWhichKeyToChange() throws IOException {
        write("", "");
        try (var taken = new ServerSocket(Integer.parseInt(console));
                var gateway = holdpoint("serve")) {
            assertThat(gateway.awaitLine("console.port is " + console))
                    .contains("holdpoint.yaml:3: ", "in use already");
            assertThat(gateway.awaitEnd()).isEqualTo(1);
            assertThat(gateway.output()).doesNotContain("\tat ");
            assertThat(taken.isBound()).isTrue();
        }
    }

    private void write(String anasHash, String bosHash) {
        try {
            Files.writeString(
                    directory.resolve("holdpoint.yaml"), """
                holdpoint:
                  agents: { port: 0 }
                  console: { port: %s }
                  people:
                    ana: { name: Ana Diaz, roles: [admin, auditor]%s }
                    bo: { name: Bo Lind, email: bo@example.org, roles: [reviewer]%s }
                """.formatted(console, password(anasHash), password(bosHash)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String password(String hash) {
        return hash.isEmpty() ? "" : ", password-hash: \"%s\"".formatted(hash);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + console + path);
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

    private static String freePort() {
        try (var socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
