package io.holdpoint.workflow.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.database.DatabaseUrl;
import io.holdpoint.workflow.vault.Vault;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a commit in the default database is worth when the process is killed right after it (kill -9). */
class KilledProcessTests {

    private static final String ACKNOWLEDGED = "acknowledged ";
    private static final int ENOUGH = 1_000;

    @TempDir
    Path directory;

    @Test
    @Timeout(60)
    void everyAcknowledgedEntryIsThereAfterwards() throws Exception {
        var process = start();
        var acknowledged = new ArrayList<String>();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            acknowledged.addAll(acknowledged(output).limit(ENOUGH).toList());
            process.toHandle().destroyForcibly(); // of the process itself it would close the output, too
            process.waitFor();
            acknowledged.addAll(acknowledged(output).toList());
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);
        assertThat(subjects()).containsAll(acknowledged);
    }

    /** The whole lines; the last may have been cut off. */
    private static Stream<String> acknowledged(BufferedReader output) {
        return output.lines()
                .filter(line -> line.startsWith(ACKNOWLEDGED) && line.endsWith("."))
                .map(line -> line.substring(ACKNOWLEDGED.length(), line.length() - 1));
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommittingProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private List<String> subjects() throws IOException {
        var dataSource = new DriverManagerDataSource(DatabaseUrl.safe(Optional.empty(), directory), "sa", "");
        return new JdbcTemplate(dataSource).queryForList("select subject from audit_entry", String.class);
    }

    /** Commits entry after entry and says so, until it is killed. */
    static final class CommittingProcess {

        public static void main(String[] arguments) throws IOException {
            var url = DatabaseUrl.safe(Optional.empty(), Path.of(arguments[0]));
            var dataSource = new SingleConnectionDataSource(url, "sa", "", true);
            Flyway.configure().dataSource(dataSource).load().migrate();
            var log = new JdbcAuditLog(dataSource, new Vault(new byte[Vault.KEY_BYTES]), Clock.systemUTC());
            var transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
            for (var i = 1L; System.nanoTime() < end; i++) {
                var call = Calls.aCall("call_" + i);
                transaction.executeWithoutResult(status -> log.append(new AuditEntry.CallAllowed(call)));
                System.out.println(ACKNOWLEDGED + call.id() + ".");
            }
        }
    }
}
