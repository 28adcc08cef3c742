package io.holdpoint.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willDoNothing;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.reload.PolicyVersions;
import io.holdpoint.gateway.reload.Reloads;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.Sha256;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.people.PersonId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(OutputCaptureExtension.class)
class ReloadingTests {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String DENYING = "{\"version\": \"1\", \"default\": \"deny\"}";
    private static final String ALLOWING = "{\"version\": \"1\", \"default\": \"allow\"}";
    private static final String FAULTY = "{\"version\": \"1\", \"default\": \"maybe\"}";

    private final AuditLog log = mock(AuditLog.class);
    private final PolicyVersions versions = mock(PolicyVersions.class);
    private final Reloads reloads = new Reloads(NOON);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @TempDir
    private Path directory;

    private Path policy;
    private Path yaml;
    private Runnable whileItIsRead = () -> {};
    private InForce inForce;
    private Reloading reloading;

    @BeforeEach
    void start() throws IOException {
        reloads.bindTo(metrics);
        policy = Files.writeString(directory.resolve("p.json"), DENYING);
        yaml = Files.writeString(directory.resolve("holdpoint.yaml"), yaml("bo", "p.json"));
        begin();
    }

    private void begin() {
        var configuration = new ConfigurationReader(this::environment, Set.of("single-approval"))
                .read(yaml, directory.resolve("data"));
        inForce = new InForce(configuration.reloadable());
        var clock = Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC);
        var reloadLog = new ReloadLog("node-1", log, versions, new Uncommitted(), clock);
        reloading = new Reloading(configuration.origin(), configuration.fixed(), inForce, reloads, reloadLog, clock);
        looks(4);
    }

    /** Asked for after the configuration's own file was read and before its policies are. */
    private Optional<String> environment(String name) {
        whileItIsRead.run();
        return Optional.of("Cai");
    }

    @Test
    void untouchedFilesChangeNothing() {
        looks(4);
        then(log).should(never()).append(any(AuditEntry.class));
    }

    @Test
    void aChangedPolicyComesIntoForce() throws IOException {
        Files.writeString(policy, ALLOWING);
        looks(2);
        assertThat(policyNow().lists("anything", Risk.LOW)).isTrue();
    }

    @Test
    void aPolicyRenamedOverTheOldOneComesIntoForceEachTime() throws IOException {
        for (var text : List.of(ALLOWING, DENYING + " ", ALLOWING + " ")) {
            var next = Files.writeString(directory.resolve("next"), text);
            Files.move(next, policy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            looks(2);
            assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(text));
        }
    }

    @Test
    void aFileBehindAnExchangedLinkComesIntoForce() throws IOException {
        Files.writeString(directory.resolve("one.json"), DENYING);
        Files.writeString(directory.resolve("two.json"), ALLOWING);
        Files.delete(policy);
        Files.createSymbolicLink(policy, Path.of("one.json"));
        looks(2);
        var link = Files.createSymbolicLink(directory.resolve("link"), Path.of("two.json"));
        Files.move(link, policy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        looks(2);
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(ALLOWING));
    }

    @Test
    void aFileThatIsStillBeingWrittenIsLeftAlone() throws IOException {
        Files.writeString(policy, ALLOWING.substring(0, 20));
        looks(1);
        Files.writeString(policy, ALLOWING);
        looks(1);
        assertThat(reloads.status().isRefused()).isFalse();
        looks(1);
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(ALLOWING));
    }

    @Test
    void whatComesIntoForceIsRecordedByNameAndHash() throws IOException {
        Files.writeString(policy, ALLOWING);
        looks(2);
        var hash = Sha256.hex(ALLOWING);
        then(log)
                .should()
                .append(new AuditEntry.ConfigurationReloaded(
                        "node-1", Map.of("p.json", hash), List.of("policy p.json changed")));
        then(versions).should().keep("p.json", hash, ALLOWING.getBytes(StandardCharsets.UTF_8), NOON.plusSeconds(60));
    }

    @Test
    void aFaultyPolicyLeavesTheLastGoodOneInForce() throws IOException {
        Files.writeString(policy, FAULTY);
        looks(2);
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(DENYING));
        assertThat(reloads.status().faults())
                .singleElement()
                .hasToString("p.json:1: default is \"maybe\"; use allow or deny");
    }

    @Test
    void faultsAreCountedAndSeenInMetricsUntilTheyAreMended() throws IOException {
        Files.writeString(policy, FAULTY);
        looks(4);
        assertThat(gauge("holdpoint.reload.refused")).isEqualTo(1);
        Files.writeString(policy, ALLOWING);
        looks(2);
        assertThat(gauge("holdpoint.reload.refused")).isZero();
        assertThat(metrics.get("holdpoint.reload.faults").functionCounter().count())
                .isEqualTo(1);
    }

    @Test
    void aRefusalIsRecordedOnce() throws IOException {
        Files.writeString(policy, FAULTY);
        looks(6);
        var entry = ArgumentCaptor.forClass(AuditEntry.class);
        then(log).should().append(entry.capture());
        assertThat(entry.getValue())
                .isEqualTo(new AuditEntry.ConfigurationRefused(
                        "node-1", 1, List.of("p.json:1: default is \"maybe\"; use allow or deny")));
    }

    @Test
    void aFileThatIsGoneLeavesWhatWasInForce() throws IOException {
        Files.delete(policy);
        looks(2);
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(DENYING));
        assertThat(reloads.status().isRefused()).isTrue();
    }

    @Test
    void aFaultInTheConfigurationKeepsAGoodPolicyOut() throws IOException {
        Files.writeString(policy, ALLOWING);
        Files.writeString(yaml, yaml("bo", "p.json").replace("owner: cai", "owner: nobody"));
        looks(2);
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(DENYING));
    }

    @Test
    void aPolicyThatIsNamedForTheFirstTimeIsLookedAtFromThenOn() throws IOException {
        var other = Files.writeString(directory.resolve("q.json"), DENYING + "\n");
        Files.writeString(yaml, yaml("bo", "q.json"));
        looks(4);
        Files.writeString(other, ALLOWING);
        looks(2);
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(ALLOWING));
    }

    @Test
    void aPolicyThatWasNamedBeforeItWasThereIsReadOnceItIs() throws IOException {
        Files.writeString(yaml, yaml("bo", "q.json"));
        looks(4);
        Files.writeString(directory.resolve("q.json"), ALLOWING);
        looks(2);
        assertThat(policyNow().file()).isEqualTo("q.json");
    }

    @Test
    void aPersonWhoIsTakenOutIsGone() throws IOException {
        Files.writeString(yaml, yaml("eve", "p.json"));
        looks(2);
        assertThat(inForce.get().people().find(new PersonId("bo"))).isEmpty();
        then(log).should().append(anEntryWith("person bo removed", "person eve added"));
    }

    @Test
    void whatNeedsARestartIsSaidAndTheRestComesIntoForce() throws IOException {
        Files.writeString(policy, ALLOWING);
        Files.writeString(
                yaml, yaml("bo", "p.json").replace("agents: { port: 0 }", "agents: { port: 0, max-depth: 9 }"));
        looks(2);
        assertThat(reloads.status().afterRestart()).containsExactly("agents");
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(ALLOWING));
    }

    @Test
    void nothingComesIntoForceUnrecordedAndItIsTriedAgain() throws IOException {
        willThrow(new DataAccessResourceFailureException("disk full"))
                .given(log)
                .append(any(AuditEntry.class));
        Files.writeString(policy, ALLOWING);
        looks(4);
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(DENYING));
        willDoNothing().given(log).append(any(AuditEntry.class));
        looks(2);
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(ALLOWING));
    }

    @Test
    void aRefusalThatCannotBeRecordedIsShownAtOnceAndRecordedLater() throws IOException {
        willThrow(new DataAccessResourceFailureException("disk full"))
                .given(log)
                .append(any(AuditEntry.class));
        Files.writeString(policy, FAULTY);
        looks(4);
        assertThat(reloads.status().isRefused()).isTrue();
        clearInvocations(log);
        willDoNothing().given(log).append(any(AuditEntry.class));
        looks(4);
        then(log).should().append(any(AuditEntry.ConfigurationRefused.class));
    }

    @Test
    void thatARefusalCannotBeRecordedIsToldOnce(CapturedOutput output) throws IOException {
        willThrow(new DataAccessResourceFailureException("disk full"))
                .given(log)
                .append(any(AuditEntry.class));
        Files.writeString(policy, FAULTY);
        looks(8);
        assertThat(output.getAll().lines())
                .filteredOn(line -> line.contains("cannot be recorded yet"))
                .hasSize(1);
    }

    @Test
    void whatFailsAfterTheFilesWereReadIsNotLaidToTheirReading() throws IOException {
        willThrow(new IllegalStateException("a bug")).given(log).append(any(AuditEntry.class));
        Files.writeString(policy, ALLOWING);
        looks(4);
        assertThat(reloads.status().faults())
                .singleElement()
                .asString()
                .contains("could not be brought into force (IllegalStateException)");
    }

    @Test
    void whatCannotBeRecordedIsShown() throws IOException {
        willThrow(new DataAccessResourceFailureException("disk full"))
                .given(log)
                .append(any(AuditEntry.class));
        Files.writeString(policy, ALLOWING);
        looks(4);
        assertThat(reloads.status().faults())
                .singleElement()
                .asString()
                .endsWith("changed, but cannot be recorded in the database; mend the database, it is tried again twice"
                        + " a second");
    }

    @Test
    void anErrorWhileFilesAreReadIsShown() throws IOException {
        whileItIsRead = () -> {
            throw new OutOfMemoryError("huge");
        };
        Files.writeString(policy, ALLOWING);
        looks(4);
        assertThat(gauge("holdpoint.reload.refused")).isEqualTo(1);
        assertThat(reloads.status().faults())
                .singleElement()
                .asString()
                .contains("could not be brought into force (OutOfMemoryError)");
    }

    @Test
    void filesThatCouldNotBeReadAreReadAgainThoughNobodyTouchesThem() throws IOException {
        whileItIsRead = () -> {
            throw new IllegalStateException("a bug");
        };
        Files.writeString(policy, ALLOWING);
        looks(2);
        whileItIsRead = () -> {};
        looks(1);
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(ALLOWING));
        assertThat(reloads.status().isRefused()).isFalse();
    }

    @Test
    void filesThatChangeWhileTheyAreReadComeIntoForceTogetherOrNotAtAll() throws IOException {
        Files.writeString(yaml, yaml("eve", "p.json"));
        whileItIsRead = once(() -> Files.writeString(policy, ALLOWING));
        looks(2);
        assertThat(inForce.get().people().find(new PersonId("eve"))).isEmpty();
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(DENYING));
        looks(1);
        assertThat(inForce.get().people().find(new PersonId("eve"))).isPresent();
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(ALLOWING));
    }

    @Test
    void faultsOfFilesThatChangeWhileTheyAreReadAreNotTold() throws IOException {
        Files.writeString(policy, FAULTY);
        whileItIsRead = once(() -> Files.writeString(yaml, yaml("bo", "q.json")));
        looks(2);
        assertThat(reloads.status().isRefused()).isFalse();
    }

    @Test
    void aDirectoryThatIsExchangedWhileItIsReadComesIntoForceAsAWhole() throws IOException {
        mount("one", yaml("bo", "p.json"), DENYING);
        mount("two", yaml("eve", "p.json"), ALLOWING);
        mount("three", yaml("max", "p.json"), DENYING + " ");
        mounted("one");
        begin();
        mounted("two");
        whileItIsRead = once(() -> mounted("three"));
        looks(2);
        assertThat(inForce.get().people().find(new PersonId("bo"))).isPresent();
        looks(1);
        assertThat(inForce.get().people().find(new PersonId("max"))).isPresent();
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(DENYING + " "));
    }

    @Test
    void aRefusalIsNotTheLastEntryOnceTheFilesHaveNoFaults() throws IOException {
        Files.writeString(policy, FAULTY);
        looks(2);
        clearInvocations(log);
        Files.writeString(policy, DENYING);
        looks(4);
        then(log).should().append(anEntryWith("the files have no faults any more; what is in force is unchanged"));
    }

    @Test
    void anotherDataKeyIsSaidToNeedARestart() throws IOException {
        Files.writeString(yaml, yaml("bo", "p.json") + "  keys: { data: \"%s\" }\n".formatted("ab".repeat(32)));
        looks(2);
        assertThat(reloads.status().afterRestart()).containsExactly("keys");
    }

    @ParameterizedTest
    @MethodSource("inEachOthersWay")
    void aNodeThatIsInAnothersWayTriesAgainAtOnce(RuntimeException fromDatabase) throws IOException {
        willThrow(fromDatabase).willDoNothing().given(versions).keep(any(), any(), any(), any());
        Files.writeString(policy, ALLOWING);
        looks(2);
        assertThat(policyNow().sha256()).isEqualTo(Sha256.hex(ALLOWING));
    }

    private static Stream<RuntimeException> inEachOthersWay() {
        return Stream.of(
                new DuplicateKeyException("kept already"), new CannotAcquireLockException("deadlock detected"));
    }

    /** Files as Kubernetes mounts them: links through {@code ..data}, which leads to one version of all of them. */
    private void mount(String version, String configuration, String text) throws IOException {
        var files = Files.createDirectory(directory.resolve(version));
        Files.writeString(files.resolve("holdpoint.yaml"), configuration);
        Files.writeString(files.resolve("p.json"), text);
        for (var file : List.of(yaml, policy)) {
            Files.deleteIfExists(file);
            Files.createSymbolicLink(file, Path.of("..data", file.getFileName().toString()));
        }
    }

    private void mounted(String version) throws IOException {
        var link = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of(version));
        Files.move(
                link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Runnable once(Writing writing) {
        return () -> {
            whileItIsRead = () -> {};
            try {
                writing.write();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private interface Writing {
        void write() throws IOException;
    }

    private void looks(int times) {
        for (var i = 0; i < times; i++) {
            reloading.look();
        }
    }

    private Policy policyNow() {
        var grant = inForce.get().grants().find("agent").orElseThrow();
        return grant.servers().values().iterator().next().policy().orElseThrow();
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    private static AuditEntry anEntryWith(String... changes) {
        return argThat(entry -> entry instanceof AuditEntry.ConfigurationReloaded reloaded
                && reloaded.changes().equals(List.of(changes)));
    }

    private static String yaml(String second, String policy) {
        return """
                holdpoint:
                  agents: { port: 0 }
                  console: { port: 0 }
                  servers: { imaging: { url: "http://127.0.0.1:9/mcp" } }
                  grants: { agent: { server: imaging, policy: %s, token: agent-token-for-tests-only, owner: cai } }
                  people:
                    ana: { name: Ana, email: ana@example.org, roles: [reviewer] }
                    %s: { name: Bo, email: bo@example.org, roles: [reviewer] }
                    cai: { name: "${CAI}", email: cai@example.org, roles: [reviewer] }
                  approvals: { approvers: [ana] }
                """.formatted(policy, second);
    }

    /** Transactions that only run what they are given. */
    private static final class Uncommitted extends TransactionTemplate {
        @Override
        public void executeWithoutResult(Consumer<TransactionStatus> action) {
            action.accept(new SimpleTransactionStatus());
        }
    }
}
