package io.holdpoint.gateway.catalog;

import io.holdpoint.workflow.Risk;
import java.time.Instant;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A tool as its server defines it.
 *
 * @param sha256 lower-case hex over the definition's bytes as received, or {@code absent} where the server lists no such tool
 * @param json the definition as received; empty where absent
 * @param category {@code Read Write Execute Destructive Financial Unknown}
 * @param readAt when it was read
 */
public record Definition(String tool, String sha256, String json, String category, Risk risk, Instant readAt) {

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

    /** The tool's {@code inputSchema}; missing where there is none. */
    public JsonNode inputSchema() {
        return json.isEmpty()
                ? MissingNode.getInstance()
                : JsonMapper.shared().readTree(json).path("inputSchema");
    }
}
