package io.holdpoint.gateway;

import static io.holdpoint.gateway.Attacked.AGENT;
import static io.holdpoint.gateway.Attacked.call;
import static io.holdpoint.gateway.Attacked.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.workflow.approval.ApprovalState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If the audit log cannot be written, nothing passes (promise 5); afterwards everything does, by itself. */
@OnDatabase(GatewayDatabases.H2)
class StoreFaultTests {

    private static Attacked gateway;

    @BeforeAll
    static void start(GatewayDatabases database, @TempDir Path directory) {
        gateway = new Attacked(directory, database);
        assertThat(read("{\"warm\":1}").text()).contains("imaging did");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static RawAgent.Reply read(String arguments) {
        return gateway.once(post(AGENT, call(1, "read", arguments)));
    }

    private void breakLog() {
        gateway.jdbc().execute("alter table audit_entry rename to audit_entry_away");
    }

    private void mendLog() {
        gateway.jdbc().execute("alter table audit_entry_away rename to audit_entry");
    }

    /** Whatever a test that failed left away. */
    @AfterEach
    void mendAll() {
        for (var table : List.of("audit_entry", "review", "act_ru_execution")) {
            gateway.jdbc().execute("alter table if exists %s_away rename to %s".formatted(table, table));
        }
    }

    @Test
    void anAllowedCallIsRefusedWhileTheLogIsAwayAndPassesAfterwards() {
        breakLog();
        var reply = read("{\"unrecorded\":1}");
        assertThat(reply.decided()).isEqualTo("deny");
        assertThat(reply.text()).contains("audit log cannot be written");
        assertThat(gateway.imaging.receivedWith("unrecorded")).isEmpty();
        mendLog();
        assertThat(read("{\"recorded\":1}").text()).contains("imaging did");
    }

    @Test
    void aCallThatNeedsApprovalIsRefusedWhileTheLogIsAwayAndHeldAfterwards() {
        breakLog();
        var reply = gateway.once(post(AGENT, call(1, "delete", "{\"id\":\"unrecorded\"}")));
        assertThat(reply.decided()).isEqualTo("deny");
        assertThat(reply.text()).contains("audit log cannot be written");
        assertThat(gateway.find("\"unrecorded")).isEmpty();
        mendLog();
        gateway.later(post(AGENT, call(1, "delete", "{\"id\":\"recorded\"}")));
        assertThat(gateway.pending("recorded").state()).isEqualTo(ApprovalState.PENDING);
    }

    /** Another node may have died with the counter's row locked. */
    @Test
    void aCallWaitsOnWhenItsCounterIsLockedForLongerThanOneTryTakes(GatewayDatabases database) throws SQLException {
        var oneTry = database == GatewayDatabases.H2 ? 2 : 5;
        gateway.once(post(AGENT, call(1, "metered", "{}")));
        try (var other = gateway.bean(DataSource.class).getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("select used from limit_counter for update");
            var second = gateway.later(post(AGENT, call(2, "metered", "{}")));
            assertThatThrownBy(() -> second.get(oneTry + 1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            other.rollback();
            other.setAutoCommit(true);
            assertThat(second.join().decided()).isEqualTo("limit");
        }
    }

    @Test
    void anApprovedCallDoesNotRunWhileTheLogIsAwayAndRunsOnceAfterwards() {
        var message = post(AGENT, call(1, "delete", "{\"id\":\"to run\"}"));
        try (var agent = gateway.connect()) {
            agent.send(message);
            gateway.untilWaiting(gateway.pending("to run"), 1);
        }
        var approval = gateway.pending("to run");
        gateway.untilWaiting(approval, 0);
        gateway.approve(approval);
        breakLog();
        assertThat(gateway.once(message).decided()).isEqualTo("deny");
        assertThat(gateway.imaging.receivedWith("to run")).isEmpty();
        mendLog();
        assertThat(gateway.once(message).text()).contains("imaging did");
        assertThat(gateway.imaging.receivedWith("to run")).hasSize(1);
    }

    @Test
    void aReviewThatCannotBeRecordedIsNotTakenForOne() {
        var held = gateway.later(post(AGENT, call(1, "delete", "{\"id\":\"reviewed\"}")));
        var approval = gateway.pending("reviewed");
        breakLog();
        try {
            gateway.approve(approval);
            throw new AssertionError("a review was taken without a log");
        } catch (RuntimeException e) {
            // As it should be: the reviewer is told.
        }
        mendLog();
        assertThat(gateway.pending("reviewed").reviews()).isEmpty();
        gateway.approve(approval);
        assertThat(held.join().text()).contains("imaging did");
    }

    @Test
    void awaitingAnApprovalThatCannotBeReadIsAnsweredAtOnce() {
        gateway.later(post(AGENT, call(1, "delete", "{\"id\":\"awaited\"}")));
        var id = gateway.pending("awaited").id().value();
        gateway.jdbc().execute("alter table review rename to review_away");
        var reply = gateway.once(
                post(AGENT, call(2, "approval_await", "{\"approval_id\":\"%s\",\"wait_seconds\":1}".formatted(id))));
        gateway.jdbc().execute("alter table review_away rename to review");
        assertThat(reply.text()).contains("cannot be read");
    }

    @Test
    void aCallIsRefusedWhenTheEngineFails() {
        gateway.jdbc().execute("alter table act_ru_execution rename to act_ru_execution_away");
        var reply = gateway.once(post(AGENT, call(1, "delete", "{\"id\":\"no engine\"}")));
        gateway.jdbc().execute("alter table act_ru_execution_away rename to act_ru_execution");
        assertThat(reply.decided()).isEqualTo("deny");
        assertThat(gateway.find("no engine")).isEmpty();
    }
}
