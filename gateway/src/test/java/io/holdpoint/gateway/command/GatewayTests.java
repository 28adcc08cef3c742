package io.holdpoint.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.Holdpoint;
import io.holdpoint.gateway.configuration.Configuration;
import io.holdpoint.gateway.configuration.ConfigurationReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;

class GatewayTests {

    private static final String SMALL = """
        holdpoint: { agents: { port: 0 }, console: { port: 0 } }
        """;

    @TempDir
    private Path directory;

    @AfterEach
    void forget() {
        System.clearProperty("server.port");
        System.clearProperty("spring.datasource.url");
    }

    @Test
    void itStartsWithTheSmallestConfigurationAndSaysItIsWell() throws Exception {
        var configuration = read(SMALL);
        try (var context = new Gateway(Holdpoint.class).start(configuration)) {
            var console = new Gateway.Running(context, configuration).consoleUrl();
            var request = HttpRequest.newBuilder(URI.create(console + "/actuator/health"))
                    .build();

            var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("UP");
        }
    }

    @Test
    void theSystemsPropertiesChangeNothing() throws IOException {
        System.setProperty("server.port", "1");
        System.setProperty("spring.datasource.url", "jdbc:h2:mem:x");

        var environment = Gateway.environment(read(SMALL));

        assertThat(environment.getProperty("server.port")).isEqualTo("0");
        assertThat(environment.getProperty("spring.datasource.url")).contains("WRITE_DELAY=0");
        assertThat(environment.containsProperty("user.home")).isFalse();
    }

    @Test
    void aPasswordMayLookLikeAPlaceholder() throws IOException {
        var configuration = read("""
            holdpoint: {}
            spring.datasource.password: "${PASSWORD}"
            """);

        var bound = Binder.get(Gateway.environment(configuration)).bind("spring.datasource.password", String.class);

        assertThat(bound.get()).isEqualTo("p${user.home}d\\${x}");
    }

    @Test
    void aUsersLogLevelBeatsOurs() throws IOException {
        var configuration = read("holdpoint: {}\nlogging.level.root: debug\n");

        assertThat(Gateway.environment(configuration).getProperty("logging.level.root"))
                .isEqualTo("debug");
    }

    private Configuration read(String text) throws IOException {
        var file = Files.writeString(directory.resolve("holdpoint.yaml"), text);
        return new ConfigurationReader(name -> Optional.of("p${user.home}d\\${x}"), Set.of("single-approval"))
                .read(file, directory.resolve("data"));
    }
}
