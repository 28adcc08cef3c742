package io.holdpoint.gateway.mcp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * One pass over one message. What is wrong with its meaning is noted and said only at the end: by then all of it is
 * known to be well-formed, and the id that is echoed to be the only one.
 */
final class MessageScan implements AutoCloseable {

    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int INVALID_PARAMS = -32602;

    private static final int LONGEST_ID = 256;
    private static final int LONGEST_METHOD = 256;
    private static final int LONGEST_TOOL = 255;
    static final byte[] NO_ID = "null".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> JUDGED = List.of("jsonrpc", "id", "method", "params", "result", "error");
    private static final List<String> JUDGED_PARAMS = List.of(
            "name", "arguments", "uri", "taskId", "requestId", "_meta", "task", "inputResponses", "requestState");

    private final byte[] body;
    private final Cursor cursor;

    private int faultCode;
    private String fault = "";

    private String jsonrpc = "";
    private String method = "";
    private Span id = Span.ABSENT;
    private boolean hasMethod;
    private boolean hasResult;
    private boolean hasError;

    private boolean hasName;
    private String name = "";
    private String uri = "";
    private String taskId = "";
    private Span arguments = Span.ABSENT;
    private Span meta = Span.ABSENT;
    private Span progressToken = Span.ABSENT;
    private String metaVersion = "";
    private String paramsVersion = "";
    private String metaClient = "";
    private String paramsClient = "";
    private String agentSays = "";
    private Span requestId = Span.ABSENT;
    private String reason = "";

    MessageScan(JsonFactory factory, byte[] body) {
        this.body = body;
        this.cursor = new Cursor(factory, body);
    }

    /** @throws tools.jackson.core.JacksonException if it is not one well-formed JSON text */
    Message read() {
        begin(cursor.next());
        while (cursor.nextMember()) {
            member(cursor.name());
        }
        if (cursor.next() != JsonToken.NOT_AVAILABLE) {
            throw refused(PARSE_ERROR, "there is more after the message's end; send one message per request", NO_ID);
        }
        judge();
        if (!fault.isEmpty()) {
            throw refused(faultCode, fault, id.isPresent() ? id.of(body) : NO_ID);
        }
        return message();
    }

    private static void begin(JsonToken first) {
        if (first == JsonToken.NOT_AVAILABLE) {
            throw refused(PARSE_ERROR, "the body is empty; send one JSON-RPC message", NO_ID);
        }
        if (first == JsonToken.START_ARRAY) {
            throw refused(INVALID_REQUEST, "the message is a batch; send one message per request", NO_ID);
        }
        if (first != JsonToken.START_OBJECT) {
            throw refused(INVALID_REQUEST, "the message is no object; send one JSON-RPC message", NO_ID);
        }
    }

    static Unacceptable refused(int code, String what, byte[] id) {
        return new Unacceptable(400, code, what, id, "");
    }

    private void note(int code, String what) {
        if (fault.isEmpty()) {
            faultCode = code;
            fault = what;
        }
    }

    private void member(String member) {
        cursor.next();
        switch (member) {
            case "jsonrpc" -> jsonrpc = text(INVALID_REQUEST, "jsonrpc");
            case "id" -> id();
            case "method" -> {
                hasMethod = true;
                method = text(INVALID_REQUEST, "method");
            }
            case "params" -> params();
            case "result" -> {
                hasResult = true;
                cursor.skip();
            }
            case "error" -> {
                hasError = true;
                cursor.skip();
            }
            default -> other(INVALID_REQUEST, member, JUDGED);
        }
    }

    private void id() {
        id = idOrToken();
        if (!id.isPresent()) {
            note(INVALID_REQUEST, "id is no string or integer of at most %d bytes".formatted(LONGEST_ID));
        }
    }

    /** The value at hand if it is a string or an integer and not too long to be echoed, else absent. */
    private Span idOrToken() {
        var fits = cursor.isText() || cursor.isInteger();
        var span = cursor.span();
        return fits && span.to() - span.from() <= LONGEST_ID ? span : Span.ABSENT;
    }

    private String text(int code, String what) {
        if (cursor.isText()) {
            return cursor.text();
        }
        cursor.skip();
        note(code, what + " is no string");
        return "";
    }

    private String textOrNothing() {
        if (cursor.isText()) {
            return cursor.text();
        }
        cursor.skip();
        return "";
    }

    /** A member nobody here reads. A server that ignores case would read it as the one it resembles. */
    private void other(int code, String member, List<String> judged) {
        cursor.skip();
        if (judged.contains(member)) {
            return;
        }
        for (var known : judged) {
            if (known.length() == member.length() && known.equalsIgnoreCase(member)) {
                note(code, "a member is \"%s\" in other letters; write it exactly so".formatted(known));
            }
        }
    }

    private void params() {
        if (!cursor.isObject()) {
            cursor.skip();
            note(INVALID_PARAMS, "params is no object");
            return;
        }
        while (cursor.nextMember()) {
            param(cursor.name());
        }
    }

    private void param(String member) {
        cursor.next();
        switch (member) {
            case "name" -> {
                hasName = true;
                name = text(INVALID_PARAMS, "params.name");
            }
            case "arguments" -> arguments();
            case "_meta" -> meta();
            case "uri" -> uri = text(INVALID_PARAMS, "params.uri");
            case "taskId" -> taskId = text(INVALID_PARAMS, "params.taskId");
            case "requestId" -> requestId = idOrToken();
            case "reason" -> reason = textOrNothing();
            case "protocolVersion" -> paramsVersion = textOrNothing();
            case "clientInfo" -> paramsClient = clientName();
            default -> other(INVALID_PARAMS, member, JUDGED_PARAMS);
        }
    }

    private void arguments() {
        if (!cursor.isObject()) {
            note(INVALID_PARAMS, "params.arguments is no object; send {} or leave it out");
        }
        arguments = cursor.span();
    }

    private void meta() {
        if (!cursor.isObject()) {
            if (!cursor.isNull()) {
                note(INVALID_PARAMS, "params._meta is no object");
            }
            cursor.skip();
            return;
        }
        var from = cursor.from();
        while (cursor.nextMember()) {
            metaMember(cursor.name());
        }
        meta = new Span(from, cursor.to());
    }

    private void metaMember(String member) {
        cursor.next();
        switch (member) {
            case "progressToken" -> progressToken();
            case ClientMeta.PROTOCOL_VERSION -> {
                metaVersion = text(INVALID_PARAMS, member);
                if (metaVersion.isEmpty()) {
                    note(INVALID_PARAMS, member + " is empty; use a revision such as 2026-07-28");
                }
            }
            case ClientMeta.CLIENT_INFO -> metaClient = clientName();
            case "io.holdpoint/reason" -> agentSays = textOrNothing();
            default -> cursor.skip();
        }
    }

    private void progressToken() {
        var absent = cursor.isNull();
        progressToken = idOrToken();
        if (!absent && !progressToken.isPresent()) {
            note(INVALID_PARAMS, "progressToken is no string or integer of at most %d bytes".formatted(LONGEST_ID));
        }
    }

    private String clientName() {
        if (!cursor.isObject()) {
            cursor.skip();
            return "";
        }
        var found = "";
        while (cursor.nextMember()) {
            var isName = cursor.name().equals("name");
            cursor.next();
            if (isName) {
                found = textOrNothing();
            } else {
                cursor.skip();
            }
        }
        return found;
    }

    private void judge() {
        if (!jsonrpc.equals("2.0")) {
            note(INVALID_REQUEST, "jsonrpc is not \"2.0\"");
        }
        if (!hasMethod) {
            judgeResponse();
            return;
        }
        if (hasResult || hasError) {
            note(INVALID_REQUEST, "the message has a method and a result or error; send one or the other");
        }
        judgeMethod();
        judgeParams();
    }

    private void judgeResponse() {
        if (hasResult == hasError) {
            note(INVALID_REQUEST, "the message has no method, nor exactly one of result and error");
        }
        if (!id.isPresent()) {
            note(INVALID_REQUEST, "a response needs the id of its request");
        }
    }

    private void judgeMethod() {
        if (method.isEmpty() || method.length() > LONGEST_METHOD || hasControlCharacters(method)) {
            note(INVALID_REQUEST, "method is empty, longer than 256 characters or has control characters");
        }
        if (Methods.resemblesAnother(method)) {
            note(INVALID_REQUEST, "method resembles one of MCP's but is not written like it");
        }
        if (Methods.isRequest(method) && !id.isPresent()) {
            note(INVALID_REQUEST, "this method is a request and needs an id");
        }
        if (method.startsWith(Methods.NOTIFICATIONS) && id.isPresent()) {
            note(INVALID_REQUEST, "a notification has no id");
        }
    }

    private void judgeParams() {
        if (hasControlCharacters(name)) {
            note(INVALID_PARAMS, "params.name has control characters");
        }
        if (method.equals(Methods.TOOLS_CALL)) {
            judgeTool();
        }
        if (Methods.ABOUT_A_TASK.contains(method) && taskId.isEmpty()) {
            note(INVALID_PARAMS, "params.taskId is missing");
        }
        if (method.equals(Methods.CANCELLED) && !requestId.isPresent()) {
            note(INVALID_PARAMS, "params.requestId is no string or integer of at most 256 bytes");
        }
    }

    private void judgeTool() {
        if (!hasName || name.isEmpty()) {
            note(INVALID_PARAMS, "params.name is missing; name the tool");
        }
        if (name.length() > LONGEST_TOOL) {
            note(INVALID_PARAMS, "params.name is longer than %d characters".formatted(LONGEST_TOOL));
        }
    }

    private static boolean hasControlCharacters(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private Message message() {
        var cancelled = method.equals(Methods.CANCELLED);
        var initialize = method.equals(Methods.INITIALIZE);
        return new Message(
                kind(),
                body,
                method,
                id,
                name,
                uri,
                taskId,
                arguments,
                meta,
                progressToken,
                metaVersion.isEmpty() && initialize ? paramsVersion : metaVersion,
                metaClient.isEmpty() && initialize ? paramsClient : metaClient,
                agentSays,
                cancelled ? requestId : Span.ABSENT,
                cancelled ? reason : "");
    }

    private Message.Kind kind() {
        if (!hasMethod) {
            return Message.Kind.RESPONSE;
        }
        return id.isPresent() ? Message.Kind.REQUEST : Message.Kind.NOTIFICATION;
    }

    @Override
    public void close() {
        cursor.close();
    }
}
