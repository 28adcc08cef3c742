package io.holdpoint.gateway;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** The databases a gateway runs on, the real ones. */
public enum GatewayDatabases {
    H2 {
        @Override
        public Optional<String> freshUrl() {
            return Optional.empty();
        }

        @Override
        List<Path> files(JdbcTemplate jdbc, Path data) {
            jdbc.execute("checkpoint sync");
            return filesIn(data);
        }
    },

    POSTGRESQL {
        @Override
        public Optional<String> freshUrl() {
            var name = "gateway" + COUNT.incrementAndGet();
            try (var connection = Server.ONE.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return Optional.of(Server.ONE.getJdbcUrl("postgres", name));
        }

        @Override
        List<Path> files(JdbcTemplate jdbc, Path data) {
            jdbc.execute("checkpoint");
            var tables = jdbc.queryForObject("""
                    select current_setting('data_directory') || '/base/' || oid
                    from pg_database where datname = current_database()""", String.class);
            var log = jdbc.queryForObject("select current_setting('data_directory') || '/pg_wal'", String.class);
            return Stream.of(tables, log)
                    .flatMap(folder -> filesIn(Path.of(folder)).stream())
                    .toList();
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The URL of a new database; empty for the default, H2 in the installation's own folder. */
    public abstract Optional<String> freshUrl();

    /**
     * The files a gateway's database is in, with everything in them that is committed.
     *
     * @param data the installation's own folder
     */
    abstract List<Path> files(JdbcTemplate jdbc, Path data);

    private static List<Path> filesIn(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One server for all tests of this JVM. */
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
}
