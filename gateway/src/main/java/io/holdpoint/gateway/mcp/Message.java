package io.holdpoint.gateway.mcp;

import java.util.Objects;

/**
 * A JSON-RPC message an agent sent, read strictly; the bytes stay as they came. Texts are empty and spans
 * {@linkplain Span#ABSENT absent} where the message has no such member.
 *
 * @param body the whole message
 * @param id the id's JSON, quotes included
 * @param name {@code params.name}
 * @param uri {@code params.uri}
 * @param taskId {@code params.taskId}
 * @param arguments {@code params.arguments}, always an object where present
 * @param meta {@code params._meta}
 * @param progressToken {@code params._meta.progressToken}
 * @param protocolVersion {@code params._meta["io.modelcontextprotocol/protocolVersion"]}, or {@code params.protocolVersion} of {@code initialize}
 * @param clientName the client's name for itself, from {@code clientInfo}; never authority
 * @param agentSays {@code params._meta["io.holdpoint/reason"]}
 * @param requestId {@code params.requestId} of {@code notifications/cancelled}, as JSON
 * @param reason {@code params.reason} of the same
 */
public record Message(
        Kind kind,
        byte[] body,
        String method,
        Span id,
        String name,
        String uri,
        String taskId,
        Span arguments,
        Span meta,
        Span progressToken,
        String protocolVersion,
        String clientName,
        String agentSays,
        Span requestId,
        String reason) {

    /** What a JSON-RPC 2.0 message is, by the members it has. */
    public enum Kind {
        REQUEST,
        NOTIFICATION,
        RESPONSE
    }

    public Message {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(body);
    }
}
