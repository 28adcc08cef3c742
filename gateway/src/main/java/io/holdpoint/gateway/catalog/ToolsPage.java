package io.holdpoint.gateway.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** A JSON-RPC answer as far as {@code initialize} and {@code tools/list} need it. The tools keep their bytes. */
final class ToolsPage {

    private static final JsonFactory JSON = JsonFactory.builder()
            // Two readers of a definition must not see two different ones.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();

    private final byte[] message;
    private final List<ListedTool> tools = new ArrayList<>();
    private boolean result;
    private boolean error;
    private boolean listed;
    private long errorCode;
    private String protocolVersion = "";
    private String nextCursor = "";

    private ToolsPage(byte[] message) {
        this.message = message;
    }

    /** @throws JacksonException if it is not exactly one JSON object, or an ambiguous one */
    static ToolsPage of(byte[] message) {
        var page = new ToolsPage(message);
        try (var json = JSON.createParser(message)) {
            json.nextToken();
            page.readMessage(json);
            if (json.nextToken() != null) {
                throw page.unexpected(json);
            }
        }
        return page;
    }

    /** Whether it is an answer, and not a request or notification of the server. */
    boolean isAnswer() {
        return result || error;
    }

    boolean isError() {
        return error;
    }

    long errorCode() {
        return errorCode;
    }

    /** Whether it has a list of tools, however short. */
    boolean hasTools() {
        return listed;
    }

    /** What {@code initialize} was answered with, or empty. */
    String protocolVersion() {
        return protocolVersion;
    }

    /** Where the next page begins, or empty. */
    String nextCursor() {
        return nextCursor;
    }

    List<ListedTool> tools() {
        return tools;
    }

    private void readMessage(JsonParser json) {
        expectObject(json);
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            var value = json.nextToken();
            if (name.equals("result") && value == JsonToken.START_OBJECT) {
                result = true;
                readResult(json);
            } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
                error = true;
                readError(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readError(JsonParser json) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && name.equals("code")) {
                errorCode = json.getLongValue();
            }
            json.skipChildren();
        }
    }

    private void readResult(JsonParser json) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            var value = json.nextToken();
            if (name.equals("tools") && value == JsonToken.START_ARRAY) {
                listed = true;
                readTools(json);
            } else if (name.equals("nextCursor") && value == JsonToken.VALUE_STRING) {
                nextCursor = json.getString();
            } else if (name.equals("protocolVersion") && value == JsonToken.VALUE_STRING) {
                protocolVersion = json.getString();
            } else {
                json.skipChildren();
            }
        }
    }

    private void readTools(JsonParser json) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expectObject(json);
            readTool(json);
        }
    }

    private void readTool(JsonParser json) {
        var from = (int) json.currentTokenLocation().getByteOffset();
        var name = "";
        var description = "";
        Map<String, Boolean> annotations = Map.of();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var key = json.currentName();
            var value = json.nextToken();
            if (key.equals("name") && value == JsonToken.VALUE_STRING) {
                name = json.getString();
            } else if (key.equals("description") && value == JsonToken.VALUE_STRING) {
                description = json.getString();
            } else if (key.equals("annotations") && value == JsonToken.START_OBJECT) {
                annotations = readFlags(json);
            } else {
                json.skipChildren();
            }
        }
        var to = (int) json.currentLocation().getByteOffset();
        if (!name.isEmpty()) {
            tools.add(new ListedTool(name, description, annotations, Arrays.copyOfRange(message, from, to)));
        }
    }

    private static Map<String, Boolean> readFlags(JsonParser json) {
        var flags = new HashMap<String, Boolean>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = Objects.requireNonNull(json.currentName());
            if (json.nextToken().isBoolean()) {
                flags.put(name, json.currentToken() == JsonToken.VALUE_TRUE);
            }
            json.skipChildren();
        }
        return flags;
    }

    private void expectObject(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw unexpected(json);
        }
    }

    private StreamReadException unexpected(JsonParser json) {
        return new StreamReadException(json, "unexpected " + json.currentToken());
    }
}
