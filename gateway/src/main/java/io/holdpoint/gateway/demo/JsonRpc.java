package io.holdpoint.gateway.demo;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON-RPC 2.0 responses of the demo server. */
final class JsonRpc {

    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;

    private final JsonMapper json;

    JsonRpc(JsonMapper json) {
        this.json = json;
    }

    ObjectNode object() {
        return json.createObjectNode();
    }

    ObjectNode result(ObjectNode request, ObjectNode result) {
        return response(request).set("result", result);
    }

    ObjectNode error(ObjectNode request, int code, String message) {
        var response = response(request);
        response.putObject("error").put("code", code).put("message", message);
        return response;
    }

    ObjectNode serverInfo() {
        return object().put("name", "holdpoint-demo-imaging").put("version", "1.0.0");
    }

    private ObjectNode response(ObjectNode request) {
        return object().put("jsonrpc", "2.0").set("id", request.get("id"));
    }
}
