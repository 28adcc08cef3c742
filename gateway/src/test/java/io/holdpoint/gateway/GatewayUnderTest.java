package io.holdpoint.gateway;

import io.holdpoint.gateway.command.Gateway;
import io.holdpoint.gateway.configuration.ConfigurationReader;
import io.holdpoint.gateway.enforcement.HeldConnections;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;

/** A whole gateway in this JVM, started from a {@code holdpoint.yaml} as a user's would be, on free ports. */
final class GatewayUnderTest implements AutoCloseable {

    static final String TOKEN = "agent-token-for-tests-only";
    static final PersonId ANA = new PersonId("ana");
    static final PersonId BO = new PersonId("bo");

    /** How long tests wait for what must come. Only those that fail wait so long, so it suits a machine under load. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long POLL_NANOS = 10_000_000;

    private final ConfigurableApplicationContext context;

    private GatewayUnderTest(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** What a test says of its installation; the rest is the same for all. */
    record Setup(
            Path directory,
            Map<String, URI> servers,
            Duration serverTimeout,
            String policy,
            String approvals,
            Optional<String> jdbcUrl,
            Optional<String> shadow) {

        private static final Duration SERVER_TIMEOUT = Duration.ofSeconds(5);

        static Setup of(Path directory, RecordingServer server, String policy) {
            return new Setup(
                    directory,
                    Map.of("imaging", server.url()),
                    SERVER_TIMEOUT,
                    policy,
                    "",
                    Optional.empty(),
                    Optional.empty());
        }

        /** Another server, under the same policy. */
        Setup and(String name, URI url) {
            var all = new TreeMap<>(servers);
            all.put(name, url);
            return new Setup(directory, all, serverTimeout, policy, approvals, jdbcUrl, shadow);
        }

        /** With servers that may take their time, for tests that hold their answers back. */
        Setup patientWithServers() {
            return new Setup(directory, servers, PATIENCE, policy, approvals, jdbcUrl, shadow);
        }

        Setup approvals(String yaml) {
            return new Setup(directory, servers, serverTimeout, policy, yaml, jdbcUrl, shadow);
        }

        /** On a new database; started again, this is the same installation on the same one. */
        Setup on(GatewayDatabases database) {
            return new Setup(directory, servers, serverTimeout, policy, approvals, database.freshUrl(), shadow);
        }

        /** The same installation under another policy. */
        Setup under(String otherPolicy) {
            return new Setup(directory, servers, serverTimeout, otherPolicy, approvals, jdbcUrl, shadow);
        }

        /** With another policy that is only listened to. */
        Setup shadowedBy(String otherPolicy) {
            return new Setup(directory, servers, serverTimeout, policy, approvals, jdbcUrl, Optional.of(otherPolicy));
        }

        /** Another node on the same database. */
        Setup in(Path otherDirectory) {
            return new Setup(otherDirectory, servers, serverTimeout, policy, approvals, jdbcUrl, shadow);
        }

        Path write() {
            try {
                Files.writeString(directory.resolve("policy.json"), policy);
                if (shadow.isPresent()) {
                    Files.writeString(directory.resolve("shadow.json"), shadow.get());
                }
                var file = directory.resolve("holdpoint.yaml");
                Files.writeString(file, yaml());
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String yaml() {
            return """
                    holdpoint:
                      agents: { port: 0 }
                      console: { port: 0 }
                      servers: { %s }
                      grants:
                        agent: { servers: { %s }, token: %s, owner: cai%s }
                      people:
                        ana: { name: Ana Diaz, email: ana@example.org, groups: [leads], roles: [reviewer, auditor], token: ana-token }
                        bo: { name: Bo Lind, email: bo@example.org, groups: [leads], roles: [reviewer], token: bo-token }
                        cai: { name: Cai Wu, email: cai@example.org, roles: [reviewer, operator], token: cai-token }
                      approvals: { approvers: [leads]%s }
                    %s
                    """.formatted(
                    each(entry -> "%s: { url: \"%s\", timeout: %ds }"
                            .formatted(entry.getKey(), entry.getValue(), serverTimeout.toSeconds())),
                    each(entry -> entry.getKey() + ": policy.json"),
                    TOKEN,
                    shadow.isPresent() ? ", shadow: shadow.json" : "",
                    approvals.isEmpty() ? "" : ", " + approvals,
                    jdbcUrl.map(url -> """
                                      keys: { data: "%s" }
                                    spring.datasource.url: "%s"
                                    """.formatted("ab".repeat(32), url)).orElse(""));
        }

        private String each(Function<Map.Entry<String, URI>, String> text) {
            return servers.entrySet().stream().map(text).collect(Collectors.joining(", "));
        }
    }

    static GatewayUnderTest start(Setup setup) {
        return startWith(setup.write());
    }

    /** The program with a clock that can be moved. Not annotated as a component, so that no other test has it. */
    @Import(Holdpoint.class)
    static final class WithMovableClock {
        @Bean
        @Primary
        MovableClock movableClock() {
            return new MovableClock();
        }
    }

    /** A gateway with a configuration of the test's own; its data is beside that file. */
    static GatewayUnderTest startWith(Path file) {
        return start(Holdpoint.class, file);
    }

    /** The same; its {@code MovableClock} is a bean. */
    static GatewayUnderTest startWithMovableClock(Path file) {
        return start(WithMovableClock.class, file);
    }

    private static GatewayUnderTest start(Class<?> program, Path file) {
        var configuration = new ConfigurationReader(name -> Optional.empty(), Set.of("single-approval"))
                .read(file, file.resolveSibling("data"));
        return new GatewayUnderTest(new Gateway(program).start(configuration));
    }

    TestAgent agent() {
        return new TestAgent(url(), TOKEN);
    }

    URI url() {
        return url("imaging");
    }

    URI url(String server) {
        return URI.create(
                "http://127.0.0.1:%d/mcp/%s".formatted(bean(AgentListener.class).port(), server));
    }

    /** What the console's addresses begin with. */
    URI console() {
        var port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return URI.create("http://127.0.0.1:%d/".formatted(port));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    JdbcTemplate jdbc() {
        return bean(JdbcTemplate.class);
    }

    /** Waits until people are asked about a call with this text in its arguments, and returns what they are asked. */
    Approval pending(String argument) {
        return eventually(() -> approvals(ApprovalState.PENDING)
                .filter(approval -> approval.call().arguments().contains(argument))
                .findFirst());
    }

    /** What people are asked about now that a grant called. */
    java.util.List<Approval> pendingOf(String grant) {
        return approvals(ApprovalState.PENDING)
                .filter(approval -> approval.call().grant().equals(grant))
                .toList();
    }

    private Stream<Approval> approvals(ApprovalState state) {
        var query = new ApprovalQuery(
                Optional.of(state),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                500,
                Optional.empty());
        return bean(Approvals.class).list(query).items().stream();
    }

    /** Waits until an approval is in one of these states. */
    Approval until(Approval approval, ApprovalState... states) {
        return eventually(() -> bean(Approvals.class)
                .find(approval.id())
                .filter(found -> java.util.List.of(states).contains(found.state())));
    }

    Approval approve(Approval approval, PersonId person) {
        return review(approval, person, Review.Verdict.APPROVE, Optional.empty());
    }

    Approval reject(Approval approval, PersonId person, String reason) {
        return review(approval, person, Review.Verdict.REJECT, Optional.of(reason));
    }

    Approval reviewWithReason(Approval approval, PersonId person, String reason) {
        return review(approval, person, Review.Verdict.APPROVE, Optional.of(reason));
    }

    /** Whether so many connections wait for an approval on this gateway. */
    Optional<Boolean> waiting(Approval approval, int connections) {
        var here = HeldConnections.of(context, approval.id());
        return here == connections ? Optional.of(true) : Optional.empty();
    }

    /** Whether an equal call would be a new one. */
    Optional<Boolean> notAttachable(Approval approval) {
        var keys = jdbc().queryForList(
                        "select attach_key from approval where id = ?",
                        String.class,
                        approval.id().value());
        return keys.get(0) == null ? Optional.of(true) : Optional.empty();
    }

    private Approval review(Approval approval, PersonId person, Review.Verdict verdict, Optional<String> reason) {
        return bean(Approvals.class)
                .review(
                        approval.id(),
                        new ReviewSubmission(
                                person, verdict, reason, Optional.of(approval.digest()), "api", Assurance.LOGIN));
    }

    /** Asks again and again until there is something, for things another thread or process does. */
    static <T> T eventually(Supplier<Optional<T>> question) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new AssertionError("nothing came within " + PATIENCE.toSeconds() + " s");
    }

    @Override
    public void close() {
        context.close();
    }
}
