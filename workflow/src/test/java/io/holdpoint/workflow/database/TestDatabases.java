package io.holdpoint.workflow.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/** The databases we support, the real ones; for {@code @ParameterizedTest @EnumSource}. */
public enum TestDatabases {
    H2("H2") {
        @Override
        Fresh start() throws IOException {
            var directory = Files.createTempDirectory("holdpoint-h2");
            var url = DatabaseUrl.safe(Optional.empty(), directory.resolve("data"));
            return new Fresh(url, "sa", () -> FileSystemUtils.deleteRecursively(directory));
        }
    },

    POSTGRESQL("PostgreSQL") {
        @Override
        Fresh start() throws IOException, SQLException {
            var name = "test" + COUNT.incrementAndGet();
            try (var connection = Server.ONE.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            return new Fresh(Server.ONE.getJdbcUrl("postgres", name), "postgres", () -> {});
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String label;

    TestDatabases(String label) {
        this.label = label;
    }

    abstract Fresh start() throws IOException, SQLException;

    /** A new, migrated database of this kind; to be closed. */
    public TestDatabase fresh() {
        try {
            var fresh = start();
            var config = new HikariConfig();
            config.setJdbcUrl(fresh.url());
            config.setUsername(fresh.user());
            config.setMaximumPoolSize(8);
            DatabaseUrl.session(fresh.url()).ifPresent(config::setConnectionInitSql);
            var pool = new HikariDataSource(config);
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/migration", "classpath:db/" + name().toLowerCase(Locale.ROOT))
                    .load()
                    .migrate();
            return new TestDatabase(fresh, pool);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return label;
    }

    private record Fresh(String url, String user, Cleaning afterwards) {}

    @FunctionalInterface
    private interface Cleaning {
        void clean() throws IOException;
    }

    /** One server for all tests of this JVM; it ends with the JVM. */
    private static final class Server {
        static final EmbeddedPostgres ONE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One database of its own, with its pool. */
    public static final class TestDatabase implements AutoCloseable {

        private final Fresh fresh;
        private final HikariDataSource pool;
        private final DataSourceTransactionManager transactionManager;

        private TestDatabase(Fresh fresh, HikariDataSource pool) {
            this.fresh = fresh;
            this.pool = pool;
            this.transactionManager = new JdbcTransactionManager(pool);
        }

        public String url() {
            return fresh.url();
        }

        public HikariDataSource dataSource() {
            return pool;
        }

        public JdbcTemplate jdbc() {
            return new JdbcTemplate(pool);
        }

        public DataSourceTransactionManager transactionManager() {
            return transactionManager;
        }

        /** Runs some work in a transaction of its own. */
        public void inTransaction(Runnable work) {
            new TransactionTemplate(transactionManager).executeWithoutResult(status -> work.run());
        }

        @Override
        public void close() throws IOException {
            pool.close();
            fresh.afterwards().clean();
        }
    }
}
