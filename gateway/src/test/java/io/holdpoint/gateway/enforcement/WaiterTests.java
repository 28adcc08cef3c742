package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.listener.OneExchange;
import io.holdpoint.gateway.mcp.MessageReader;
import io.holdpoint.gateway.mcp.Revision;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.CallId;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.approval.ApprovalId;
import io.holdpoint.workflow.people.PersonId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Signs of life while people think, with a clock moved by hand. */
class WaiterTests {

    private static final ApprovalId APPROVAL = new ApprovalId("apr_" + "0".repeat(26));
    private static final Pattern PROGRESS = Pattern.compile("\"progress\":(-?\\d+)");

    private long now = Long.MAX_VALUE - 5;

    private Waiter waiter(OneExchange agent, String body, Duration holdFor) {
        var server = new Server(
                "imaging", URI.create("http://localhost/mcp"), Map.of(), Set.of(), Duration.ofSeconds(5), false);
        var access = new Grant.Access(server, Optional.empty());
        var grant = new Grant(
                "agent",
                new PersonId("cai"),
                "ab".repeat(32),
                Map.of("imaging", access),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
        var call = new ToolCall(
                new CallId("call_1"),
                agent.exchange(),
                grant,
                access,
                new MessageReader(64).read(body.getBytes(StandardCharsets.UTF_8)),
                Revision.V2025_11_25,
                "",
                "",
                new Definition("delete", Definition.ABSENT, "", Category.UNKNOWN, Risk.LOW, Instant.EPOCH),
                Optional.empty());
        return new Waiter(call, new HeldCalls(), APPROVAL, "Waiting", holdFor, true, () -> now);
    }

    private static String body(String meta) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"delete\"%s}}"
                .formatted(meta);
    }

    private boolean tickAfter(Waiter waiter, int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        return waiter.tick(now);
    }

    @Test
    void aCommentIsSentEveryTenSeconds() {
        try (var agent = new OneExchange(body(""))) {
            var waiter = waiter(agent, body(""), Duration.ofMinutes(1));
            waiter.begin();
            agent.sent();
            var seconds = new ArrayList<Integer>();
            for (var second = 1; second <= 30; second++) {
                tickAfter(waiter, 1);
                if (agent.sent().contains(":\n\n")) {
                    seconds.add(second);
                }
            }
            assertThat(seconds).containsExactly(10, 20, 30);
        }
    }

    @Test
    void progressRisesStrictlyUntilTheTimeIsOver() {
        var body = body(",\"_meta\":{\"progressToken\":\"p\"}");
        try (var agent = new OneExchange(body)) {
            var waiter = waiter(agent, body, Duration.ofSeconds(31));
            waiter.begin();
            var sent = new StringBuilder(agent.sent());
            while (!tickAfter(waiter, 1)) {
                sent.append(agent.sent());
            }
            List<Integer> told = PROGRESS.matcher(sent)
                    .results()
                    .map(found -> Integer.valueOf(found.group(1)))
                    .toList();
            assertThat(told).containsExactly(-31, -21, -11, -1);
        }
    }

    @Test
    void theTimeIsOverWhenItIsAndNotBefore() {
        try (var agent = new OneExchange(body(""))) {
            var waiter = waiter(agent, body(""), Duration.ofSeconds(3));
            waiter.begin();
            assertThat(tickAfter(waiter, 2)).isFalse();
            assertThat(tickAfter(waiter, 1)).isTrue();
        }
    }
}
