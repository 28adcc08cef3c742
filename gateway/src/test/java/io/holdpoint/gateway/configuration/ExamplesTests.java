package io.holdpoint.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.document.DocumentReader;
import io.holdpoint.gateway.document.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compose example: no engine runs it here, but its configuration is read as the gateway would. */
class ExamplesTests {

    private static final Path ROOT = Path.of("..");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "HOLDPOINT_DB_PASSWORD", "database-password",
            "HOLDPOINT_DATA_KEY", "00".repeat(32),
            "HOLDPOINT_AGENT_TOKEN", "agent-token-of-some-length",
            "HOLDPOINT_ANA_TOKEN", "ana-token-of-some-length",
            "IMAGING_TOKEN", "imaging-token");

    @TempDir
    private Path data;

    @Test
    void theComposeConfigurationPasses() {
        var configuration = new ConfigurationReader(
                        name -> Optional.ofNullable(ENVIRONMENT.get(name)), Set.of("single-approval"))
                .read(ROOT.resolve("examples/compose/holdpoint.yaml"), data);

        assertThat(configuration.jdbcUrl()).isEqualTo("jdbc:postgresql://postgres/holdpoint");
    }

    @Test
    void composeGivesTheGatewayEveryVariableItsConfigurationNeeds() throws IOException {
        var names = new TreeSet<String>();
        var text = Files.readString(ROOT.resolve("examples/compose/holdpoint.yaml"));
        Pattern.compile("\\$\\{([A-Z_]+)}").matcher(text).results().forEach(found -> names.add(found.group(1)));

        assertThat(member(compose(), "services", "gateway", "environment").members())
                .containsOnlyKeys(names);
    }

    @Test
    void composeHasNoDefaultForASecret() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docker-compose.yml")))
                .doesNotContainPattern("\\$\\{[A-Z_]+(:?-[^}]*)?}");
    }

    @Test
    void composePublishesOnLoopbackOnly() throws IOException {
        var services = member(compose(), "services").members().values();

        assertThat(services)
                .flatExtracting(service -> ((Node.Obj) service).members().get("ports") instanceof Node.Arr ports
                        ? ports.elements()
                        : List.of())
                .isNotEmpty()
                .allSatisfy(port -> assertThat(((Node.Text) port).value()).startsWith("127.0.0.1:"));
    }

    @Test
    void everyServiceDropsItsCapabilities() throws IOException {
        var services = member(compose(), "services").members();

        assertThat(services).containsOnlyKeys("gateway", "postgres", "mailpit");
        assertThat(services.values())
                .allSatisfy(
                        service -> assertThat(((Node.Obj) service).members()).containsKeys("cap_drop", "security_opt"));
    }

    private static Node.Obj compose() throws IOException {
        return (Node.Obj)
                DocumentReader.read("docker-compose.yml", Files.readAllBytes(ROOT.resolve("docker-compose.yml")));
    }

    private static Node.Obj member(Node.Obj object, String... keys) {
        var found = object;
        for (var key : keys) {
            found = (Node.Obj) found.members().get(key);
        }
        return found;
    }
}
