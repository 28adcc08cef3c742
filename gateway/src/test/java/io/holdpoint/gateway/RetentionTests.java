package io.holdpoint.gateway;

import static io.holdpoint.gateway.GatewayUnderTest.ANA;
import static io.holdpoint.gateway.GatewayUnderTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.GatewayUnderTest.Setup;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.Approvals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway deletes arguments by itself, and knows equal calls as long as it has them. */
@OnDatabase(GatewayDatabases.H2)
class RetentionTests {

    private final RecordingServer server = RecordingServer.offering("delete");

    @TempDir
    private Path directory;

    private Setup setup;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start(GatewayDatabases database) {
        setup = setup().on(database);
        gateway = GatewayUnderTest.start(setup);
    }

    private Setup setup() {
        var policy = "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"delete\":{\"require_approval\":true}}}";
        return Setup.of(directory, server, policy).approvals("retain-arguments: 7d");
    }

    @AfterEach
    void stop() {
        gateway.close();
        server.close();
    }

    @Test
    void argumentsOlderThanConfiguredAreDeletedAndTheRestIsNot() {
        var old = run("s1");
        var young = run("s2");
        endedBefore(old, Duration.ofDays(7));
        endedBefore(young, Duration.ofDays(6));
        gateway.close();
        gateway = GatewayUnderTest.start(setup);
        eventually(() -> now(old).argumentsDeletedAt());
        assertThat(kept(old)).isZero();
        assertThat(kept(young)).isOne();
    }

    @Test
    void aNewCallKnowsWhenAnEqualOneRan() {
        var earlier = run("s1");
        gateway.agent().calling("delete", "{ \"id\" : \"s1\" }");
        var equal = gateway.pending("s1");
        assertThat(gateway.bean(Approvals.class).equalThatRan(equal.id()))
                .map(Approval::id)
                .contains(earlier.id());
    }

    private Approval run(String id) {
        var answer = gateway.agent().calling("delete", "{\"id\":\"%s\"}".formatted(id));
        var approval = gateway.pending(id);
        gateway.approve(approval, ANA);
        answer.join();
        eventually(() -> gateway.notAttachable(approval));
        return gateway.until(approval, ApprovalState.SUCCEEDED);
    }

    private void endedBefore(Approval approval, Duration time) {
        var then = OffsetDateTime.now(ZoneOffset.UTC).minus(time);
        gateway.jdbc()
                .update(
                        "update approval set decided_at = ?, finished_at = ?, keep_until = ? where id = ?",
                        then,
                        then,
                        then,
                        approval.id().value());
    }

    private Approval now(Approval approval) {
        return gateway.bean(Approvals.class).find(approval.id()).orElseThrow();
    }

    private int kept(Approval approval) {
        return Optional.ofNullable(gateway.jdbc()
                        .queryForObject(
                                "select count(*) from held_message where approval_id = ?",
                                Integer.class,
                                approval.id().value()))
                .orElseThrow();
    }
}
