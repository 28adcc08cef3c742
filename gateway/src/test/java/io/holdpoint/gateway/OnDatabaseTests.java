package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OnDatabaseTests {

    @Test
    void whatRunsOnH2RunsOnPostgresqlToo() throws IOException, URISyntaxException {
        assertThat(testsOn(GatewayDatabases.POSTGRESQL))
                .containsAll(testsOn(GatewayDatabases.H2).stream()
                        .map(name -> name.replaceFirst("Tests$", "PostgresqlTests"))
                        .toList());
        assertThat(testsOn(GatewayDatabases.H2)).isNotEmpty();
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
