package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.ANA;
import static io.holdpoint.workflow.approval.ApprovalRoom.approve;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.holdpoint.workflow.database.TestDatabases;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RestartTests {

    @Test
    void whatWasPendingCanBeDecidedAndRunAfterARestartOverTheSameFile() throws IOException {
        try (var database = TestDatabases.H2.fresh()) {
            Approval opened;
            try (var before = ApprovalRoom.over(database.dataSource())) {
                opened = before.open();
            }
            try (var after = ApprovalRoom.over(pool(database.url()))) {
                var decided = after.approvals().review(opened.id(), approve(ANA));
                assertThat(decided.state()).isEqualTo(ApprovalState.APPROVED);
                assertThat(after.executions().begin(opened.id(), "node-1")).isPresent();
            }
        }
    }

    @Test
    void theWarmUpLeavesNoTrace() throws IOException {
        try (var database = TestDatabases.H2.fresh();
                var room = ApprovalRoom.over(database.dataSource())) {
            for (var table : new String[] {"approval", "ACT_RU_EXECUTION", "ACT_HI_PROCINST", "review_task"}) {
                assertThat(room.jdbc().queryForObject("select count(*) from " + table, Integer.class))
                        .as(table)
                        .isZero();
            }
        }
    }

    @Test
    void aFlowThatDidNotChangeKeepsItsVersionOverARestart() throws IOException {
        try (var database = TestDatabases.H2.fresh()) {
            ApprovalRoom.over(database.dataSource()).close();
            try (var after = ApprovalRoom.over(pool(database.url()))) {
                assertThat(after.open().flowVersion()).isEqualTo(1);
            }
        }
    }

    private static HikariDataSource pool(String url) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername("sa");
        return pool;
    }
}
