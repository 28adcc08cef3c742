package io.holdpoint.gateway.mcp;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads what servers send: one well-formed JSON-RPC message, of which only the frame is looked at. Half surrogate pairs
 * may stand in it; they are the server's own and travel on as they are.
 */
public final class AnswerReader {

    private static final JsonFactory FACTORY = StrictJson.factory(StrictJson.SERVER_DEPTH);

    private final byte[] body;
    private final Cursor cursor;

    private boolean isJsonRpc;
    private boolean isError;
    private String resultType = "";
    private String method = "";
    private Span id = Span.ABSENT;
    private Span params = Span.ABSENT;
    private Span result = Span.ABSENT;
    private Span error = Span.ABSENT;

    private AnswerReader(byte[] body, Cursor cursor) {
        this.body = body;
        this.cursor = cursor;
    }

    /**
     * Reads one message.
     *
     * @param body kept, not copied; nobody may change it afterwards
     * @throws UnreadableAnswer if it is not exactly one well-formed JSON-RPC message
     */
    public static Answer read(byte[] body) {
        try (var cursor = open(body)) {
            return new AnswerReader(body, cursor).read();
        } catch (JacksonException malformed) {
            throw unreadable(malformed);
        }
    }

    /** A cursor at the message's beginning. */
    static Cursor open(byte[] body) {
        if (Utf8.firstFault(body) != Utf8.NONE) {
            throw new UnreadableAnswer("the server's message is not UTF-8 without a byte order mark");
        }
        var cursor = new Cursor(FACTORY, body);
        if (cursor.next() != JsonToken.START_OBJECT) {
            cursor.close();
            throw new UnreadableAnswer("the server's message is no JSON object");
        }
        return cursor;
    }

    static UnreadableAnswer unreadable(JacksonException malformed) {
        var location = malformed.getLocation();
        var where = location == null ? "" : " near character " + location.getCharOffset();
        return new UnreadableAnswer("the server's message is not strict JSON" + where);
    }

    static void requireEnd(Cursor cursor) {
        if (cursor.next() != JsonToken.NOT_AVAILABLE) {
            throw new UnreadableAnswer("there is more after the server's message");
        }
    }

    private Answer read() {
        while (cursor.nextMember()) {
            member(cursor.name());
        }
        requireEnd(cursor);
        return new Answer(kind(), body, method, id, params, result, error, isError, resultType);
    }

    private void member(String member) {
        cursor.next();
        switch (member) {
            case "jsonrpc" -> isJsonRpc = cursor.isText() && cursor.text().equals("2.0");
            case "id" -> id();
            case "method" -> method();
            case "params" -> params = cursor.span();
            case "result" -> result();
            case "error" -> error();
            default -> cursor.skip();
        }
    }

    private void id() {
        if (cursor.isNull()) {
            return;
        }
        if (!cursor.isText() && !cursor.isNumber()) {
            throw new UnreadableAnswer("the id of the server's message is no string or number");
        }
        id = cursor.span();
    }

    private void method() {
        if (!cursor.isText()) {
            throw new UnreadableAnswer("the method of the server's message is no string");
        }
        method = cursor.text();
    }

    private void error() {
        if (!cursor.isObject()) {
            throw new UnreadableAnswer("the error of the server's message is no object");
        }
        error = cursor.span();
    }

    private void result() {
        if (!cursor.isObject()) {
            throw new UnreadableAnswer("the result of the server's message is no object");
        }
        var from = cursor.from();
        while (cursor.nextMember()) {
            var member = cursor.name();
            cursor.next();
            if (member.equals("isError")) {
                isError = cursor.isTrue();
            } else if (member.equals("resultType") && cursor.isText()) {
                resultType = cursor.text();
            }
            cursor.skip();
        }
        result = new Span(from, cursor.to());
    }

    private Message.Kind kind() {
        if (!isJsonRpc) {
            throw new UnreadableAnswer("the server's message has no \"jsonrpc\": \"2.0\"");
        }
        var isResponse = result.isPresent() || error.isPresent();
        if (isResponse == !method.isEmpty() || result.isPresent() && error.isPresent()) {
            throw new UnreadableAnswer("the server's message is not one of request, notification, result and error");
        }
        if (isResponse) {
            return Message.Kind.RESPONSE;
        }
        return id.isPresent() ? Message.Kind.REQUEST : Message.Kind.NOTIFICATION;
    }
}
