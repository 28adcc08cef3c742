package io.holdpoint.gateway.mcp;

import java.util.Objects;
import tools.jackson.core.json.JsonFactory;

/**
 * What a modern client says of itself with each request (2026-07-28, {@code params._meta}).
 *
 * @param protocolVersion empty where the request does not say
 * @param capabilities whether it has {@code clientCapabilities}, an object
 * @param tasks whether those declare the extension {@code io.modelcontextprotocol/tasks}
 */
record ClientMeta(String protocolVersion, boolean capabilities, boolean tasks) {

    static final String PROTOCOL_VERSION = "io.modelcontextprotocol/protocolVersion";
    static final String CLIENT_INFO = "io.modelcontextprotocol/clientInfo";
    static final String CLIENT_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

    private static final String TASKS = "io.modelcontextprotocol/tasks";
    private static final ClientMeta SILENT = new ClientMeta("", false, false);
    private static final JsonFactory FACTORY = StrictJson.factory(StrictJson.SERVER_DEPTH);

    ClientMeta {
        Objects.requireNonNull(protocolVersion);
    }

    /** Reads it from a message that was accepted. */
    static ClientMeta of(Message message) {
        if (!message.meta().isPresent()) {
            return SILENT;
        }
        try (var cursor = new Cursor(FACTORY, message.meta().of(message.body()))) {
            return read(cursor);
        }
    }

    private static ClientMeta read(Cursor cursor) {
        var version = "";
        var capabilities = false;
        var tasks = false;
        cursor.next();
        while (cursor.nextMember()) {
            var member = cursor.name();
            cursor.next();
            if (member.equals(PROTOCOL_VERSION) && cursor.isText()) {
                version = cursor.text();
            } else if (member.equals(CLIENT_CAPABILITIES) && cursor.isObject()) {
                capabilities = true;
                tasks = declaresTasks(cursor);
            } else {
                cursor.skip();
            }
        }
        return new ClientMeta(version, capabilities, tasks);
    }

    private static boolean declaresTasks(Cursor cursor) {
        var found = false;
        while (cursor.nextMember()) {
            var extensions = cursor.name().equals("extensions");
            cursor.next();
            if (extensions && cursor.isObject()) {
                found = hasObject(cursor);
            } else {
                cursor.skip();
            }
        }
        return found;
    }

    private static boolean hasObject(Cursor extensions) {
        var found = false;
        while (extensions.nextMember()) {
            var tasks = extensions.name().equals(TASKS);
            extensions.next();
            found |= tasks && extensions.isObject();
            extensions.skip();
        }
        return found;
    }
}
