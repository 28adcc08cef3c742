package io.holdpoint.gateway.limit;

import io.holdpoint.gateway.policy.Charge;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counters of all limits, in the database: exact under parallel load, over restarts and over nodes. Every method joins
 * the caller's transaction; the rows it reads stay locked until that ends.
 */
public final class Limits {

    private static final long KEEP_MILLIS = 24 * 3600 * 1000L;

    private final JdbcTemplate jdbc;

    public Limits(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What one call is going to be charged. */
    public record Use(Scopes scopes, List<Charge> charges) {
        public Use {
            charges = List.copyOf(charges);
        }
    }

    /**
     * Locks and reads the counters these calls need. A window's first use inserts its row: if another node does the
     * same at that moment, a {@link org.springframework.dao.DuplicateKeyException} asks for the transaction to be
     * repeated.
     */
    public Tally tally(Instant now, Collection<Use> uses) {
        var keys = new TreeSet<CounterKey>();
        uses.forEach(use ->
                use.charges().forEach(charge -> keys.add(use.scopes().key(charge, now))));
        var used = new TreeMap<CounterKey, BigDecimal>();
        keys.forEach(key -> used.put(key, lock(key)));
        return new Tally(now, used);
    }

    private BigDecimal lock(CounterKey key) {
        var rows = jdbc.queryForList(
                "select used from limit_counter where counter_key = ? and window_start = ? for update",
                BigDecimal.class,
                key.name(),
                key.windowStart());
        if (!rows.isEmpty()) {
            return rows.get(0);
        }
        jdbc.update(
                "insert into limit_counter (counter_key, window_start, window_end, used) values (?, ?, ?, 0)",
                key.name(),
                key.windowStart(),
                key.windowEnd());
        return BigDecimal.ZERO;
    }

    /** Writes what the calls of this tally reserved. */
    public void save(Tally tally) {
        var rows = tally.changed().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList();
        jdbc.batchUpdate(
                "update limit_counter set used = ? where counter_key = ? and window_start = ?",
                rows,
                Math.max(1, rows.size()),
                (statement, row) -> {
                    statement.setBigDecimal(1, row.getValue());
                    statement.setString(2, row.getKey().name());
                    statement.setLong(3, row.getKey().windowStart());
                });
    }

    /** Gives back what calls reserved that did not run. */
    public void giveBack(Collection<Reserved> reserved) {
        reserved.stream()
                .sorted(Comparator.comparing(Reserved::counter).thenComparingLong(Reserved::windowStart))
                .forEach(one -> jdbc.update(
                        "update limit_counter set used = used - ? where counter_key = ? and window_start = ?",
                        one.amount(),
                        one.counter(),
                        one.windowStart()));
    }

    /** Notes what a held call reserved, with its approval. */
    public void keepFor(String approval, Collection<Reserved> reserved) {
        reserved.forEach(one -> jdbc.update(
                "insert into held_reservation (approval_id, counter_key, window_start, amount) values (?, ?, ?, ?)",
                approval,
                one.counter(),
                one.windowStart(),
                one.amount()));
    }

    /** Gives back what a held call reserved, once. */
    public void giveBackFor(String approval) {
        var reserved = jdbc.query(
                "select counter_key, window_start, amount from held_reservation where approval_id = ? for update",
                (row, number) -> new Reserved(row.getString(1), row.getLong(2), row.getBigDecimal(3)),
                approval);
        if (!reserved.isEmpty()) {
            jdbc.update("delete from held_reservation where approval_id = ?", approval);
            giveBack(reserved);
        }
    }

    /** A held call ran: what it reserved stays used. */
    public void forgetFor(String approval) {
        jdbc.update("delete from held_reservation where approval_id = ?", approval);
    }

    /** Forgets windows that ended more than a day ago. */
    public void forgetOld(Instant now) {
        jdbc.update("delete from limit_counter where window_end < ?", now.toEpochMilli() - KEEP_MILLIS);
    }
}
