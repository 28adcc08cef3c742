package io.holdpoint.gateway;

import io.holdpoint.gateway.command.Gateway;
import io.holdpoint.gateway.configuration.ConfigurationReader;
import io.holdpoint.gateway.enforcement.Waiters;
import io.holdpoint.gateway.listener.AgentListener;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalQuery;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Review;
import io.holdpoint.workflow.approval.ReviewSubmission;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.PersonId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A gateway with two servers and five grants, for tests that attack it; can be started again with other settings. */
final class Attacked implements AutoCloseable {

    static final String AGENT = "agent-token-for-tests-only";
    static final String RIVAL = "rival-token-for-tests-only";
    static final String WITHOUT_POLICY = "bare-token-for-tests-only";
    static final String BY_RISK = "by-risk-token-for-tests-only";
    static final String EXPIRED = "expired-token-for-tests-only";
    static final PersonId ANA = new PersonId("ana");

    private static final String YAML = """
            holdpoint:
              agents: { port: 0 }
              console: { port: 0 }
              servers:
                imaging: { url: "%s", timeout: 2s }
                other: { url: "%s", timeout: 2s }
              grants:
                agent: { servers: { imaging: policy.json, other: policy.json }, token: agent-token-for-tests-only, owner: cai }
                rival: { server: imaging, policy: policy.json, token: rival-token-for-tests-only, owner: cai }
                bare: { server: imaging, token: bare-token-for-tests-only, owner: cai }
                by-risk: { server: imaging, policy: by-risk.json, token: by-risk-token-for-tests-only, owner: cai }
                expired: { server: imaging, policy: policy.json, token: expired-token-for-tests-only, owner: cai, expires: "2020-01-01" }
              people:
                ana: { name: Ana Diaz, email: ana@example.org, groups: [leads], roles: [reviewer, auditor], token: ana-token }
                bo: { name: Bo Lind, email: bo@example.org, groups: [leads], roles: [reviewer], token: bo-token }
                cai: { name: Cai Wu, email: cai@example.org, roles: [operator], token: cai-token }
              approvals: { approvers: [leads], hold-for: 8s }
            """;

    /** Says the assurance itself, so that the entry is the same whatever risk class the catalogue finds. */
    static final String POLICY = """
            {"version":"1","default":"deny","tools":{
              "read":{},
              "delete":{"require_approval":{"min_assurance":"login"}},
              "login":{"require_approval":{"min_assurance":"login"}},
              "limited":{"limits":[{"window":"day","max":1}],"require_approval":{"min_assurance":"login"}},
              "limited-4xx":{"limits":[{"window":"day","max":1}],"require_approval":{"min_assurance":"login"}},
              "limited-5xx":{"limits":[{"window":"day","max":1}],"require_approval":{"min_assurance":"login"}},
              "limited-unavailable":{"limits":[{"window":"day","max":1}],"require_approval":{"min_assurance":"login"}},
              "limited-large-error":{"limits":[{"window":"day","max":1}],"require_approval":{"min_assurance":"login"}},
              "limited-late-error":{"limits":[{"window":"day","max":1}],"require_approval":{"min_assurance":"login"}},
              "limited-error-of-another":{"limits":[{"window":"day","max":1}],"require_approval":{"min_assurance":"login"}},
              "limited-isError":{"limits":[{"window":"day","max":1}],"require_approval":{"min_assurance":"login"}},
              "limited-closed":{"limits":[{"window":"day","max":1}],"require_approval":{"min_assurance":"login"}},
              "metered":{"limits":[{"window":"day","max":1}]},
              "metered-4xx":{"limits":[{"window":"day","max":1}]},
              "metered-5xx":{"limits":[{"window":"day","max":1}]},
              "metered-unavailable":{"limits":[{"window":"day","max":1}]},
              "metered-large-error":{"limits":[{"window":"day","max":1}]},
              "metered-late-error":{"limits":[{"window":"day","max":1}]},
              "metered-error-of-another":{"limits":[{"window":"day","max":1}]},
              "metered-isError":{"limits":[{"window":"day","max":1}]},
              "metered-closed":{"limits":[{"window":"day","max":1}]},
              "metered-away":{"limits":[{"window":"day","max":1}]}}}""";

    private static final String POLICY_BY_RISK = """
            {"version":"1","default":"allow","by_risk":{"Critical":{"require_approval":{"min_assurance":"login"}}}}""";

    final RawServer imaging = RawServer.offering(
            "imaging",
            "read",
            "delete",
            "login",
            "limited",
            "metered",
            "metered-4xx",
            "metered-5xx",
            "metered-unavailable",
            "metered-large-error",
            "metered-late-error",
            "metered-error-of-another",
            "metered-isError",
            "metered-closed",
            "metered-away",
            "hidden");
    final RawServer other = RawServer.offering("other", "read", "delete");
    private final Path directory;
    private final String firstYaml;
    private String policy = POLICY;
    private String yaml;
    private ConfigurableApplicationContext context;

    /** On H2: for tests that do not care. */
    Attacked(Path directory) {
        this(directory, GatewayDatabases.H2);
    }

    /** @param database where the approvals are kept */
    Attacked(Path directory, GatewayDatabases database) {
        this.directory = directory;
        this.firstYaml = YAML.formatted(imaging.url(), other.url())
                + database.freshUrl().map(Attacked::storedAt).orElse("");
        this.yaml = firstYaml;
        this.context = started();
    }

    private static String storedAt(String url) {
        return """
                  keys: { data: "%s" }
                spring.datasource.url: "%s"
                """.formatted("ab".repeat(32), url);
    }

    private ConfigurableApplicationContext started() {
        try {
            Files.writeString(directory.resolve("policy.json"), policy);
            Files.writeString(directory.resolve("by-risk.json"), POLICY_BY_RISK);
            Files.writeString(directory.resolve("holdpoint.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var configuration = new ConfigurationReader(name -> Optional.empty(), Set.of("single-approval"))
                .read(directory.resolve("holdpoint.yaml"), directory.resolve("data"));
        return new Gateway(Holdpoint.class).start(configuration);
    }

    void restart() {
        context.close();
        context = started();
    }

    void restartWith(String before, String after) {
        if (!yaml.contains(before)) {
            throw new IllegalArgumentException("the configuration has no " + before);
        }
        yaml = yaml.replace(before, after);
        restart();
    }

    void restartWithPolicy(String before, String after) {
        if (!policy.contains(before)) {
            throw new IllegalArgumentException("the policy has no " + before);
        }
        policy = policy.replace(before, after);
        restart();
    }

    void restartAsInTheBeginning() {
        policy = POLICY;
        yaml = firstYaml;
        restart();
    }

    Path data() {
        return directory.resolve("data");
    }

    int port() {
        return bean(AgentListener.class).port();
    }

    URI console(String path) {
        var port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    JdbcTemplate jdbc() {
        return bean(JdbcTemplate.class);
    }

    RawAgent connect() {
        return new RawAgent(port());
    }

    static String call(int id, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
                .formatted(id, tool, arguments);
    }

    /** A whole request in the way clients send it. */
    static String post(String token, String body, String... moreHeaders) {
        return post("imaging", token, body, moreHeaders);
    }

    static String postTo(String server, String token, String body, String... moreHeaders) {
        return post(server, token, body, moreHeaders);
    }

    private static String post(String server, String token, String body, String[] moreHeaders) {
        return "POST /mcp/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
                        .formatted(server, token)
                + "Accept: application/json, text/event-stream\r\n"
                + Stream.of(moreHeaders).map(line -> line + "\r\n").reduce("", String::concat)
                + "Content-Length: %d\r\n\r\n".formatted(body.getBytes(StandardCharsets.ISO_8859_1).length)
                + body;
    }

    /** One request on a connection of its own. */
    RawAgent.Reply once(String request) {
        try (var agent = connect()) {
            return agent.send(request).reply();
        }
    }

    CompletableFuture<RawAgent.Reply> later(String request) {
        return CompletableFuture.supplyAsync(() -> once(request), task -> new Thread(task).start());
    }

    /** Waits until people are asked about a call with this text in its arguments. */
    Approval pending(String text) {
        return GatewayUnderTest.eventually(
                () -> find(text).filter(approval -> approval.state() == ApprovalState.PENDING));
    }

    Optional<Approval> find(String text) {
        return approvals().stream()
                .filter(approval -> approval.call().arguments().contains(text))
                .findFirst();
    }

    List<Approval> approvals() {
        return bean(Approvals.class)
                .list(new ApprovalQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        500,
                        Optional.empty()))
                .items();
    }

    Approval until(Approval approval, ApprovalState state) {
        return GatewayUnderTest.eventually(
                () -> bean(Approvals.class).find(approval.id()).filter(found -> found.state() == state));
    }

    Approval approve(Approval approval) {
        return bean(Approvals.class)
                .review(
                        approval.id(),
                        new ReviewSubmission(
                                ANA,
                                Review.Verdict.APPROVE,
                                Optional.empty(),
                                Optional.of(approval.digest()),
                                "api",
                                Assurance.LOGIN));
    }

    /** Waits until so many connections wait for an approval. */
    void untilWaiting(Approval approval, int connections) {
        GatewayUnderTest.eventually(
                () -> Waiters.of(context, approval.id()) == connections ? Optional.of(true) : Optional.empty());
    }

    /** How many entries of a type the log has. */
    int entries(String type) {
        return jdbc().queryForObject("select count(*) from audit_entry where type = ?", Integer.class, type);
    }

    /** Bodies of the entries of a type, newest last. */
    List<String> bodies(String type) {
        return jdbc().query(
                        "select body from audit_entry where type = ? order by id",
                        (row, number) -> new String(row.getBytes(1), StandardCharsets.UTF_8),
                        type);
    }

    @Override
    public void close() {
        context.close();
        imaging.close();
        other.close();
    }
}
