package io.holdpoint.workflow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class TestDatabasesTests {

    @ParameterizedTest
    @EnumSource
    void aFreshDatabaseHasTheTables(TestDatabases kind) throws IOException {
        try (var database = kind.fresh()) {
            var count = database.jdbc().queryForObject("select count(*) from audit_entry", Long.class);
            assertThat(count).isZero();
        }
    }

    /** The embedded server itself is set to acknowledge commits early, as some operators set theirs. */
    @Test
    void onPostgresqlNoCommitIsAcknowledgedBeforeItIsWritten() throws IOException, SQLException {
        try (var database = TestDatabases.POSTGRESQL.fresh();
                var asTheServerIs = DriverManager.getConnection(database.url())) {
            assertThat(setting(new JdbcTemplate(new SingleConnectionDataSource(asTheServerIs, true))))
                    .isEqualTo("off");
            assertThat(setting(database.jdbc())).isEqualTo("on");
        }
    }

    @Test
    void aStrongerSettingOfTheServerStays() throws IOException, SQLException {
        try (var database = TestDatabases.POSTGRESQL.fresh()) {
            database.jdbc()
                    .execute("alter role current_user in database %s set synchronous_commit = remote_apply"
                            .formatted(database.jdbc().queryForObject("select current_database()", String.class)));
            try (var connection = DriverManager.getConnection(database.url())) {
                var jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
                jdbc.execute(DatabaseUrl.session(database.url()).orElseThrow());
                assertThat(setting(jdbc)).isEqualTo("remote_apply");
            }
        }
    }

    @Test
    void onPostgresqlATransactionThatHangsEnds() throws IOException {
        try (var database = TestDatabases.POSTGRESQL.fresh()) {
            var setting = "show idle_in_transaction_session_timeout";
            assertThat(database.jdbc().queryForObject(setting, String.class)).isEqualTo("30s");
        }
    }

    /** What repeats a transaction does so on this type. */
    @ParameterizedTest
    @CsvSource({"H2, set lock_timeout 50", "POSTGRESQL, set local lock_timeout = 50"})
    void aLockNotGotInTimeIsALockingFailure(TestDatabases kind, String impatient) throws IOException, SQLException {
        try (var database = kind.fresh();
                var other = database.dataSource().getConnection()) {
            database.jdbc().execute("create table one (n int)");
            database.jdbc().execute("insert into one values (1)");
            other.setAutoCommit(false);
            other.createStatement().execute("select n from one for update");
            assertThatThrownBy(() -> database.inTransaction(() -> {
                        database.jdbc().execute(impatient);
                        database.jdbc().queryForList("select n from one for update");
                    }))
                    .isInstanceOf(PessimisticLockingFailureException.class);
            other.rollback();
        }
    }

    private static @Nullable String setting(JdbcTemplate jdbc) {
        return jdbc.queryForObject("show synchronous_commit", String.class);
    }

    @ParameterizedTest
    @EnumSource
    void aFreshDatabaseIsTunedForItsKind(TestDatabases kind) throws IOException {
        try (var database = kind.fresh()) {
            var history = "select \"script\" from \"flyway_schema_history\"";
            assertThat(database.jdbc().queryForList(history, String.class)).contains("R__audit_tuning.sql");
        }
    }
}
