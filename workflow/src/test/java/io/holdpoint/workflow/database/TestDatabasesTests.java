package io.holdpoint.workflow.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestDatabasesTests {

    @ParameterizedTest
    @EnumSource
    void aFreshDatabaseHasTheTables(TestDatabases kind) throws IOException {
        try (var database = kind.fresh()) {
            var count = database.jdbc().queryForObject("select count(*) from audit_entry", Long.class);
            assertThat(count).isZero();
        }
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
