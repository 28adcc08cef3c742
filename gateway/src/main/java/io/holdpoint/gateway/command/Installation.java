package io.holdpoint.gateway.command;

import io.holdpoint.gateway.authoring.simulation.Simulated;
import io.holdpoint.gateway.authoring.simulation.Simulation;
import io.holdpoint.gateway.configuration.Configuration;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.workflow.audit.CallHistory;
import io.holdpoint.workflow.vault.Vault;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** An installation that may not be running: what its configuration says, and its database, opened only to be read. */
final class Installation {

    private final Configuration configuration;

    private Installation(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Reads a configuration.
     *
     * @throws CannotRun if there is no database yet; nothing is made
     */
    static Installation of(Path file) {
        var data = Optional.ofNullable(file.getParent()).orElse(Path.of("")).resolve("data");
        return Configurations.reader()
                .readStored(file, data)
                .map(Installation::new)
                .orElseThrow(() -> CannotRun.notInOrder(
                        "there is no database in %s yet; serve once, or name another --config".formatted(data)));
    }

    /** Tries a policy on the log, without starting anything. Tools' risk classes are those that entries say. */
    Simulated simulate(String name, byte[] document, CallHistory.Span span, Clock clock) {
        var policy = Policy.read(name, document, configuration.reloadable().context());
        var database = database();
        try {
            var history = CallHistory.of(database, new Vault(configuration.dataKey()));
            return new Simulation(policy, Simulation.Risks.UNKNOWN, clock).run(name, history, span);
        } catch (DataAccessException e) {
            throw unusable(e);
        } finally {
            database.destroy();
        }
    }

    /** One connection for all: H2 would open its file again for each. */
    private SingleConnectionDataSource database() {
        var url = configuration.jdbcUrl();
        return new SingleConnectionDataSource(
                url.startsWith("jdbc:h2:") ? url + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r" : url,
                configuration.spring().getOrDefault("spring.datasource.username", ""),
                configuration.spring().getOrDefault("spring.datasource.password", ""),
                true);
    }

    /** Never says the URL: a password may stand in it. */
    private static CannotRun unusable(DataAccessException e) {
        var thrown = Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
        if (thrown.filter(sql -> sql.getErrorCode() == Complaint.H2_IN_USE).isPresent()) {
            return CannotRun.notInOrder(
                    "another program has the database open, another holdpoint perhaps; to ask it, put the token of an"
                            + " auditor, an operator or an admin into " + ConsoleClient.TOKEN);
        }
        return CannotRun.notInOrder("the database cannot be read: %s"
                .formatted(thrown.flatMap(
                                sql -> String.valueOf(sql.getMessage()).lines().findFirst())
                        .orElse("")));
    }
}
