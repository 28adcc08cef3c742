package io.holdpoint.gateway.demo;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** MCP 2026-07-28 as a server sees it: no sessions, everything about a request is in the request. */
final class ModernProtocol {

    static final String VERSION = "2026-07-28";

    private static final String META = "io.modelcontextprotocol/";
    private static final int HEADER_MISMATCH = -32020;
    private static final int UNSUPPORTED_VERSION = -32022;

    private final ImagingTools tools;
    private final JsonRpc rpc;

    ModernProtocol(ImagingTools tools, JsonRpc rpc) {
        this.tools = tools;
        this.rpc = rpc;
    }

    /** MCP 2026-07-28, Versioning: a request that carries its protocol version is modern. */
    static boolean speaks(ObjectNode message) {
        return message.path("params").path("_meta").has(META + "protocolVersion");
    }

    Reply answer(ObjectNode message, Headers headers) {
        if (!message.has("id")) {
            return Reply.empty(202);
        }
        return refusal(message, headers).orElseGet(() -> dispatch(message));
    }

    private Optional<Reply> refusal(ObjectNode message, Headers headers) {
        var meta = message.path("params").path("_meta");
        var version = meta.path(META + "protocolVersion").asString("");
        if (!headers.get("MCP-Protocol-Version").equals(Optional.of(version))) {
            return Optional.of(mismatch(message, "MCP-Protocol-Version"));
        }
        if (!version.equals(VERSION)) {
            return Optional.of(unsupported(message, version));
        }
        if (!meta.path(META + "clientCapabilities").isObject()) {
            var error = rpc.error(message, JsonRpc.INVALID_PARAMS, "_meta has no " + META + "clientCapabilities");
            return Optional.of(Reply.json(400, error));
        }
        return mismatchingHeader(message, headers).map(header -> mismatch(message, header));
    }

    /** MCP 2026-07-28, Streamable HTTP: headers repeat what the body says, and must agree with it. */
    private static Optional<String> mismatchingHeader(ObjectNode message, Headers headers) {
        var method = message.path("method").asString("");
        if (!headers.get("Mcp-Method").equals(Optional.of(method))) {
            return Optional.of("Mcp-Method");
        }
        var name = message.path("params").path("name").asString("");
        if (method.equals("tools/call") && !headers.get("Mcp-Name").equals(Optional.of(name))) {
            return Optional.of("Mcp-Name");
        }
        return Optional.empty();
    }

    private Reply mismatch(ObjectNode message, String header) {
        return Reply.json(400, rpc.error(message, HEADER_MISMATCH, header + " is not what the body says"));
    }

    private Reply unsupported(ObjectNode message, String requested) {
        var body = rpc.error(message, UNSUPPORTED_VERSION, "this server speaks " + VERSION);
        var data = ((ObjectNode) body.get("error")).putObject("data").put("requested", requested);
        data.putArray("supported").add(VERSION);
        return Reply.json(400, body);
    }

    private Reply dispatch(ObjectNode message) {
        switch (message.path("method").asString("")) {
            case "server/discover":
                return complete(message, discovery());
            case "tools/list":
                return complete(message, cacheable(rpc.object()).set("tools", tools.definitions()));
            case "tools/call":
                var name = message.path("params").path("name").asString("");
                return tools.has(name)
                        ? complete(
                                message, tools.call(name, message.path("params").path("arguments")))
                        : Reply.json(200, rpc.error(message, JsonRpc.INVALID_PARAMS, "no tool is called that"));
            default:
                return Reply.json(404, rpc.error(message, JsonRpc.METHOD_NOT_FOUND, "this server has tools only"));
        }
    }

    private ObjectNode discovery() {
        var result = cacheable(rpc.object());
        result.putArray("supportedVersions").add(VERSION);
        result.putObject("capabilities").putObject("tools");
        return result;
    }

    /** MCP 2026-07-28, Caching: lists say how long they are good and for whom. */
    private static ObjectNode cacheable(ObjectNode result) {
        return result.put("ttlMs", 60_000).put("cacheScope", "public");
    }

    private Reply complete(ObjectNode message, ObjectNode result) {
        result.put("resultType", "complete");
        result.putObject("_meta").set(META + "serverInfo", rpc.serverInfo());
        return Reply.json(200, rpc.result(message, result));
    }
}
