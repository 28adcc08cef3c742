package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.approval.ApprovalRow.Answered;
import io.holdpoint.workflow.approval.ApprovalRow.OpenTask;
import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.vault.Vault;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables {@code approval}, {@code approval_asked}, {@code review} and {@code review_task}. Every method joins the
 * caller's transaction; what changes a row expects it to be locked.
 */
final class ApprovalRows {

    private static final int FEW = 5;

    /** Behind {@link RowReading#SELECT}: the others of the same sameness. */
    private static final String EQUAL =
            "where sameness_key = (select sameness_key from approval where id = :id) and id <> :id and ";

    private final JdbcClient jdbc;
    private final RowReading reading;
    private final RowWriting writing;
    private final RowLocks locks = new RowLocks();

    ApprovalRows(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.reading = new RowReading(vault);
        this.writing = new RowWriting(vault);
    }

    /** Takes the row's lock and reads it after that: what is read is the truth until the transaction ends. */
    Optional<ApprovalRow> lock(ApprovalId id) {
        var row = read("where id = ? for update", id.value());
        row.ifPresent(locked -> locks.add(id));
        return row;
    }

    /** Takes the row's lock if this transaction does not have it. */
    void ensureLocked(ApprovalId id) {
        if (!locks.has(id)) {
            jdbc.sql("select id from approval where id = ? for update")
                    .param(id.value())
                    .query(String.class)
                    .optional()
                    .ifPresent(locked -> locks.add(id));
        }
    }

    Optional<ApprovalRow> find(ApprovalId id) {
        return read("where id = ?", id.value());
    }

    Optional<ApprovalRow> lockByKey(String attachKey) {
        return read("where attach_key = ? for update", attachKey);
    }

    private Optional<ApprovalRow> read(String where, String parameter) {
        return jdbc.sql(RowReading.SELECT + where)
                .param(parameter)
                .query(reading::approval)
                .optional()
                .map(row -> RowReading.with(row, reviews(List.of(row.id().value()))));
    }

    /**
     * Adds a new approval and whom it asks.
     *
     * @throws org.springframework.dao.DuplicateKeyException if an equal call's is open
     */
    void add(Approval approval, String flowDefinition, String grantState, String attachKey, String samenessKey) {
        var row = writing.of(approval);
        row.put("flow_definition", flowDefinition);
        row.put("grant_state", grantState);
        row.put("attach_key", attachKey);
        row.put("sameness_key", samenessKey);
        jdbc.sql(RowWriting.insert("approval", row)).params(row).update();
        addAsked(approval);
    }

    private void addAsked(Approval approval) {
        var rows = String.join(
                ", ", approval.approvers().stream().map(person -> "(?, ?)").toList());
        var statement = jdbc.sql("insert into approval_asked (person, approval_id) values " + rows);
        for (var person : approval.approvers()) {
            statement = statement.param(person.value()).param(approval.id().value());
        }
        statement.update();
    }

    /** @return whether it is pending still: a flow may be over as soon as it starts */
    boolean started(ApprovalId id, String processInstance) {
        return jdbc.sql("update approval set process_instance = ? where id = ? and state = 'PENDING'")
                        .params(processInstance, id.value())
                        .update()
                == 1;
    }

    void add(ApprovalId id, Answered answered) {
        var review = answered.review();
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("approval_id", id.value());
        row.put("person", review.reviewer().value());
        row.put("element", answered.element());
        row.put("verdict", review.verdict().name());
        row.put("reason", review.reason().orElse(null));
        row.put("channel", review.channel());
        row.put("assurance", review.assurance().name());
        row.put("at", at(review.at()));
        jdbc.sql(RowWriting.insert("review", row)).params(row).update();
    }

    void addTask(ApprovalId id, OpenTask task) {
        jdbc.sql("insert into review_task (approval_id, task_id, element) values (?, ?, ?)")
                .params(id.value(), task.id(), task.element())
                .update();
    }

    void removeTask(ApprovalId id, String task) {
        jdbc.sql("delete from review_task where approval_id = ? and task_id = ?")
                .params(id.value(), task)
                .update();
    }

    Optional<OpenTask> openTask(ApprovalId id) {
        return jdbc
                .sql("select task_id, element from review_task where approval_id = ? order by task_id")
                .param(id.value())
                .query((row, number) -> new OpenTask(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .findFirst();
    }

    /** Writes an outcome; an equal call is a new one from then on unless this one is approved. */
    void decide(
            ApprovalId id,
            Outcome outcome,
            Instant now,
            Optional<PersonId> by,
            Optional<String> reason,
            Optional<Instant> runnableUntil) {
        var changed = jdbc.sql("""
            update approval set state = :state, decided_at = :now, decided_by = :by, decided_reason = :reason,
                runnable_until = :until,
                attach_key = case when :state = 'APPROVED' then attach_key else null end
            where id = :id and state in (:before)\
            """)
                .param("state", outcome.name())
                .param("before", before(outcome))
                .param("now", at(now))
                .param("by", by.map(PersonId::value).orElse(null))
                .param("reason", reason.orElse(null))
                .param("until", runnableUntil.map(ApprovalRows::at).orElse(null))
                .param("id", id.value())
                .update();
        changedOne(changed, id, outcome.name());
    }

    /** The states an outcome may follow (spec 05, the picture at the top). */
    private static List<String> before(Outcome outcome) {
        return switch (outcome) {
            case APPROVED, REJECTED -> List.of("PENDING");
            case EXPIRED, CANCELLED, VOIDED -> List.of("PENDING", "APPROVED");
        };
    }

    /** The row's lock keeps everybody else out; should it ever not, the step ends here and nothing is overwritten. */
    private static void changedOne(int changed, ApprovalId id, String what) {
        if (changed != 1) {
            throw new OptimisticLockingFailureException(
                    "%s is in no state from which it becomes %s; nothing changed".formatted(id, what));
        }
    }

    void running(ApprovalId id, String node, Instant now) {
        var changed = jdbc.sql("""
            update approval set state = 'RUNNING', node = ?, started_at = ?, error = null
            where id = ? and state = 'APPROVED'\
            """).params(node, at(now), id.value()).update();
        changedOne(changed, id, "RUNNING");
    }

    void notRunning(ApprovalId id, String error) {
        var changed = jdbc.sql("""
            update approval set state = 'APPROVED', node = null, started_at = null, error = ?
            where id = ? and state = 'RUNNING'\
            """).params(error, id.value()).update();
        changedOne(changed, id, "APPROVED again");
    }

    void finished(ApprovalId id, ApprovalState state, Optional<String> error, Instant now, Instant keepUntil) {
        var changed = jdbc.sql("""
            update approval set state = ?, error = ?, finished_at = ?, keep_until = ?
            where id = ? and state = 'RUNNING'\
            """)
                .param(state.name())
                .param(error.orElse(null))
                .param(at(now))
                .param(at(keepUntil))
                .param(id.value())
                .update();
        changedOne(changed, id, state.name());
    }

    /** Cards of equal calls warn no longer; without arguments nothing else needs the key. */
    void settled(ApprovalId id, Settlement settlement) {
        var changed = jdbc.sql("""
            update approval set settled_at = ?, settled_by = ?, settled_happened = ?, settled_note = ?,
                sameness_key = case when arguments_deleted_at is null then sameness_key else null end
            where id = ? and state = 'UNKNOWN' and settled_at is null\
            """)
                .param(at(settlement.at()))
                .param(settlement.by().value())
                .param(settlement.happened())
                .param(storable(settlement.note()))
                .param(id.value())
                .update();
        changedOne(changed, id, "settled");
    }

    void say(ApprovalId id, String text) {
        jdbc.sql("update approval set agent_says = ? where id = ?")
                .param(storable(text))
                .param(id.value())
                .update();
    }

    void toldPending(ApprovalId id) {
        jdbc.sql("update approval set told_pending = true where id = ? and state in ('PENDING', 'APPROVED')")
                .param(id.value())
                .update();
    }

    /** An equal call is a new one from now on. */
    void release(ApprovalId id) {
        jdbc.sql("update approval set attach_key = null where id = ? and state not in ('PENDING', 'APPROVED',"
                        + " 'RUNNING')")
                .param(id.value())
                .update();
    }

    /** Whether an equal call may attach to this one, which still has its key. */
    boolean isAttachable(ApprovalId id, Instant now) {
        return jdbc.sql("""
            select count(*) from approval where id = :id and (state in ('PENDING', 'RUNNING')
                or state = 'APPROVED' and runnable_until > :now
                or state in ('SUCCEEDED', 'FAILED', 'UNKNOWN') and keep_until > :now)\
            """)
                        .param("id", id.value())
                        .param("now", at(now))
                        .query(Integer.class)
                        .single()
                == 1;
    }

    ApprovalPage list(ApprovalQuery query) {
        var listing = Listing.of(query);
        var rows = jdbc.sql(listing.sql())
                .params(listing.parameters())
                .query(reading::approval)
                .list();
        var shown = rows.subList(0, Math.min(rows.size(), query.limit()));
        var reviews = reviews(shown.stream().map(row -> row.id().value()).toList());
        var items = shown.stream()
                .map(row -> RowReading.with(row, reviews).approval())
                .toList();
        return new ApprovalPage(
                items,
                rows.size() > shown.size()
                        ? Optional.of(Listing.cursor(items.get(items.size() - 1)))
                        : Optional.empty());
    }

    Optional<Approval> equalThatRan(ApprovalId id) {
        return others(id, "started_at is not null", 1).stream().findFirst();
    }

    List<Approval> unsettledEquals(ApprovalId id) {
        return others(id, "state = 'UNKNOWN' and settled_at is null", FEW);
    }

    private List<Approval> others(ApprovalId id, String condition, int most) {
        var rows = jdbc.sql(RowReading.SELECT + EQUAL + condition + " order by started_at desc, id desc limit :most")
                .param("id", id.value())
                .param("most", most)
                .query(reading::approval)
                .list();
        var reviews = reviews(rows.stream().map(row -> row.id().value()).toList());
        return rows.stream()
                .map(row -> RowReading.with(row, reviews).approval())
                .toList();
    }

    /** Takes away what tells arguments. The key stays where cards of equal calls have to warn. */
    void argumentsDeleted(List<ApprovalId> ids, Instant now) {
        jdbc.sql("""
            update approval set arguments = null, arguments_deleted_at = :now, attach_key = null,
                sameness_key = case when state = 'UNKNOWN' and settled_at is null then sameness_key else null end
            where id in (:ids)\
            """)
                .param("now", at(now))
                .param("ids", ids.stream().map(ApprovalId::value).toList())
                .update();
    }

    private Map<String, List<Answered>> reviews(List<String> ids) {
        var reviews = new LinkedHashMap<String, List<Answered>>();
        if (ids.isEmpty()) {
            return reviews;
        }
        jdbc.sql("""
            select approval_id, element, person, verdict, reason, channel, assurance, at from review
            where approval_id in (:ids) order by at, person\
            """).param("ids", ids).query(row -> {
            reviews.computeIfAbsent(row.getString(1), id -> new ArrayList<>()).add(RowReading.review(row));
        });
        return reviews;
    }

    /** PostgreSQL takes no NUL. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static Object at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
