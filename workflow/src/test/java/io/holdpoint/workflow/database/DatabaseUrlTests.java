package io.holdpoint.workflow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTests {

    @TempDir
    Path directory;

    @Test
    void withoutAUrlItIsH2InTheDataDirectory() throws IOException {
        assertThat(DatabaseUrl.safe(Optional.empty(), directory))
                .isEqualTo("jdbc:h2:file:%s/holdpoint;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", directory);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theDataDirectoryIsForItsOwnerOnly() throws IOException {
        var data = directory.resolve("data");
        DatabaseUrl.safe(Optional.empty(), data);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void aDataDirectoryThatWouldAddSettingsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseUrl.safe(Optional.empty(), directory.resolve("a;INIT=x")))
                .withMessageContaining("semicolon");
    }

    @Test
    void h2RunsWithWriteDelayZero() throws IOException, SQLException {
        var sql = "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'";
        try (var connection = DriverManager.getConnection(safe("jdbc:h2:" + directory.resolve("x")), "sa", "");
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:./data/x,                                       jdbc:h2:./data/x",
        "jdbc:h2:C:/data/x,                                      jdbc:h2:C:/data/x",
        "jdbc:h2:~/x;CACHE_SIZE=9;,                              jdbc:h2:~/x;CACHE_SIZE=9",
        "jdbc:h2:file:/x;write_delay=0;DB_CLOSE_ON_EXIT=false,   jdbc:h2:file:/x",
    })
    void aFileUrlOfH2KeepsItsHarmlessSettings(String configured, String kept) throws IOException {
        assertThat(safe(configured)).isEqualTo(kept + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }

    @Test
    void postgreSqlUrlsPassUnchanged() throws IOException {
        var url = "jdbc:postgresql://a,b/holdpoint?targetServerType=primary&sslmode=verify-full";
        assertThat(safe(url)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:/x;WRITE_DELAY=500,        'WRITE_DELAY=500; Holdpoint needs WRITE_DELAY=0'",
        "jdbc:h2:/x;write_delay=1,          WRITE_DELAY=1",
        "jdbc:h2:/x;DB_CLOSE_ON_EXIT=TRUE,  DB_CLOSE_ON_EXIT",
        "jdbc:h2:/x;AUTO_SERVER=TRUE,       AUTO_SERVER",
        "jdbc:h2:/x;INIT=RUNSCRIPT FROM 'y', INIT",
        "jdbc:h2:/x;TRACE_LEVEL_FILE=3,     TRACE_LEVEL_FILE",
        "jdbc:h2:/x;MODE=MySQL,             MODE",
        "jdbc:h2:/x;USER=a\\,               NAME=value",
        "jdbc:h2:mem:x,                     mem:",
        "jdbc:h2:nioMemFS:x,                nioMemFS:",
        "jdbc:h2:tcp://localhost/x,         tcp:",
        "jdbc:mysql://localhost/x,          jdbc:postgresql:",
        "'',                                jdbc:postgresql:",
    })
    void aUrlThatCouldLoseCommitsIsRefused(String configured, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> safe(configured))
                .withMessageStartingWith("spring.datasource.url ")
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:/x;PASSWORD=Hunter;2", "jdbc:h2:/x;PASSWORD=Hunter2;INIT=y", "jdbc:other:Hunter2"})
    void aRefusalKeepsThePasswordToItself(String configured) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> safe(configured))
                .satisfies(refusal ->
                        assertThat(refusal.getMessage().toLowerCase()).doesNotContain("hunter"));
    }

    private String safe(String configured) throws IOException {
        return DatabaseUrl.safe(Optional.of(configured), directory);
    }
}
