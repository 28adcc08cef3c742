package io.holdpoint.gateway.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out which revision a message is of, and that its headers say the same as its body (2026-07-28, Streamable HTTP,
 * Server Validation). A message whose two halves disagree would be one call for a router and another one for a server.
 * Stateless and safe for any thread.
 */
public final class HeaderCheck {

    /** {@code HeaderMismatch} of 2026-07-28. */
    public static final int HEADER_MISMATCH = -32020;

    /** {@code UnsupportedProtocolVersion} of 2026-07-28. */
    public static final int UNSUPPORTED_VERSION = -32022;

    private static final int INVALID_REQUEST = -32600;
    private static final int INVALID_PARAMS = -32602;
    private static final String VERSION = "MCP-Protocol-Version";
    private static final String ENCODED = "=?base64?";
    private static final String ENCODED_END = "?=";
    private static final int LONGEST_SHOWN = 64;

    private HeaderCheck() {}

    /**
     * Checks one message.
     *
     * @param headers the values of a header by its name, whatever its case; an empty list for none
     * @return the revision to treat the message by; for a legacy message without the header 2025-03-26, and for {@code
     *     initialize} the one it asks for or, where that is none of ours, the latest legacy one
     * @throws Unacceptable 400 with −32020 where header and body differ, −32022 where the version is none of ours,
     *     −32602 where {@code _meta} lacks what 2026-07-28 requires
     */
    public static Revision check(Message message, Function<String, List<String>> headers) {
        var meta = ClientMeta.of(message);
        var versions = headers.apply(VERSION);
        if (versions.size() > 1) {
            throw unsupported(message, String.join(", ", versions), Revision.values());
        }
        if (versions.isEmpty()) {
            return withoutHeader(message, meta);
        }
        return withHeader(message, meta, trim(versions.get(0)), headers);
    }

    /**
     * The revision of a request without a body, GET or DELETE.
     *
     * @throws Unacceptable 400 with −32022 if the header is there twice or names none of ours
     */
    public static Revision ofBodyless(Function<String, List<String>> headers) {
        var versions = headers.apply(VERSION);
        if (versions.isEmpty()) {
            return Revision.V2025_03_26;
        }
        var requested = versions.stream().map(HeaderCheck::trim).collect(Collectors.joining(", "));
        return Revision.of(requested).orElseThrow(() -> unsupported(MessageScan.NO_ID, requested, Revision.values()));
    }

    private static Revision withoutHeader(Message message, ClientMeta meta) {
        if (!meta.protocolVersion().isEmpty()) {
            throw mismatch(message, "the header MCP-Protocol-Version is missing");
        }
        if (!message.method().equals(Methods.INITIALIZE)) {
            return Revision.V2025_03_26; // 2025-06-18 and later, Protocol Version Header: absent means this one
        }
        return Revision.of(message.protocolVersion())
                .filter(asked -> !asked.isModern())
                .orElse(Revision.V2025_11_25);
    }

    private static Revision withHeader(
            Message message, ClientMeta meta, String header, Function<String, List<String>> headers) {
        var revision = Revision.of(header);
        if (meta.protocolVersion().isEmpty()) {
            var known = revision.orElseThrow(() -> unsupported(message, header, Revision.values()));
            if (!known.isModern()) {
                return known;
            }
            requireNotification(message);
        } else if (!meta.protocolVersion().equals(header)) {
            throw mismatch(message, "the header MCP-Protocol-Version differs from _meta");
        }
        if (revision.filter(Revision::isModern).isEmpty()) {
            throw unsupported(message, header, Revision.V2026_07_28);
        }
        checkModern(message, meta, headers);
        return Revision.V2026_07_28;
    }

    /** Only a modern notification may do without {@code _meta}. */
    private static void requireNotification(Message message) {
        if (message.kind() == Message.Kind.REQUEST) {
            throw refused(message, INVALID_PARAMS, "_meta lacks " + ClientMeta.PROTOCOL_VERSION);
        }
        if (message.kind() == Message.Kind.RESPONSE) {
            throw refused(message, INVALID_REQUEST, "2026-07-28 has no responses from clients");
        }
    }

    private static void checkModern(Message message, ClientMeta meta, Function<String, List<String>> headers) {
        if (message.kind() == Message.Kind.REQUEST && !meta.capabilities()) {
            throw refused(message, INVALID_PARAMS, "_meta lacks " + ClientMeta.CLIENT_CAPABILITIES + ", an object");
        }
        if (!only(message, headers, "Mcp-Method").equals(message.method())) {
            throw mismatch(message, "the header Mcp-Method differs from method");
        }
        checkName(message, headers);
    }

    private static void checkName(Message message, Function<String, List<String>> headers) {
        var name = named(message);
        if (name.isEmpty()
                && (!isNamed(message.method()) || headers.apply("Mcp-Name").isEmpty())) {
            return;
        }
        var header = decoded(message, only(message, headers, "Mcp-Name"));
        if (!Arrays.equals(header, name.getBytes(StandardCharsets.UTF_8))) {
            throw mismatch(message, "the header Mcp-Name differs from params");
        }
    }

    private static boolean isNamed(String method) {
        return switch (method) {
            case Methods.TOOLS_CALL, "prompts/get", "resources/read" -> true;
            default -> Methods.ABOUT_A_TASK.contains(method);
        };
    }

    /** What {@code Mcp-Name} repeats; empty where the method has no such thing or the body lacks it. */
    private static String named(Message message) {
        return switch (message.method()) {
            case Methods.TOOLS_CALL, "prompts/get" -> message.name();
            case "resources/read" -> message.uri();
            default -> Methods.ABOUT_A_TASK.contains(message.method()) ? message.taskId() : "";
        };
    }

    private static String only(Message message, Function<String, List<String>> headers, String header) {
        var values = headers.apply(header);
        if (values.size() != 1) {
            throw mismatch(message, "the header %s is there %d times; send it once".formatted(header, values.size()));
        }
        var value = trim(values.get(0));
        if (!value.chars().allMatch(c -> c == '\t' || c >= ' ' && c <= '~')) {
            throw mismatch(message, "the header %s has characters outside ASCII; use =?base64?…?=".formatted(header));
        }
        return value;
    }

    private static byte[] decoded(Message message, String value) {
        if (!value.startsWith(ENCODED) || !value.endsWith(ENCODED_END) || value.length() < 11) {
            return value.getBytes(StandardCharsets.US_ASCII);
        }
        try {
            return Base64.getDecoder().decode(value.substring(ENCODED.length(), value.length() - ENCODED_END.length()));
        } catch (IllegalArgumentException notBase64) {
            throw mismatch(message, "the header Mcp-Name is not the base64 it says it is");
        }
    }

    /** Optional white space around a field's value is no part of it (RFC 9110, section 5.5). */
    private static String trim(String value) {
        var from = 0;
        var to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static Unacceptable mismatch(Message message, String what) {
        return refused(message, HEADER_MISMATCH, what);
    }

    private static Unacceptable refused(Message message, int code, String what) {
        return new Unacceptable(400, code, what, idOf(message), "");
    }

    private static Unacceptable unsupported(Message message, String requested, Revision... supported) {
        return unsupported(idOf(message), requested, supported);
    }

    private static Unacceptable unsupported(byte[] id, String requested, Revision... supported) {
        var shown = requested.substring(0, Math.min(LONGEST_SHOWN, requested.length()));
        var list = Stream.of(supported).map(one -> '"' + one.wire() + '"').collect(Collectors.joining(",", "[", "]"));
        var data = new JsonBytes()
                .raw("{\"supported\":" + list + ",\"requested\":")
                .text(shown)
                .raw("}");
        return new Unacceptable(400, UNSUPPORTED_VERSION, "Unsupported protocol version", id, data.toString());
    }

    private static byte[] idOf(Message message) {
        Objects.requireNonNull(message);
        return message.id().isPresent() ? message.id().of(message.body()) : MessageScan.NO_ID;
    }
}
