package io.holdpoint.gateway;

import static io.holdpoint.gateway.Attacked.AGENT;
import static io.holdpoint.gateway.Attacked.RIVAL;
import static io.holdpoint.gateway.Attacked.call;
import static io.holdpoint.gateway.Attacked.post;
import static io.holdpoint.gateway.Attacked.postTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An approval is for one call: what was approved runs, and nothing else does because of it. */
@ExtendWith(OutputCaptureExtension.class)
@OnDatabase(GatewayDatabases.H2)
class BindingTests {

    private static Attacked gateway;
    private static GatewayDatabases database;
    private static boolean changed;

    @BeforeAll
    static void start(GatewayDatabases on, @TempDir Path directory) {
        database = on;
        gateway = new Attacked(directory, database);
    }

    @AfterEach
    void asInTheBeginning() {
        if (changed) {
            changed = false;
            gateway.restartAsInTheBeginning();
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static CompletableFuture<RawAgent.Reply> hold(String arguments) {
        return gateway.later(post(AGENT, call(1, "delete", arguments)));
    }

    private static long about(String text) {
        return gateway.approvals().stream()
                .filter(one -> one.call().arguments().contains(text))
                .count();
    }

    private static void untilAsked(String text, long times) {
        GatewayUnderTest.eventually(() -> about(text) == times ? Optional.of(true) : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "other value    | {\"to\":\"k1\"}                  | {\"to\":\"k1\",\"n\":1}",
                "a blank        | {\"to\":\"k2\"}                  | {\"to\":\"k2 \"}",
                "another case   | {\"to\":\"k3\",\"a\":\"x\"}      | {\"to\":\"k3\",\"a\":\"X\"}",
                "number or text | {\"to\":\"k4\",\"n\":1}          | {\"to\":\"k4\",\"n\":\"1\"}",
                "null or absent | {\"to\":\"k5\"}                  | {\"to\":\"k5\",\"n\":null}",
                "a near number  | {\"to\":\"k6\",\"n\":9007199254740992} | {\"to\":\"k6\",\"n\":9007199254740993}",
                "a tiny part    | {\"to\":\"k7\",\"n\":0.1}        | {\"to\":\"k7\",\"n\":0.10000000000000000001}",
                "another order  | {\"to\":\"k8\",\"l\":[1,2]}      | {\"to\":\"k8\",\"l\":[2,1]}",
                "composed marks | {\"to\":\"k9\",\"a\":\"\\u00e9\"} | {\"to\":\"k9\",\"a\":\"e\\u0301\"}"
            })
    void aCallThatDiffersAtAllIsPutBeforePeopleOnItsOwn(String what, String first, String second) {
        var text = first.substring(7, 9);
        hold(first);
        gateway.pending(text);
        hold(second);
        untilAsked(text, 2);
        assertThat(gateway.imaging.receivedWith("\"" + text)).isEmpty();
        cancelAll();
    }

    /** Makes room: a grant has only so many. */
    private static void cancelAll() {
        for (var approval : gateway.approvals()) {
            if (approval.state() == ApprovalState.PENDING) {
                gateway.bean(io.holdpoint.workflow.approval.Executions.class).voided(approval.id(), "the test is over");
            }
        }
    }

    @Test
    void anApprovalOfOneToolOrServerIsNotForAnother() {
        var held = hold("{\"id\":\"bound\"}");
        var approval = gateway.pending("bound");
        gateway.later(post(AGENT, call(2, "limited", "{\"id\":\"bound\"}")));
        gateway.later(postTo("other", AGENT, call(3, "delete", "{\"id\":\"bound\"}")));
        untilAsked("bound", 3);
        gateway.approve(approval);
        assertThat(held.join().text()).isEqualTo("imaging did {\"id\":\"bound\"}");
        assertThat(gateway.imaging.receivedWith("bound").size()
                        + gateway.other.receivedWith("bound").size())
                .isOne();
        cancelAll();
    }

    @Test
    void anEqualCallAttachesAndTheApprovedBytesRun() {
        var approved = "{\"id\":\"key order\", \"n\":1.0}";
        var first = hold(approved);
        var approval = gateway.pending("key order");
        var second = gateway.later(post(AGENT, call(9, "delete", "{\"n\":1e0,\"id\":\"key\\u0020order\"}")));
        gateway.approve(approval);
        assertThat(first.join().text()).contains("imaging did");
        assertThat(second.join().text()).contains("imaging did");
        assertThat(gateway.imaging.received().stream()
                        .filter(request -> request.body().contains("key"))
                        .filter(request -> request.body().contains("order"))
                        .map(RawServer.Request::body))
                .containsExactly(call(1, "delete", approved));
    }

    @Test
    void aRedactedValueIsSeenByItsServerAlone(CapturedOutput output) throws IOException {
        var canary = "Canary7Qx9LoginSecret";
        var held = gateway.later(post(
                AGENT,
                call(
                        1,
                        "login",
                        "{\"id\":\"redacted\",\"password\":\"%s\",\"deep\":[{\"api_key\":\"%s\"}]}"
                                .formatted(canary, canary))));
        var approval = gateway.pending("redacted");
        var seen = get("/api/approvals/" + approval.id().value())
                + get("/api/approvals")
                + get("/approvals/" + approval.id().value())
                + get("/api/audit?limit=500");
        gateway.approve(approval);
        assertThat(held.join().text()).contains(canary);
        seen += get("/api/approvals/" + approval.id().value())
                + get("/api/audit?subject=" + approval.id().value());
        assertThat(seen).contains("redacted").doesNotContain(canary);
        assertThat(output.getAll()).doesNotContain(canary);
        assertNotInClear(canary);
    }

    @Test
    void aSecretArgumentAndItsAnswerAreNotOnTheDiskInClear(CapturedOutput output) {
        var canary = "CanaryZz81SecretAtRest";
        var held = gateway.later(
                post(AGENT, call(1, "login", "{\"id\":\"at rest\",\"secret\":\"%s\"}".formatted(canary))));
        var approval = gateway.approve(gateway.pending("at rest"));
        held.join();
        assertThat(filesWith(approval.id().value()))
                .as("files that have what is no secret")
                .isNotEmpty();
        assertNotInClear(canary);
        assertThat(output.getAll()).doesNotContain(canary);
    }

    /** People see it, so it is kept; but no name says that it is a secret. */
    @Test
    void whatPeopleSeeOfArgumentsIsNotOnTheDiskInClear() {
        var canary = "CanaryQq37InnocentName";
        var held = gateway.later(
                post(AGENT, call(1, "delete", "{\"id\":\"sealed\",\"patient\":\"%s\"}".formatted(canary))));
        var approval = gateway.pending("sealed");
        assertThat(approval.call().arguments()).contains(canary);
        assertInNoColumn(canary, approval);
        assertNotInClear(canary);
        gateway.approve(approval);
        held.join();
        assertInNoColumn(canary, approval);
        assertNotInClear(canary);
    }

    private static void assertInNoColumn(String canary, Approval approval) {
        for (var query : List.of("approval where id = ?", "held_message where approval_id = ?")) {
            var row = gateway.jdbc()
                    .queryForMap("select * from " + query, approval.id().value());
            assertThat(row.values())
                    .map(value -> value instanceof byte[] bytes
                            ? new String(bytes, StandardCharsets.ISO_8859_1)
                            : String.valueOf(value))
                    .noneMatch(text -> text.contains(canary));
        }
    }

    private static void assertNotInClear(String canary) {
        assertThat(filesWith(canary)).as("files that have it in clear").isEmpty();
    }

    /** The files of the database that have a text in them, as bytes or as UTF-16. */
    private static List<Path> filesWith(String text) {
        var wide = text.replaceAll("(.)", "\0$1").substring(1);
        return database.files(gateway.jdbc(), gateway.data()).stream()
                .filter(file -> {
                    var bytes = read(file);
                    return bytes.contains(text) || bytes.contains(wide);
                })
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String get(String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(gateway.console(path))
                                    .header("Authorization", "Bearer ana-token")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aGrantsTwentyFirstPendingCallIsRefusedAndTheGrantsLimitIsUntouched() {
        for (var i = 0; i < 20; i++) {
            gateway.later(post(RIVAL, call(i, "delete", "{\"id\":\"many %d\"}".formatted(i))));
        }
        untilAsked("many ", 20);
        var refused = gateway.once(post(RIVAL, call(99, "limited", "{\"id\":\"too many\"}")));
        assertThat(refused.decided()).isEqualTo("limit");
        assertThat(refused.body()).contains("retryAfterMs");
        assertThat(about("too many")).isZero();
        cancelAll();
        gateway.later(post(RIVAL, call(99, "limited", "{\"id\":\"now it may\"}")));
        assertThat(gateway.pending("now it may").state()).isEqualTo(ApprovalState.PENDING);
        cancelAll();
    }

    @Test
    void theInstallationsCapHoldsForAllGrantsTogether() {
        changed = true;
        cancelAll();
        gateway.restartWith("hold-for: 8s", "hold-for: 8s, max-pending: 2");
        hold("{\"id\":\"cap 1\"}");
        gateway.later(post(RIVAL, call(1, "delete", "{\"id\":\"cap 2\"}")));
        untilAsked("cap ", 2);
        assertThat(gateway.once(post(AGENT, call(3, "delete", "{\"id\":\"cap 3\"}")))
                        .decided())
                .isEqualTo("limit");
        cancelAll();
    }

    /** Approves a call that was held before the gateway was started again with other settings. */
    private static Approval approvedAfter(String text, Runnable change) {
        changed = true;
        hold("{\"id\":\"%s\"}".formatted(text));
        gateway.pending(text);
        change.run();
        var approval = gateway.pending(text);
        gateway.approve(approval);
        gateway.later(post(AGENT, call(1, "delete", "{\"id\":\"%s\"}".formatted(text))));
        return approval;
    }

    private static void assertVoided(Approval approval, String text, String reason) {
        assertThat(gateway.until(approval, ApprovalState.VOIDED).decidedReason())
                .hasValueSatisfying(why -> assertThat(why).contains(reason));
        assertThat(gateway.imaging.receivedWith(text)).isEmpty();
        assertThat(gateway.other.receivedWith(text)).isEmpty();
    }

    @Test
    void aRuleThatChangedMeanwhileVoidsTheApproval() {
        var approval = approvedAfter(
                "rule changed",
                () -> gateway.restartWithPolicy(
                        "\"delete\":{\"require_approval\":{",
                        "\"delete\":{\"require_approval\":{\"approved_for\":\"5m\","));
        assertVoided(approval, "rule changed", "the policy's rule for it changed");
    }

    @Test
    void aDenialThatCameMeanwhileVoidsTheApproval() {
        changed = true;
        assertToldPendingAndThen(
                "denied meanwhile",
                "the policy denies it now",
                () -> gateway.restartWithPolicy(
                        "\"delete\":{\"require_approval\":{\"min_assurance\":\"login\"}}", "\"gone\":{}"));
    }

    @Test
    void aReviewerWhoWasRemovedMeanwhileDoesNotCount() {
        changed = true;
        hold("{\"id\":\"lost reviewer\"}");
        gateway.pending("lost reviewer");
        gateway.restart();
        var approval = gateway.approve(gateway.pending("lost reviewer"));
        gateway.restartWith("email: ana@example.org, groups: [leads]", "email: ana@example.org, groups: []");
        gateway.later(post(AGENT, call(1, "delete", "{\"id\":\"lost reviewer\"}")));
        assertVoided(approval, "lost reviewer", "is no reviewer of it any more");
    }

    @Test
    void theGrantsRemovalMeanwhileVoidsTheApproval() {
        changed = true;
        assertRevokedBy("grant removed", () -> gateway.restartWith("rival: {", "renamed: {"));
    }

    @Test
    void theGrantsExpiryMeanwhileVoidsTheApproval() {
        changed = true;
        assertRevokedBy(
                "grant expired",
                () -> gateway.restartWith(
                        "rival-token-for-tests-only, owner: cai",
                        "rival-token-for-tests-only, owner: cai, expires: \"2021-01-01\""));
    }

    /** What it asked for is void without anybody deciding. */
    private static void assertRevokedBy(String text, Runnable change) {
        var approval = toldPending(text);
        change.run();
        assertVoided(approval, text, "the grant is not valid any more");
    }

    private static Approval toldPending(String text) {
        gateway.restartWith("hold-for: 8s", "hold-for: 1s");
        assertThat(gateway.once(post(RIVAL, call(1, "delete", "{\"id\":\"%s\"}".formatted(text))))
                        .decided())
                .isEqualTo("pending");
        return gateway.pending(text);
    }

    /** The agent was told "pending", so its call would run without it. */
    private static void assertToldPendingAndThen(String text, String reason, Runnable change) {
        toldPending(text);
        change.run();
        assertVoided(gateway.approve(gateway.pending(text)), text, reason);
    }

    @Test
    void anApprovalNobodyUsedInTimeIsOver() {
        changed = true;
        gateway.restartWithPolicy(
                "\"delete\":{\"require_approval\":{", "\"delete\":{\"require_approval\":{\"approved_for\":\"1s\",");
        try (var agent = gateway.connect()) {
            agent.send(post(AGENT, call(1, "delete", "{\"id\":\"too late\"}")));
            gateway.pending("too late");
        }
        var approval = gateway.pending("too late");
        gateway.untilWaiting(approval, 0);
        gateway.approve(approval);
        gateway.until(approval, ApprovalState.EXPIRED);
        assertThat(gateway.imaging.receivedWith("too late")).isEmpty();
    }
}
