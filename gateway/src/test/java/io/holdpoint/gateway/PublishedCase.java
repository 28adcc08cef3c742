package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.ReviewRefused;
import io.holdpoint.workflow.people.PersonId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One published case, played step by step on a running gateway. Its requests have ids nobody else's have. */
final class PublishedCase {

    private final GatewayUnderTest gateway;
    private final RecordingServer server;
    private final String id;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int requests;
    private String requestId = "";
    private @Nullable Approval held;
    private @Nullable CompletableFuture<TestAgent.Answer> answer;

    PublishedCase(GatewayUnderTest gateway, RecordingServer server, String id) {
        this.gateway = gateway;
        this.server = server;
        this.id = id;
    }

    /** The grant a step's call comes from. */
    static String grant(String id, JsonNode step) {
        var name = step.path("grant").asString("");
        return (name.isEmpty() ? id : id + "-" + name).toLowerCase(Locale.ROOT);
    }

    static String token(String grant) {
        return "token-for-tests-only-of-" + grant;
    }

    void step(JsonNode step) {
        if (step.has("at")) {
            gateway.bean(MovableClock.class)
                    .holdAt(Instant.parse(step.path("at").stringValue()));
        }
        if (step.has("decide")) {
            decide(step);
        } else if (step.has("parallel")) {
            burst(step);
        } else if (step.has("raw")) {
            refuses(step, step.path("raw").stringValue().formatted(nextId()));
        } else if (step.has("call")) {
            call(step);
        } else {
            happens(step);
        }
        if (step.has("logged")) {
            assertLogged(step);
        }
    }

    private String nextId() {
        requests++;
        requestId = id + "-" + requests;
        return requestId;
    }

    private String message(JsonNode step) {
        var depth = step.path("nested").asInt(0);
        var arguments = depth > 0
                ? "{\"deep\":" + "[".repeat(depth) + "]".repeat(depth) + "}"
                : step.path("args").toString();
        return "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
                .formatted(nextId(), step.path("call").stringValue(), arguments);
    }

    private TestAgent agent(JsonNode step) {
        return new TestAgent(http, gateway.url(step.path("server").asString("main")), token(grant(id, step)));
    }

    private void call(JsonNode step) {
        var message = message(step);
        switch (step.path("is").stringValue()) {
            case "hold" -> holds(step, message);
            case "attached" -> attaches(step, message);
            case "malformed" -> refuses(step, message);
            case "server-error" -> failsAtTheServer(step);
            default -> answers(step, message);
        }
    }

    private void answers(JsonNode step, String message) {
        var got = TestAgent.Answer.of(agent(step).post(message));
        switch (step.path("is").stringValue()) {
            case "allow" -> {
                assertThat(got.isError()).as("%s: %s", step, got.raw()).isFalse();
                assertForwarded(message);
            }
            case "no-server" -> assertThat(got.raw()).contains("error").contains(requestId);
            default -> assertRefused(step, got);
        }
    }

    /** Called again while the limit is used: the answer of the call before came before its limit was given back. */
    private void failsAtTheServer(JsonNode step) {
        var got = GatewayUnderTest.eventually(
                () -> Optional.of(TestAgent.Answer.of(agent(step).post(message(step))))
                        .filter(answer -> !answer.decided().equals("limit")));
        assertThat(got.message().path("error").path("message").asString("")).isEqualTo("not now");
        assertThat(server.callsWith("\"" + requestId + "\"")).hasSize(1);
    }

    private void assertForwarded(String message) {
        assertThat(server.callsWith("\"" + requestId + "\""))
                .extracting(RecordingServer.Received::body)
                .containsExactly(message);
    }

    private void assertRefused(JsonNode step, TestAgent.Answer got) {
        assertThat(got.isError()).as("%s: %s", step, got.raw()).isTrue();
        assertThat(got.decided()).isEqualTo(step.path("is").stringValue());
        assertThat(got.decision().path("rule").asString(""))
                .contains(step.path("rule").asString(""));
        assertThat(got.text()).contains(step.path("says").asString(""));
        assertUntouched();
    }

    private void assertUntouched() {
        assertThat(server.callsWith("\"" + requestId + "\"")).isEmpty();
    }

    private void refuses(JsonNode step, String body) {
        var response = agent(step).send(request(step, body));
        assertThat(response.statusCode())
                .as("%s: %s", step, response.body())
                .isEqualTo(step.path("status").asInt(400));
        assertUntouched();
    }

    private HttpRequest request(JsonNode step, String body) {
        var request = agent(step).request();
        step.path("headers")
                .properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().stringValue()));
        if (step.has("path")) {
            request.uri(gateway.url("main").resolve(step.path("path").stringValue()));
        }
        var isZipped =
                step.path("headers").path("Content-Encoding").asString("").equals("gzip");
        return request.POST(isZipped ? BodyPublishers.ofByteArray(zipped(body)) : BodyPublishers.ofString(body))
                .build();
    }

    private static byte[] zipped(String body) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void burst(JsonNode step) {
        var agent = agent(step);
        var answers =
                IntStream.range(0, step.path("parallel").asInt())
                        .mapToObj(n -> agent.calling(message(step)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();
        var passed = server.calls(step.path("call").stringValue()).stream()
                .filter(received -> received.body().contains("\"" + id + "-"));
        assertThat(passed).hasSize(step.path("allowed").asInt());
        assertThat(answers)
                .filteredOn(TestAgent.Answer::isError)
                .hasSize(step.path("parallel").asInt() - step.path("allowed").asInt())
                .allMatch(refused -> refused.decided().equals(step.path("is").stringValue()));
    }

    private void holds(JsonNode step, String message) {
        var before = pending(step);
        answer = agent(step).calling(message);
        held = GatewayUnderTest.eventually(() -> pending(step).stream()
                .filter(one -> !ids(before).contains(one.id().value()))
                .findFirst());
        assertUntouched();
    }

    private void attaches(JsonNode step, String message) {
        var second = agent(step).calling(message);
        GatewayUnderTest.eventually(() -> gateway.waiting(held(), 2));
        assertThat(ids(pending(step))).containsExactly(held().id().value());
        assertThat(second).isNotDone();
        assertUntouched();
    }

    private List<Approval> pending(JsonNode step) {
        return gateway.pendingOf(grant(id, step));
    }

    private static List<String> ids(List<Approval> approvals) {
        return approvals.stream().map(one -> one.id().value()).toList();
    }

    private void decide(JsonNode step) {
        var by = new PersonId(step.path("by").stringValue());
        switch (step.path("is").stringValue()) {
            case "late" -> assertThatThrownBy(() -> review(step, by)).isInstanceOf(ReviewRefused.AlreadyResolved.class);
            case "not-allowed" -> assertThatThrownBy(() -> review(step, by)).isInstanceOf(ReviewRefused.class);
            case "rejected" -> {
                review(step, by);
                assertThat(answer().join().decided()).isEqualTo("rejected");
                assertUntouched();
            }
            default -> {
                review(step, by);
                assertThat(answer().join().text()).startsWith("did ");
                assertThat(server.callsWith("\"" + requestId + "\"")).hasSize(1);
            }
        }
    }

    private void review(JsonNode step, PersonId by) {
        if (step.path("decide").stringValue().equals("approve")) {
            gateway.approve(held(), by);
        } else {
            gateway.reject(held(), by, "no");
        }
    }

    private void happens(JsonNode step) {
        switch (step.path("is").stringValue()) {
            case "listed" -> assertListed(step);
            case "counted" -> assertCounted(step);
            case "expired" -> {
                assertThat(answer().join().decided()).isEqualTo("expired");
                gateway.until(held(), ApprovalState.EXPIRED);
                assertUntouched();
            }
            case "cancelled" -> {
                GatewayUnderTest.eventually(() -> gateway.waiting(held(), 1));
                agent(step).cancel("\"" + requestId + "\"", "changed my mind");
                gateway.until(held(), ApprovalState.CANCELLED);
                assertUntouched();
            }
            case "listed-pending" ->
                assertThat(pending(step)).hasSize(step.path("count").asInt());
            default -> throw new AssertionError("nobody knows how to play " + step);
        }
    }

    private void assertListed(JsonNode step) {
        var list = TestAgent.Answer.of(
                agent(step).post("{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"tools/list\"}".formatted(nextId())));
        var result = list.message().path("result");
        var names = result.path("tools").values().stream()
                .map(tool -> tool.path("name").stringValue())
                .toList();
        assertThat(names)
                .doesNotContainAnyElementsOf(texts(step.path("absent")))
                .containsAll(texts(step.path("present")));
        step.path("keeps")
                .properties()
                .forEach(member -> assertThat(result.path(member.getKey())).isEqualTo(member.getValue()));
    }

    private void assertCounted(JsonNode step) {
        var counter = "grant|%s|main|%s|%%"
                .formatted(grant(id, step), step.path("counter").stringValue());
        assertThat(gateway.jdbc()
                        .queryForList(
                                "select used from limit_counter where counter_key like ?", BigDecimal.class, counter))
                .singleElement()
                .satisfies(used ->
                        assertThat(used).isEqualByComparingTo(step.path("used").decimalValue()));
    }

    private static List<String> texts(JsonNode list) {
        return list.values().stream().map(JsonNode::stringValue).toList();
    }

    private void assertLogged(JsonNode step) {
        var entries = gateway.jdbc()
                .queryForList(
                        "select body from audit_entry where type = ?",
                        byte[].class,
                        step.path("logged").stringValue());
        assertThat(entries)
                .extracting(body -> new String(body, StandardCharsets.UTF_8))
                .filteredOn(body -> body.contains("\"" + grant(id, step) + "\""))
                .hasSize(1)
                .allMatch(body -> body.contains(step.path("rule").asString("")));
    }

    private Approval held() {
        return Objects.requireNonNull(held, "nothing was held");
    }

    private CompletableFuture<TestAgent.Answer> answer() {
        return Optional.ofNullable(answer).orElseThrow();
    }
}
