package io.holdpoint.gateway.demo;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the demo server answers to one HTTP request.
 *
 * @param body a JSON-RPC response; absent for an answer without one
 */
record Reply(int status, Map<String, String> headers, Optional<ObjectNode> body) {

    static Reply empty(int status) {
        return new Reply(status, Map.of(), Optional.empty());
    }

    static Reply json(int status, ObjectNode body) {
        return new Reply(status, Map.of(), Optional.of(body));
    }
}
