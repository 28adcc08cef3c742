package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.CallId;
import io.holdpoint.workflow.CallSummary;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.approval.ApprovalRow.Answered;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.vault.NotOpenable;
import io.holdpoint.workflow.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code approval} and {@code review}. */
final class RowReading {

    static final String SELECT = """
        select id, state, call_id, server, tool, grant_id, owner, rule, policy, risk, category, arguments, agent_says,
            terms, definition, flow_definition, flow_version, process_instance, approvers, digest, told_pending,
            requested_at, expires_at, decided_at, decided_by, decided_reason, runnable_until,
            node, started_at, finished_at, error, settled_at, settled_by, settled_happened, settled_note,
            arguments_deleted_at
        from approval
        """;

    private final Vault vault;

    RowReading(Vault vault) {
        this.vault = vault;
    }

    /** What the arguments people see are sealed for. */
    static String shownOf(String id) {
        return "shown " + id;
    }

    /** An approval without its reviews. */
    ApprovalRow approval(ResultSet row, int number) throws SQLException {
        var state = ApprovalState.valueOf(row.getString("state"));
        var approval = new Approval(
                new ApprovalId(row.getString("id")),
                state,
                call(row),
                ApprovalJson.terms(row.getString("terms")),
                row.getString("digest"),
                row.getString("definition"),
                row.getInt("flow_version"),
                row.getString("agent_says"),
                ApprovalJson.people(row.getString("approvers")),
                time(row, "requested_at").orElseThrow(),
                time(row, "expires_at").orElseThrow(),
                time(row, "decided_at"),
                text(row, "decided_by").map(PersonId::new),
                text(row, "decided_reason"),
                time(row, "runnable_until"),
                row.getBoolean("told_pending"),
                List.of(),
                execution(row, state),
                time(row, "arguments_deleted_at"));
        return new ApprovalRow(
                approval,
                row.getString("flow_definition"),
                text(row, "process_instance"),
                text(row, "node"),
                List.of());
    }

    static Answered review(ResultSet row) throws SQLException {
        var review = new Review(
                new PersonId(row.getString("person")),
                Review.Verdict.valueOf(row.getString("verdict")),
                text(row, "reason"),
                row.getString("channel"),
                Assurance.valueOf(row.getString("assurance")),
                time(row, "at").orElseThrow());
        return new Answered(row.getString("element"), review);
    }

    /** The same row with its reviews. */
    static ApprovalRow with(ApprovalRow row, Map<String, List<Answered>> reviewsById) {
        var reviews = reviewsById.getOrDefault(row.id().value(), List.of());
        var bare = row.approval();
        var approval = new Approval(
                bare.id(),
                bare.state(),
                bare.call(),
                bare.terms(),
                bare.digest(),
                bare.definition(),
                bare.flowVersion(),
                bare.agentSays(),
                bare.approvers(),
                bare.requestedAt(),
                bare.expiresAt(),
                bare.decidedAt(),
                bare.decidedBy(),
                bare.decidedReason(),
                bare.runnableUntil(),
                bare.toldPending(),
                reviews.stream().map(Answered::review).toList(),
                bare.execution(),
                bare.argumentsDeletedAt());
        return new ApprovalRow(approval, row.flowDefinition(), row.processInstance(), row.node(), reviews);
    }

    private CallSummary call(ResultSet row) throws SQLException {
        return new CallSummary(
                new CallId(row.getString("call_id")),
                row.getString("server"),
                row.getString("tool"),
                row.getString("grant_id"),
                row.getString("owner"),
                row.getString("rule"),
                row.getString("policy"),
                Risk.valueOf(row.getString("risk")),
                row.getString("category"),
                shown(row.getString("id"), row.getBytes("arguments")));
    }

    /** One row that does not open must not hide all others; nobody can approve what they cannot see run. */
    private String shown(String id, byte @Nullable [] sealed) {
        if (sealed == null) { // deleted
            return "";
        }
        try {
            return new String(vault.open(shownOf(id), sealed), StandardCharsets.UTF_8);
        } catch (NotOpenable e) {
            return "\"(the stored arguments do not open with this data key)\"";
        }
    }

    private static Optional<Execution> execution(ResultSet row, ApprovalState state) throws SQLException {
        if (state != ApprovalState.RUNNING && !state.isExecuted()) {
            return Optional.empty();
        }
        return Optional.of(new Execution(
                state,
                time(row, "started_at").orElseThrow(),
                time(row, "finished_at"),
                text(row, "error"),
                settlement(row)));
    }

    private static Optional<Settlement> settlement(ResultSet row) throws SQLException {
        var at = time(row, "settled_at");
        if (at.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Settlement(
                new PersonId(row.getString("settled_by")),
                at.get(),
                row.getBoolean("settled_happened"),
                row.getString("settled_note")));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
