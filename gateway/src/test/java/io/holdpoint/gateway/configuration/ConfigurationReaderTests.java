package io.holdpoint.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.console.access.ConsoleSettings;
import io.holdpoint.gateway.enforcement.HoldSettings;
import io.holdpoint.gateway.listener.AgentSettings;
import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.people.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTests {

    private static final String HASH = "a".repeat(64);
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "IMAGING_TOKEN",
            "imaging-secret",
            "AGENT_TOKEN",
            "agent-token-of-32-characters-xx",
            "DATA_KEY",
            KEY,
            "PORT",
            "9090",
            "DB_PASSWORD",
            "p${w}d");

    private static final String FULL = """
        holdpoint:
          agents:
            address: 0.0.0.0
            port: "${PORT}"
            max-body: 2MiB
            max-depth: 32
            allowed-hosts: [agents.example.org]
            allowed-origins: ["https://app.example.org"]
          console:
            address: 127.0.0.1
            port: 9091
            public-url: https://approve.example.org
            allowed-hosts: [approve.internal]
          servers:
            imaging:
              url: http://127.0.0.1:9100/mcp
              headers: { Authorization: "Bearer ${IMAGING_TOKEN}" }
              trusted: true
              methods: { deny: ["resources/*"] }
              timeout: 90s
          grants:
            one: { servers: { imaging: }, token: "${AGENT_TOKEN}", owner: cai, expires: 2027-01-31,
                   hold-for: 2m, max-pending: 3 }
            two: { server: imaging, token-sha256: "%s", owner: cai, expires: 2027-01-31T18:00:00Z }
          people:
            ana: { name: Ana Diaz, email: ana@example.org, groups: [leads], roles: [reviewer, admin] }
            cai: {}
          approvals:
            approvers: [leads]
            flow: two-person
            expires-after: 2h
            approved-for: 10m
            hold-for: 40s
            hold-for-clients: { cursor: 3m }
            keep-result: 30m
            max-pending: 500
            max-pending-per-grant: 5
            min-assurance: { High: login }
            allow-owner: true
          keys: { data: "${DATA_KEY}" }
          cluster: { lease: 20s }
        spring.datasource:
          url: jdbc:postgresql://db/holdpoint
          username: holdpoint
          password: "${DB_PASSWORD}"
        logging: { level: { root: warn } }
        """.formatted(HASH);

    @TempDir
    private Path directory;

    @Test
    void theSmallestFileGivesTheDefaults() throws IOException {
        var configuration = read("holdpoint: {}");

        assertThat(configuration.agents())
                .isEqualTo(new AgentSettings("127.0.0.1", 8080, 1 << 20, 64, List.of(), List.of()));
        assertThat(configuration.console())
                .isEqualTo(new ConsoleSettings("127.0.0.1", 8081, Optional.empty(), List.of()));
        assertThat(configuration.holds())
                .isEqualTo(new HoldSettings(
                        Duration.ofSeconds(50),
                        Map.of("claude-code", Duration.ofMinutes(4)),
                        Duration.ofHours(1),
                        1000,
                        20,
                        Duration.ofSeconds(15)));
        assertThat(configuration.retainArguments()).isEqualTo(Duration.ofDays(30));
        assertThat(configuration.reloadable().context().defaults().allowOwner()).isFalse();
        assertThat(configuration.reloadable().warnings()).isEmpty();
        assertThat(configuration.jdbcUrl())
                .startsWith("jdbc:h2:file:" + directory.resolve("data").resolve("holdpoint"))
                .contains("WRITE_DELAY=0");
    }

    @Test
    void aServerHasDefaultsToo() throws IOException {
        var server = read("holdpoint: { servers: { s: { url: 'https://h/mcp' } } }")
                .reloadable()
                .servers()
                .get("s");

        assertThat(server.timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(server.trusted()).isFalse();
        assertThat(server.headers()).isEmpty();
        assertThat(server.deniedMethods()).isEmpty();
    }

    @Test
    void listenersAreRead() throws IOException {
        var configuration = read(FULL);

        assertThat(configuration.agents())
                .isEqualTo(new AgentSettings(
                        "0.0.0.0",
                        9090,
                        2 << 20,
                        32,
                        List.of("agents.example.org"),
                        List.of("https://app.example.org")));
        assertThat(configuration.console())
                .isEqualTo(new ConsoleSettings(
                        "127.0.0.1",
                        9091,
                        Optional.of(URI.create("https://approve.example.org")),
                        List.of("approve.internal")));
    }

    @Test
    void serversAreReadWithTheirCredentialsFromTheEnvironment() throws IOException {
        var server = read(FULL).reloadable().servers().get("imaging");

        assertThat(server.url()).isEqualTo(URI.create("http://127.0.0.1:9100/mcp"));
        assertThat(server.headers()).containsEntry("Authorization", "Bearer imaging-secret");
        assertThat(server.trusted()).isTrue();
        assertThat(server.deniedMethods()).containsExactly("resources/*");
        assertThat(server.timeout()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void grantsAreReadByTheirTokens() throws IOException {
        var grant = read(FULL)
                .reloadable()
                .grants()
                .byToken("agent-token-of-32-characters-xx")
                .orElseThrow();

        assertThat(grant.id()).isEqualTo("one");
        assertThat(grant.owner()).isEqualTo(new PersonId("cai"));
        assertThat(grant.expires()).contains(Instant.parse("2027-01-31T00:00:00Z"));
        assertThat(grant.holdFor()).contains(Duration.ofMinutes(2));
        assertThat(grant.maxPending()).isEqualTo(OptionalInt.of(3));
        assertThat(grant.servers().get("imaging").policy()).isEmpty();
    }

    @Test
    void aGrantMayNameOneServer() throws IOException {
        var grant = read(FULL).reloadable().grants().find("two").orElseThrow();

        assertThat(grant.servers()).containsOnlyKeys("imaging");
        assertThat(grant.expires()).contains(Instant.parse("2027-01-31T18:00:00Z"));
    }

    @Test
    void peopleAreRead() throws IOException {
        var people = read(FULL).reloadable().people();

        var ana = people.find(new PersonId("ana")).orElseThrow();
        assertThat(ana.name()).isEqualTo("Ana Diaz");
        assertThat(ana.email()).contains("ana@example.org");
        assertThat(ana.roles()).containsExactlyInAnyOrder(Role.REVIEWER, Role.ADMIN);
        assertThat(people.find(new PersonId("cai")).orElseThrow().roles()).isEmpty();
    }

    @Test
    void holdsAreReadAndShippedClientsStay() throws IOException {
        assertThat(read(FULL).holds())
                .isEqualTo(new HoldSettings(
                        Duration.ofSeconds(40),
                        Map.of("claude-code", Duration.ofMinutes(4), "cursor", Duration.ofMinutes(3)),
                        Duration.ofMinutes(30),
                        500,
                        5,
                        Duration.ofSeconds(20)));
    }

    @Test
    void howLongArgumentsAreKeptIsRead() throws IOException {
        assertThat(read("holdpoint: { approvals: { retain-arguments: 7d } }").retainArguments())
                .isEqualTo(Duration.ofDays(7));
    }

    @Test
    void springsOwnKeysAreHandedOn() throws IOException {
        assertThat(read(FULL).spring())
                .contains(
                        Map.entry("spring.datasource.url", "jdbc:postgresql://db/holdpoint"),
                        Map.entry("spring.datasource.username", "holdpoint"),
                        Map.entry("spring.datasource.password", "p${w}d"),
                        Map.entry("logging.level.root", "warn"));
    }

    @Test
    void onPostgresqlEveryConnectionIsMadeSafe() throws IOException {
        assertThat(read(FULL).spring().get("spring.datasource.hikari.connection-init-sql"))
                .contains("synchronous_commit", "lock_timeout");
    }

    @Test
    void whatShouldBeBetterIsWarnedOf() throws IOException {
        assertThat(read(FULL).reloadable().warnings())
                .anyMatch(warning -> warning.contains("holdpoint.yaml:3: holdpoint.agents.address is not loopback"))
                .anyMatch(warning -> warning.contains("allow-owner is on"))
                .anyMatch(warning -> warning.contains("grants.one.servers.imaging has no policy"));
    }

    @Test
    void aPlainTokenIsAcceptedWithAWarningThatDoesNotShowIt() throws IOException {
        var configuration = read("holdpoint: { people: { ana: { token: a-very-long-plain-token } } }");

        assertThat(configuration.reloadable().people().byToken("a-very-long-plain-token"))
                .isPresent();
        assertThat(configuration.reloadable().warnings())
                .singleElement()
                .asString()
                .contains("people.ana.token is in clear in the file")
                .doesNotContain("a-very-long");
    }

    @Test
    void aKeyIsMadeOnceForItsOwnerOnly() throws IOException {
        var first = read("holdpoint: {}").dataKey();

        var file = directory.resolve("data/keys/data.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("data"))))
                .isEqualTo("rwx------");
        assertThat(read("holdpoint: {}").dataKey()).hasSize(32).isEqualTo(first);
    }

    @Test
    void aKeyThatOthersCanReadIsWarnedOf() throws IOException {
        read("holdpoint: {}");
        Files.setPosixFilePermissions(
                directory.resolve("data/keys/data.key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(read("holdpoint: {}").reloadable().warnings())
                .singleElement()
                .asString()
                .endsWith("chmod 600 it");
    }

    @Test
    void aKeyMayBeHexadecimal() throws IOException {
        var key = read("holdpoint: { keys: { data: '%s' } }".formatted("0f".repeat(32)))
                .dataKey();

        assertThat(key).hasSize(32).containsOnly(15);
        assertThat(directory.resolve("data/keys")).doesNotExist();
    }

    @Test
    void itsTextHasNoSecrets() throws IOException {
        assertThat(read(FULL).toString()).doesNotContain("imaging-secret", "p${w}d");
    }

    private Configuration read(String text) throws IOException {
        var file = Files.writeString(directory.resolve("holdpoint.yaml"), text);
        return new ConfigurationReader(
                        name -> Optional.ofNullable(ENVIRONMENT.get(name)), Set.of("single-approval", "two-person"))
                .read(file, directory.resolve("data"));
    }
}
