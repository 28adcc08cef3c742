package io.holdpoint.gateway.console;

import io.holdpoint.gateway.console.VisibleText.Piece;
import io.holdpoint.workflow.approval.ApprovalId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * An audit entry as a page shows it; fields an entry does not have are empty.
 *
 * @param approval the id of the approval it is about, empty where it is about something else
 * @param entry the whole entry, laid out
 */
record LogRow(
        Moment at,
        List<Piece> type,
        List<Piece> actor,
        List<Piece> channel,
        List<Piece> server,
        List<Piece> tool,
        List<Piece> grant,
        List<Piece> outcome,
        String approval,
        List<Piece> entry) {

    private static final Moment NO_TIME = new Moment("", "", "");

    static LogRow of(String entry, Names names, Instant now) {
        var json = parse(entry);
        var subject = text(json, "subject");
        return new LogRow(
                moment(text(json, "time"), now),
                VisibleText.of(text(json, "type")),
                VisibleText.of(actor(json.path("actor"), names)),
                VisibleText.of(text(json.path("actor"), "channel")),
                VisibleText.of(text(json, "server")),
                VisibleText.of(text(json, "tool")),
                VisibleText.of(text(json, "grant")),
                VisibleText.of(text(json, "outcome")),
                ApprovalId.isOne(subject) ? subject : "",
                VisibleText.ofLines(JsonLines.of(entry)));
    }

    private static String actor(JsonNode actor, Names names) {
        var id = text(actor, "id");
        return text(actor, "kind").equals("person") ? names.of(id) : id;
    }

    private static Moment moment(String time, Instant now) {
        try {
            return Moment.of(Instant.parse(time), now);
        } catch (DateTimeException e) {
            return NO_TIME;
        }
    }

    /** The log is shown whatever stands in it: what cannot be read is still there to see, laid out. */
    private static JsonNode parse(String entry) {
        try {
            return Json.read(entry);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static String text(JsonNode object, String member) {
        var value = object.path(member);
        return value.isString() ? value.stringValue() : "";
    }
}
