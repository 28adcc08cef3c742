package io.holdpoint.workflow.approval;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One page of approvals, newest first, as SQL. A page begins behind the last row of the one before, so none is skipped. */
record Listing(String sql, Map<String, Object> parameters) {

    private static final int MOST = 500;

    /** @throws IllegalArgumentException if limit or cursor is not acceptable */
    static Listing of(ApprovalQuery query) {
        if (query.limit() < 1 || query.limit() > MOST) {
            throw new IllegalArgumentException("limit is %d; use 1 to %d".formatted(query.limit(), MOST));
        }
        var where = new ArrayList<String>();
        var parameters = new LinkedHashMap<String, Object>();
        query.state().ifPresent(state -> equal(where, parameters, "state", state.name()));
        query.server().ifPresent(server -> equal(where, parameters, "server", server));
        query.tool().ifPresent(tool -> equal(where, parameters, "tool", tool));
        query.grant().ifPresent(grant -> equal(where, parameters, "grant_id", grant));
        query.askedOf().ifPresent(person -> {
            where.add("exists (select 1 from approval_asked where person = :person and approval_id = id)");
            parameters.put("person", person.value());
        });
        query.cursor().ifPresent(cursor -> after(where, parameters, cursor));
        parameters.put("limit", query.limit() + 1);
        return new Listing(
                RowReading.SELECT + condition(where) + " order by requested_at desc, id desc limit :limit", parameters);
    }

    /** Where the page behind this approval begins. */
    static String cursor(Approval last) {
        var text = last.requestedAt() + " " + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void equal(List<String> where, Map<String, Object> parameters, String column, String value) {
        where.add(column + " = :" + column);
        parameters.put(column, value);
    }

    private static void after(List<String> where, Map<String, Object> parameters, String cursor) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            var space = text.indexOf(' ');
            parameters.put("time", Instant.parse(text.substring(0, space)).atOffset(ZoneOffset.UTC));
            parameters.put("id", new ApprovalId(text.substring(space + 1)).value());
            where.add("requested_at <= :time and (requested_at < :time or id < :id)");
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeParseException e) {
            throw new IllegalArgumentException("the cursor is none of ours; use nextCursor of the page before", e);
        }
    }

    private static String condition(List<String> where) {
        return where.isEmpty() ? "" : "where " + String.join(" and ", where);
    }
}
