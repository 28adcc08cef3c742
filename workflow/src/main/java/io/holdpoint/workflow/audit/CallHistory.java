package io.holdpoint.workflow.audit;

import io.holdpoint.workflow.vault.Vault;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/** The decisions on calls that stand in the log, for whoever looks back. Safe for any thread; blocks on the database. */
public interface CallHistory {

    /**
     * Which calls.
     *
     * @param since of this moment and later
     * @param until before this moment
     * @param grant of this grant only
     * @param server of this server only
     */
    record Span(Instant since, Instant until, Optional<String> grant, Optional<String> server) {
        public Span {
            Objects.requireNonNull(since);
            Objects.requireNonNull(until);
            Objects.requireNonNull(grant);
            Objects.requireNonNull(server);
        }
    }

    /** Who is shown calls. */
    @FunctionalInterface
    interface Reader {

        /** Takes a call, and says whether it wants another. */
        boolean take(PastCall call);

        /** Whether to look for more; asked now and then where no call comes, too. */
        default boolean goesOn() {
            return true;
        }
    }

    /** The time of the oldest entry; empty where the log is. */
    Optional<Instant> begins();

    /**
     * Shows calls in the order of the log, which is that of time but for moments. Calls that joined one that was held
     * already are left out. Holds some hundred calls in memory, and the arguments of one, however many there are.
     */
    void forEach(Span span, Reader reader);

    /** The history in a database that nothing else need be started for. */
    static CallHistory of(DataSource dataSource, Vault vault) {
        return new JdbcCallHistory(dataSource, vault);
    }
}
