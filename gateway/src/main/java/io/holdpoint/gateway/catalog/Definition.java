package io.holdpoint.gateway.catalog;

import io.holdpoint.workflow.Risk;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * A tool as its server defines it.
 *
 * @param sha256 lower-case hex over {@code json}, or {@code absent} where the server lists no such tool
 * @param json the definition as received; an array of all where the tool is listed more than once; empty where absent
 * @param readAt when it was read
 */
public record Definition(String tool, String sha256, String json, Category category, Risk risk, Instant readAt) {

    /** Why an approval is void that was given, or asked for, under another definition. */
    public static final String CHANGED = "the tool's definition changed";

    /** The longest definition, in bytes, that is looked into and whose text is kept; of a longer one it is the hash. */
    static final int LONGEST = 256 << 10;

    /** The hash of a tool the server does not list. */
    public static final String ABSENT = "absent";

    public Definition {
        Objects.requireNonNull(tool);
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(json);
        Objects.requireNonNull(category);
        Objects.requireNonNull(risk);
        Objects.requireNonNull(readAt);
    }

    /** Whether the server was asked at all; until then nothing is known of its tools. */
    public boolean isRead() {
        return !readAt.equals(Instant.EPOCH);
    }

    /** Whether there is one definition, and not too long to look into: whoever asks for more builds a tree of it. */
    boolean isReadable() {
        return json.startsWith("{") && !isTooLong(json);
    }

    /** Whether a definition is too long to look into. */
    static boolean isTooLong(byte[] json) {
        return json.length > LONGEST;
    }

    /** The same by its text, which may have far fewer characters than bytes. */
    static boolean isTooLong(String json) {
        return json.length() > LONGEST || isTooLong(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The tool's {@code inputSchema}; missing where there is none. One that cannot be looked into hides everything. */
    public JsonNode inputSchema() {
        if (json.isEmpty()) {
            return MissingNode.getInstance();
        }
        return isReadable()
                ? JsonMapper.shared().readTree(json).path("inputSchema")
                : JsonNodeFactory.instance.objectNode().put("writeOnly", true);
    }
}
