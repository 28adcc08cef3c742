package io.holdpoint.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.workflow.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationFaultsTests {

    private static final String SECRET = "s3cr3t-that-nobody-may-see";
    private static final String HASH = "a".repeat(64);
    private static final Map<String, String> ENVIRONMENT =
            Map.of("SECRET", SECRET, "BLANK", " ", "PORT", "eighty", "SHORT", "xy");

    @TempDir
    private Path directory;

    static Stream<Arguments> faults() {
        return Stream.of(
                // the file as a whole
                arguments("", 1, "is empty or not an object; begin with holdpoint:"),
                arguments("- a\n", 1, "is empty or not an object; begin with holdpoint:"),
                arguments("holdpoint:\n", 1, "holdpoint is null; use an object"),
                arguments("server.ssl.bundle: x\n", 1, "has no holdpoint; add it"),
                arguments("holdpont: {}\n", 1, "holdpont is unknown; did you mean holdpoint?"),
                arguments("holdpoint: {}\nholdpoint.agents.port: 1\n", 2, "write holdpoint: and its keys below"),
                arguments("holdpoint:\n  agent: {}\n", 2, "holdpoint.agent is unknown; did you mean agents?"),
                // not built
                arguments("holdpoint:\n  flows: flows/\n", 2, "holdpoint.flows is not available in this version"),
                arguments("holdpoint:\n  audit: {}\n", 2, "holdpoint.audit is not available in this version"),
                arguments("holdpoint:\n  channels: {}\n", 2, "holdpoint.channels is not available in this version"),
                arguments("holdpoint:\n  keys: { audit: x }\n", 2, "keys.audit is not available in this version"),
                arguments("holdpoint:\n  agents: { oauth: {} }\n", 2, "agents.oauth is not available in this version"),
                arguments("holdpoint:\n  console: { oidc: {} }\n", 2, "console.oidc is not available in this version"),
                arguments(server("command: [npx]"), 4, "servers.s.command is not available in this version"),
                arguments(server("env: {}"), 4, "servers.s.env is not available in this version"),
                arguments(server("per-session: true"), 4, "servers.s.per-session is not available in this version"),
                arguments(server("max-processes: 3"), 4, "servers.s.max-processes is not available in this version"),
                arguments(server("oauth: {}"), 4, "servers.s.oauth is not available in this version"),
                arguments(grant("shadow: x"), 9, "grants.g.shadow is \"x\"; no such file can be read"),
                arguments(grant("shadow: 7"), 9, "grants.g.shadow is a number; use a policy's file name"),
                arguments(grant("shadow: {}"), 9, "grants.g.shadow is an object; use a policy's file name"),
                arguments(grant("shadow: { t: 7 }"), 9, "grants.g.shadow.t is a number; use a policy's file name"),
                arguments(person("slack: T1/U1"), 4, "people.ana.slack is not available in this version"),
                arguments(person("notify: dm"), 4, "people.ana.notify is not available in this version"),
                arguments(person("channel: email"), 4, "people.ana.channel is not available in this version"),
                arguments(person("away: true"), 4, "people.ana.away is not available in this version"),
                arguments(person("delegate: bo"), 4, "people.ana.delegate is not available in this version"),
                arguments(approvals("break-glass: [x]"), 3, "approvals.break-glass is not available in this version"),
                arguments(approvals("retain-arguments: 1m"), 3, "retain-arguments is \"1m\"; use 1h to 3650d"),
                // listeners
                arguments(
                        "holdpoint:\n  agents: { port: 70000 }\n",
                        2,
                        "agents.port is 70000; use a whole number from 0"),
                arguments("holdpoint:\n  agents: { port: 8081 }\n", 1, "the same port 8081; use two"),
                arguments("holdpoint:\n  agents: { prot: 1 }\n", 2, "agents.prot is unknown; did you mean port?"),
                arguments("holdpoint:\n  agents: { address: 'http://x' }\n", 2, "agents.address is not an address"),
                arguments("holdpoint:\n  agents: { max-body: 1 }\n", 2, "agents.max-body is 1; use 1KiB to 64MiB"),
                arguments("holdpoint:\n  agents: { max-body: 2GB }\n", 2, "agents.max-body is \"2GB\"; use 1KiB"),
                arguments("holdpoint:\n  agents: { max-depth: 0 }\n", 2, "agents.max-depth is 0; use"),
                arguments(
                        "holdpoint:\n  agents: { allowed-hosts: a }\n",
                        2,
                        "agents.allowed-hosts is a text; use a list"),
                arguments("holdpoint:\n  agents: { port: \"${PORT}\" }\n", 2, "agents.port is a text; use a number"),
                arguments("holdpoint:\n  console: { public-url: 'ftp://x' }\n", 2, "is not the console's own URL"),
                arguments("holdpoint:\n  console: { public-url: 'https://x/y' }\n", 2, "is not the console's own URL"),
                // servers
                arguments(server("url: 'file:///etc'"), 4, "servers.s.url is not a server's URL"),
                arguments(server("url: 'http://ana:pw@h/mcp'"), 4, "servers.s.url is not a server's URL"),
                arguments("holdpoint:\n  servers:\n    s: {}\n", 3, "servers.s lacks url; add it"),
                arguments(
                        "holdpoint:\n  servers:\n    a/b: { url: 'http://h/mcp' }\n",
                        3,
                        "has a name that is not plain"),
                arguments(server("url: 'http://h'\n      headers: { Host: x }"), 5, "is set by the gateway itself"),
                arguments(
                        server("url: 'http://h'\n      headers: { Mcp-Method: x }"), 5, "is set by the gateway itself"),
                arguments(server("url: 'http://h'\n      headers: { 'a b': x }"), 5, "is not a header's name"),
                arguments(
                        server("url: 'http://h'\n      headers: { A: x, a: y }"), 5, "is there twice, in another case"),
                arguments(server("url: 'http://h'\n      headers: { A: \"x\\r\\ny\" }"), 5, "cannot stand in a header"),
                arguments(
                        server("url: 'http://h'\n      timeout: soon"),
                        5,
                        "servers.s.timeout is \"soon\"; use a duration"),
                arguments(server("url: 'http://h'\n      methods: { deny: ['a b'] }"), 5, "\"a b\"; use a method"),
                arguments(server("url: 'http://h'\n      methods: { allow: [a] }"), 5, "methods.allow is unknown"),
                arguments(server("url: 'http://h'\n      trusted: maybe"), 5, "servers.s.trusted is a text; use true"),
                arguments(server("url: 'http://h'\n      ulr: x"), 5, "servers.s.ulr is unknown; did you mean url?"),
                // people
                arguments(person("roles: [reviwer]"), 4, "\"reviwer\"; use reviewer, auditor, operator or admin"),
                arguments(person("email: nobody"), 4, "people.ana.email is \"nobody\"; use one address"),
                arguments(person("token: a b"), 4, "people.ana.token cannot be sent as a bearer token"),
                arguments(person("token-sha256: ABC"), 4, "people.ana.token-sha256 is not a SHA-256"),
                arguments(
                        person("password-hash: x"), 4, "people.ana.password-hash is not a bcrypt hash, the only kind"),
                arguments(person("password-hash: '$argon2id$v=19$m=16,t=2,p=1$c2FsdA$aGFzaA'"), 4, "use {bcrypt}$2"),
                arguments(person("password-hash: '{noop}" + SECRET + "'"), 4, "as `holdpoint password` prints"),
                arguments(person("password-hash: '$2x$10$" + "a".repeat(53) + "'"), 4, "is not a bcrypt hash"),
                arguments(person("password-hash: '$2a$10$" + "a".repeat(52) + "'"), 4, "is not a bcrypt hash"),
                arguments(person("password-hash: '$2a$09$" + "a".repeat(53) + "'"), 4, "has cost 9; use 10 to 14"),
                arguments(person("password-hash: '$2b$15$" + "a".repeat(53) + "'"), 4, "has cost 15; use 10 to 14"),
                arguments(person("groops: [x]"), 4, "people.ana.groops is unknown; did you mean groups?"),
                // grants
                arguments(
                        grant("owner: anna"),
                        9,
                        "grants.g.owner is \"anna\"; no person is called that; did you mean ana?"),
                arguments(grant("owner: ana\n      server: x"), 10, "names no server of ours: x"),
                arguments(grant("owner: ana\n      server: files"), 10, "names no server of ours: files"),
                arguments(grant("owner: ana\n      expires: soon"), 10, "grants.g.expires is \"soon\"; use a date"),
                arguments(grant("owner: ana\n      hold-for: 0s"), 10, "grants.g.hold-for is \"0s\"; use 1s to 1d"),
                arguments(grant("owner: ana\n      max-pending: 0"), 10, "grants.g.max-pending is 0; use"),
                arguments(grant("owner: ana"), 8, "grants.g has no token; add token-sha256"),
                arguments(grant("owner: ana"), 8, "grants.g has no servers; add servers"),
                arguments(grant("token: x"), 8, "grants.g lacks owner; add it"),
                arguments(
                        grant("owner: ana\n      servers: { s: 5 }"),
                        10,
                        "grants.g.servers.s is a number; use a policy"),
                arguments(
                        grant("owner: ana\n      servers: { s: p.json }"),
                        10,
                        "is \"p.json\"; no such file can be read; paths are relative to this one"),
                arguments(grant("owner: ana\n      server: s\n      servers: { s: }"), 11, "stands beside server"),
                arguments(
                        grant("owner: ana\n      token: " + SECRET + "\n      token-sha256: " + HASH),
                        10,
                        "grants.g.token stands beside token-sha256"),
                // approvals
                arguments(approvals("approvers: [nobody]"), 3, "\"nobody\"; no person or group is called that"),
                arguments(approvals("flow: single-aproval"), 3, "is not a flow; did you mean single-approval?"),
                arguments(
                        approvals("expires-after: 1 hour"), 3, "approvals.expires-after is \"1 hour\"; use a duration"),
                arguments(approvals("hold-for: 50"), 3, "approvals.hold-for is 50; use a duration"),
                arguments(approvals("hold-for: \"${SHORT}\""), 3, "hold-for is \"${SHORT}\"; use a duration"),
                arguments(approvals("hold-for: \"${SECRET}\""), 3, "hold-for is \"${SECRET}\"; use a duration"),
                arguments(approvals("hold-for-clients: { x: y }"), 3, "hold-for-clients.x is \"y\"; use a duration"),
                arguments(approvals("min-assurance: { Criticl: login }"), 3, "did you mean Critical?"),
                arguments(
                        approvals("min-assurance: { High: mail }"),
                        3,
                        "\"mail\"; use link, slack, login or login+fresh"),
                arguments(approvals("allow-owner: yes"), 3, "approvals.allow-owner is a text; use true or false"),
                arguments("holdpoint:\n  cluster: { lease: 1s }\n", 2, "cluster.lease is \"1s\"; use 3s to 10m"),
                arguments(
                        "holdpoint:\n  cluster: { least: 15s }\n", 2, "cluster.least is unknown; did you mean lease?"),
                // keys and database
                arguments("holdpoint:\n  keys: { data: " + SECRET + " }\n", 2, "keys.data is not a key; use 32 bytes"),
                arguments("holdpoint:\n  keys: { data: \"${SECRET}\" }\n", 2, "keys.data is not a key; use 32 bytes"),
                arguments("holdpoint:\n  keys: { date: x }\n", 2, "keys.date is unknown; did you mean data?"),
                arguments(
                        "spring.datasource.url: jdbc:postgresql://db/h\nholdpoint: { agents: {} }\n",
                        2,
                        "holdpoint lacks keys.data, which this database needs on every node"),
                arguments("holdpoint: {}\nspring.datasource.url: 'jdbc:mysql://h/x'\n", 2, "is for a database that"),
                arguments("holdpoint: {}\nspring: { datasource: { url: 'jdbc:h2:mem:x' } }\n", 2, "keeps nothing safe"),
                arguments("holdpoint: {}\nspring.h2.console.enabled: true\n", 2, "there is no H2 console"),
                arguments(
                        "holdpoint: {}\nspring: { H2: { Console: { enabled: true } } }\n", 2, "there is no H2 console"),
                arguments(
                        "holdpoint: {}\nserver.port: 80\n",
                        2,
                        "is set by Holdpoint itself; use holdpoint.console.port"),
                arguments(
                        "holdpoint: {}\nlogging.level.a: info\nlogging: { level: { a: warn } }\n",
                        3,
                        "is there twice, once with dots"),
                arguments("holdpoint: {}\nspring.datasource.hikari.jdbc-url: x\n", 2, "is not handed to Spring Boot"),
                arguments("holdpoint: {}\nspring.datasource.URL: x\n", 2, "did you mean spring.datasource.url?"),
                arguments("holdpoint: {}\nmanagement.endpoints.web.base-path: /m\n", 2, "is not handed to Spring Boot"),
                arguments(
                        "holdpoint: {}\nserver.ssl.bundle: web\n",
                        2,
                        "is \"web\"; no bundle is called that; add spring.ssl"),
                arguments(
                        "server.ssl.bundle: web\nspring.ssl.bundle.pem.webs.keystore.certificate: x\nholdpoint: {}\n",
                        1,
                        "no bundle is called that"),
                // the environment
                arguments(person("name: \"${MISSING}\""), 4, "people.ana.name needs the environment variable MISSING"),
                arguments(person("name: \"${BLANK}\""), 4, "needs the environment variable BLANK, which is not set"),
                arguments(person("name: \"${A:b}\""), 4, "has a placeholder that names no environment variable"),
                arguments(person("name: \"x${SECRET\""), 4, "has a placeholder that names no environment variable"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void eachFaultIsFoundWithItsLine(String text, int line, String message) throws IOException {
        var faulty = read(text);

        assertThat(faulty.faults()).anySatisfy(fault -> {
            assertThat(fault.toString()).contains(message);
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.file()).endsWith("holdpoint.yaml");
        });
    }

    @ParameterizedTest
    @MethodSource("faults")
    void noFaultShowsASecret(String text, int line, String message) throws IOException {
        assertThat(read(text)).hasMessageNotContainingAny(SECRET, "jdbc:mysql", "ana:pw");
    }

    @Test
    void allFaultsAreReportedTogetherFromTopToBottom() throws IOException {
        var faulty = read("""
            holdpoint:
              agents: { prot: 1 }
              people: { ana: { roles: [boss] } }
              approvals: { hold-for: soon }
              kyes: {}
            """);

        assertThat(faulty.faults()).extracting(fault -> fault.line()).containsExactly(2, 3, 4, 5);
    }

    @Test
    void aTokenOfTwoHoldersIsRefusedWithoutShowingIt() throws IOException {
        var faulty = read("""
            holdpoint:
              people:
                ana: { token: %s }
              servers: { s: { url: "http://127.0.0.1/mcp" } }
              grants:
                g: { server: s, owner: ana, token-sha256: %s }
                h: { server: s, owner: ana, token: "${SECRET}" }
            """.formatted(SECRET, Sha256.hex(SECRET)));

        assertThat(faulty.faults())
                .extracting(fault -> fault.line() + " " + fault.message())
                .containsExactly(
                        "6 is the same token as holdpoint.people.ana.token; give each its own",
                        "7 is the same token as holdpoint.people.ana.token; give each its own");
    }

    @Test
    void aSyntaxFaultDoesNotShowTheLineItIsOn() throws IOException {
        assertThat(read("holdpoint:\n  people: { ana: { token: " + SECRET + " \n  servers: }"))
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void nothingIsWrittenWhenSomethingIsWrong() throws IOException {
        read("holdpoint: { kyes: {} }");

        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void aMissingFileIsAFault() {
        var reader = new ConfigurationReader(name -> Optional.empty(), Set.of("single-approval"));

        assertThat(catchThrowableOfType(
                        FaultyDocument.class, () -> reader.read(directory.resolve("none.yaml"), directory)))
                .hasMessageContaining("none.yaml:1: cannot be read");
    }

    @Test
    void aDatabaseWhoseKeyIsGoneIsNotGivenAnother() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.createFile(directory.resolve("data/holdpoint.mv.db"));

        assertThat(read("holdpoint: {}")).hasMessageContaining("is gone; put it back");
    }

    @Test
    void aDamagedKeyFileIsNotReplaced() throws IOException {
        Files.createDirectories(directory.resolve("data/keys"));
        Files.writeString(directory.resolve("data/keys/data.key"), SECRET);

        assertThat(read("holdpoint: {}"))
                .hasMessageContaining("put back the file as it was")
                .hasMessageNotContaining(SECRET);
    }

    private FaultyDocument read(String text) throws IOException {
        var file = Files.writeString(directory.resolve("holdpoint.yaml"), text);
        var reader = new ConfigurationReader(
                name -> Optional.ofNullable(ENVIRONMENT.get(name)), Set.of("single-approval", "two-person"));
        var faulty = catchThrowableOfType(FaultyDocument.class, () -> reader.read(file, directory.resolve("data")));
        assertThat(faulty).as("a refusal of\n%s", text).isNotNull();
        return faulty;
    }

    /** A server {@code s} whose keys begin on line 4. */
    private static String server(String keys) {
        return "holdpoint:\n  servers:\n    s:\n      " + keys + "\n";
    }

    /** A person {@code ana} whose keys begin on line 4. */
    private static String person(String keys) {
        return "holdpoint:\n  people:\n    ana:\n      " + keys + "\n";
    }

    /** A grant {@code g} whose keys begin on line 9. */
    private static String grant(String keys) {
        return """
            holdpoint:
              servers:
                s:
                  url: http://127.0.0.1:9100/mcp
              people:
                ana: {}
              grants:
                g:
                  %s
            """.formatted(keys);
    }

    /** Keys of {@code approvals} that begin on line 3. */
    private static String approvals(String keys) {
        return "holdpoint:\n  approvals:\n    " + keys + "\n";
    }
}
