package io.holdpoint.gateway.demo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** MCP 2025-06-18 and 2025-11-25 as a server sees them: {@code initialize}, then requests of a session. */
final class LegacyProtocol {

    static final String SESSION = "Mcp-Session-Id";

    private static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18");
    private static final Pattern OURS = Pattern.compile("demo-[0-9a-f-]{36}");

    /** Sessions are known by their form, so that a call that was held in one still runs after a restart. */
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    private final ImagingTools tools;
    private final JsonRpc rpc;

    LegacyProtocol(ImagingTools tools, JsonRpc rpc) {
        this.tools = tools;
        this.rpc = rpc;
    }

    Reply answer(ObjectNode message, Headers headers) {
        var method = message.path("method").asString("");
        if (method.equals("initialize")) {
            return initialize(message);
        }
        var refusal = refusal(headers);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!message.has("id") || method.isEmpty()) {
            return Reply.empty(202); // a notification, or the answer to a request we never make
        }
        return Reply.json(200, dispatch(method, message));
    }

    /** MCP 2025-11-25, Session Management: the client ends its session. */
    Reply end(Headers headers) {
        var session = headers.get(SESSION).orElse("");
        return Reply.empty(isOpen(session) && ended.add(session) ? 204 : 404);
    }

    private boolean isOpen(String session) {
        return OURS.matcher(session).matches() && !ended.contains(session);
    }

    private Reply initialize(ObjectNode message) {
        var wanted = message.path("params").path("protocolVersion").asString("");
        var result = rpc.object().put("protocolVersion", VERSIONS.contains(wanted) ? wanted : VERSIONS.get(0));
        result.putObject("capabilities").putObject("tools");
        result.set("serverInfo", rpc.serverInfo());
        var session = "demo-" + UUID.randomUUID();
        return new Reply(200, Map.of(SESSION, session), Optional.of(rpc.result(message, result)));
    }

    private Optional<Reply> refusal(Headers headers) {
        var version = headers.get("MCP-Protocol-Version");
        if (version.isPresent() && !VERSIONS.contains(version.get())) {
            return Optional.of(Reply.empty(400));
        }
        var session = headers.get(SESSION);
        if (session.isEmpty()) {
            return Optional.of(Reply.empty(400));
        }
        return isOpen(session.get()) ? Optional.empty() : Optional.of(Reply.empty(404));
    }

    private ObjectNode dispatch(String method, ObjectNode message) {
        switch (method) {
            case "ping":
                return rpc.result(message, rpc.object());
            case "tools/list":
                return rpc.result(message, rpc.object().set("tools", tools.definitions()));
            case "tools/call":
                var name = message.path("params").path("name").asString("");
                return tools.has(name)
                        ? rpc.result(
                                message, tools.call(name, message.path("params").path("arguments")))
                        : rpc.error(message, JsonRpc.INVALID_PARAMS, "no tool is called that; see tools/list");
            default:
                return rpc.error(message, JsonRpc.METHOD_NOT_FOUND, "this server has tools only");
        }
    }
}
