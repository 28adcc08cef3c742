package io.holdpoint.gateway.demo;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The three tools of the demo's imaging server, over studies that live in memory. Safe for any thread. */
final class ImagingTools {

    private static final String DEFINITIONS = """
        [
          { "name": "list_studies",
            "description": "List the imaging studies in the archive.",
            "inputSchema": { "type": "object", "properties": {}, "additionalProperties": false },
            "annotations": { "readOnlyHint": true } },
          { "name": "start_dicom_export_job",
            "description": "Start a job that exports studies to a bucket.",
            "inputSchema": { "type": "object",
              "properties": {
                "studies": { "type": "array", "items": { "type": "string" }, "minItems": 1 },
                "destination": { "type": "string" } },
              "required": ["studies", "destination"], "additionalProperties": false },
            "annotations": { "readOnlyHint": false, "destructiveHint": false } },
          { "name": "delete_study",
            "description": "Delete a study from the archive. It cannot be brought back.",
            "inputSchema": { "type": "object",
              "properties": { "study": { "type": "string" } },
              "required": ["study"], "additionalProperties": false },
            "annotations": { "readOnlyHint": false, "destructiveHint": true } }
        ]
        """;

    private final JsonMapper json;
    private final Map<String, String> studies = new ConcurrentHashMap<>(Map.of(
            "CT-1001", "Chest CT, 2026-03-02",
            "CT-1002", "Head CT, 2026-04-17",
            "MR-2001", "Knee MR, 2026-05-09",
            "MR-2002", "Spine MR, 2026-06-21"));
    private final Map<String, AtomicInteger> executions = Map.of(
            "list_studies", new AtomicInteger(),
            "start_dicom_export_job", new AtomicInteger(),
            "delete_study", new AtomicInteger());

    ImagingTools(JsonMapper json) {
        this.json = json;
    }

    ArrayNode definitions() {
        return (ArrayNode) json.readTree(DEFINITIONS);
    }

    boolean has(String tool) {
        return executions.containsKey(tool);
    }

    /** How often a tool really ran since the start: what "exactly once" is counted by. */
    int executions(String tool) {
        return count(tool).get();
    }

    private AtomicInteger count(String tool) {
        return Objects.requireNonNull(executions.get(tool), tool);
    }

    /** Runs a tool and answers as {@code CallToolResult}; bad arguments are an error the model can read. */
    ObjectNode call(String tool, JsonNode arguments) {
        return switch (tool) {
            case "list_studies" -> listStudies();
            case "start_dicom_export_job" -> startExport(arguments);
            case "delete_study" -> deleteStudy(arguments);
            default -> throw new IllegalArgumentException("no tool " + tool);
        };
    }

    private ObjectNode listStudies() {
        count("list_studies").incrementAndGet();
        var lines = new StringBuilder();
        new TreeMap<>(studies)
                .forEach(
                        (id, what) -> lines.append(id).append("  ").append(what).append('\n'));
        return text(lines.toString().strip());
    }

    private ObjectNode startExport(JsonNode arguments) {
        var wanted = arguments.path("studies");
        var destination = arguments.path("destination");
        if (!wanted.isArray() || wanted.isEmpty() || !destination.isString()) {
            return error("start_dicom_export_job needs studies (a list of ids) and destination (a text)");
        }
        var job = count("start_dicom_export_job").incrementAndGet();
        return text("job-%d: exporting %d studies to %s".formatted(job, wanted.size(), destination.stringValue()));
    }

    private ObjectNode deleteStudy(JsonNode arguments) {
        var study = arguments.path("study");
        if (!study.isString()) {
            return error("delete_study needs study (an id)");
        }
        if (studies.remove(study.stringValue()) == null) {
            return error("there is no study " + study.stringValue());
        }
        count("delete_study").incrementAndGet();
        return text("deleted " + study.stringValue());
    }

    private ObjectNode error(String message) {
        return text(message).put("isError", true);
    }

    private ObjectNode text(String text) {
        var result = json.createObjectNode();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        return result;
    }
}
