package io.holdpoint.workflow.approval;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which approvals are in which state, and what is due to them. Reads ids and states only and locks nothing: who acts on
 * one locks its row and looks again. Every method joins the caller's transaction.
 */
final class ApprovalStates {

    /**
     * Deciding came before any end, so that one index leads to the few that are old and still have their arguments,
     * past all that ever were.
     */
    static final String WITH_OLD_ARGUMENTS = """
        select id from approval
        where arguments_deleted_at is null and decided_at <= :endedBy
            and (state in ('REJECTED', 'EXPIRED', 'CANCELLED', 'VOIDED')
                or state in ('SUCCEEDED', 'FAILED', 'UNKNOWN') and finished_at <= :endedBy and keep_until <= :now)
        limit :most\
        """;

    private static final int MANY = 500;

    private final JdbcClient jdbc;

    ApprovalStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    int pending(Optional<String> grant) {
        if (grant.isEmpty()) {
            return jdbc.sql("select count(*) from approval where state = 'PENDING'")
                    .query(Integer.class)
                    .single();
        }
        return jdbc.sql("select count(*) from approval where grant_id = ? and state = 'PENDING'")
                .param(grant.get())
                .query(Integer.class)
                .single();
    }

    List<ApprovalId> waitingToRun(Instant now) {
        return ids(jdbc.sql("""
            select id from approval where state = 'APPROVED' and told_pending and runnable_until > ?
            order by requested_at, id\
            """).param(at(now)));
    }

    List<ApprovalId> unused(Instant now) {
        return ids(jdbc.sql("select id from approval where state = 'APPROVED' and runnable_until <= ?")
                .param(at(now)));
    }

    List<ApprovalId> overdue(Instant deadline) {
        return ids(jdbc.sql("select id from approval where state = 'PENDING' and expires_at <= ?")
                .param(at(deadline)));
    }

    /** Those of a server that may still run, asked for by then. */
    List<Bound> open(String server, Instant by) {
        return jdbc.sql("""
            select id, tool, definition from approval
            where state in ('PENDING', 'APPROVED') and server = ? and requested_at <= ?\
            """)
                .param(server)
                .param(at(by))
                .query((row, number) -> new Bound(new ApprovalId(row.getString(1)), row.getString(2), row.getString(3)))
                .list();
    }

    /** Those that may still run, and what their grants were when they asked. */
    List<Executions.Asked> asked() {
        return jdbc.sql("select id, grant_id, server, grant_state from approval where state in ('PENDING', 'APPROVED')")
                .query((row, number) -> new Executions.Asked(
                        new ApprovalId(row.getString(1)), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    Optional<String> grantState(ApprovalId id) {
        return jdbc.sql("select grant_state from approval where id = ?")
                .param(id.value())
                .query(String.class)
                .optional();
    }

    List<ApprovalId> runningElsewhere(Collection<String> nodes) {
        return jdbc
                .sql("select id, node from approval where state = 'RUNNING'")
                .query((row, number) -> Map.entry(new ApprovalId(row.getString(1)), row.getString(2)))
                .list()
                .stream()
                .filter(running -> !nodes.contains(running.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    List<ApprovalChanged> of(List<ApprovalId> ids) {
        var states = new ArrayList<ApprovalChanged>();
        for (var from = 0; from < ids.size(); from += MANY) {
            var some = ids.subList(from, Math.min(ids.size(), from + MANY));
            states.addAll(jdbc.sql("select id, state from approval where id in (:ids)")
                    .param("ids", some.stream().map(ApprovalId::value).toList())
                    .query((row, number) -> new ApprovalChanged(
                            new ApprovalId(row.getString(1)), ApprovalState.valueOf(row.getString(2))))
                    .list());
        }
        return states;
    }

    /**
     * Some that ended and whose arguments are there.
     *
     * @param endedBy they ended by then, and no answer is kept for delivery
     */
    List<ApprovalId> withOldArguments(Instant now, Instant endedBy, int most) {
        return ids(jdbc.sql(WITH_OLD_ARGUMENTS)
                .param("endedBy", at(endedBy))
                .param("now", at(now))
                .param("most", most));
    }

    private static List<ApprovalId> ids(JdbcClient.StatementSpec statement) {
        return statement
                .query((row, number) -> new ApprovalId(row.getString(1)))
                .list();
    }

    private static Object at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /**
     * What an approval is bound to.
     *
     * @param definition SHA-256 of the tool's definition
     */
    record Bound(ApprovalId id, String tool, String definition) {}
}
