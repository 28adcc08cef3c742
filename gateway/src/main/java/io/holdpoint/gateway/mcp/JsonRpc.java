package io.holdpoint.gateway.mcp;

/** Writes JSON-RPC 2.0 messages. What is called JSON is taken as it is. */
public final class JsonRpc {

    private JsonRpc() {}

    /**
     * A response with a result.
     *
     * @param id JSON
     * @param result JSON
     */
    public static byte[] result(byte[] id, byte[] result) {
        return response(id).raw(",\"result\":").raw(result).raw("}").toBytes();
    }

    /**
     * A response with an error.
     *
     * @param id JSON
     * @param data JSON, empty for none
     */
    public static byte[] error(byte[] id, int code, String message, String data) {
        var json = response(id)
                .raw(",\"error\":{\"code\":")
                .raw(code)
                .raw(",\"message\":")
                .text(message);
        if (!data.isEmpty()) {
            json.raw(",\"data\":").raw(data);
        }
        return json.raw("}}").toBytes();
    }

    /** An error object, the value of an answer's {@code error}. */
    public static byte[] errorObject(int code, String message) {
        return new JsonBytes()
                .raw("{\"code\":")
                .raw(code)
                .raw(",\"message\":")
                .text(message)
                .raw("}")
                .toBytes();
    }

    /** The answer to a message that is refused. */
    public static byte[] error(Unacceptable refused) {
        return error(refused.id(), refused.code(), String.valueOf(refused.getMessage()), refused.data());
    }

    /**
     * A response whose error is written already, such as a server's.
     *
     * @param id JSON
     * @param error JSON, an object
     */
    public static byte[] error(byte[] id, byte[] error) {
        return response(id).raw(",\"error\":").raw(error).raw("}").toBytes();
    }

    /**
     * A notification.
     *
     * @param params JSON, an object
     */
    public static byte[] notification(String method, byte[] params) {
        return new JsonBytes()
                .raw("{\"jsonrpc\":\"2.0\",\"method\":")
                .text(method)
                .raw(",\"params\":")
                .raw(params)
                .raw("}")
                .toBytes();
    }

    /**
     * A {@code notifications/progress}.
     *
     * @param progressToken JSON, as the request had it
     * @param progress more than in the one before (MCP, Progress)
     * @param message for the person in front of the agent
     */
    public static byte[] progress(byte[] progressToken, long progress, String message) {
        var params = new JsonBytes()
                .raw("{\"progressToken\":")
                .raw(progressToken)
                .raw(",\"progress\":")
                .raw(progress)
                .raw(",\"message\":")
                .text(message)
                .raw("}");
        return notification("notifications/progress", params.toBytes());
    }

    private static JsonBytes response(byte[] id) {
        return new JsonBytes().raw("{\"jsonrpc\":\"2.0\",\"id\":").raw(id);
    }
}
