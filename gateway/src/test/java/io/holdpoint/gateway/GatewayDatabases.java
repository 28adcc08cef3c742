package io.holdpoint.gateway;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases a gateway runs on, the real ones. */
enum GatewayDatabases {
    H2 {
        @Override
        Optional<String> freshUrl() {
            return Optional.empty();
        }
    },

    POSTGRESQL {
        @Override
        Optional<String> freshUrl() {
            var name = "gateway" + COUNT.incrementAndGet();
            try (var connection = Server.ONE.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return Optional.of(Server.ONE.getJdbcUrl("postgres", name));
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The URL of a new database; empty for the default, H2 in the installation's own folder. */
    abstract Optional<String> freshUrl();

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
