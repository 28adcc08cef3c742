package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OnDatabaseTests {

    private static final Pattern STARTS =
            Pattern.compile("GatewayUnderTest\\.start\\(|new Attacked\\(|new GatewayProcess\\(");

    @Test
    void whatRunsOnH2RunsOnPostgresqlToo() throws IOException, URISyntaxException {
        assertThat(testsOn(GatewayDatabases.POSTGRESQL))
                .containsAll(testsOn(GatewayDatabases.H2).stream()
                        .map(name -> name.replaceFirst("Tests$", "PostgresqlTests"))
                        .toList());
        assertThat(testsOn(GatewayDatabases.H2)).isNotEmpty();
    }

    /** These say nothing about the store: what they send never gets there, or is only passed on. */
    private static final Set<String> ON_H2_ONLY =
            Set.of("ByteFidelityTests", "RealClientTests", "RefusedMessagesTests", "SlowClientTests");

    @Test
    void whoeverStartsAGatewaySaysOnWhichDatabase() throws IOException {
        try (var files = Files.list(Path.of("src/test/java/io/holdpoint/gateway"))) {
            assertThat(files.filter(OnDatabaseTests::startsAGateway)
                            .map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
                            .filter(name -> databaseOf(name).isEmpty()))
                    .containsExactlyInAnyOrderElementsOf(ON_H2_ONLY);
        }
    }

    private static boolean startsAGateway(Path file) {
        try {
            return file.toString().endsWith("Tests.java")
                    && STARTS.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> testsOn(GatewayDatabases database) throws IOException, URISyntaxException {
        var here = OnDatabaseTests.class.getResource("OnDatabaseTests.class");
        try (var files = Files.list(Path.of(here.toURI()).getParent())) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.class$", ""))
                    .filter(name -> name.endsWith("Tests"))
                    .filter(name -> databaseOf(name).equals(Optional.of(database)))
                    .toList();
        }
    }

    private static Optional<GatewayDatabases> databaseOf(String test) {
        try {
            var annotated = Class.forName("io.holdpoint.gateway." + test);
            return Optional.ofNullable(annotated.getAnnotation(OnDatabase.class))
                    .map(OnDatabase::value);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
