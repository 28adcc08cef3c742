package io.holdpoint.gateway.console;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API's JSON. A mapper of its own: nobody's settings for Spring's may change a published format. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private Json() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Reads one value: UTF-8, no member twice, nothing after it.
     *
     * @throws CharacterCodingException if it is not UTF-8
     * @throws JacksonException if it is not JSON
     */
    static JsonNode read(byte[] bytes) throws CharacterCodingException {
        var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        return MAPPER.readTree(text.toString());
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    /** JSON text that goes into an answer as it is. */
    record Raw(@JsonValue @JsonRawValue String json) {

        /** The text itself if it is JSON, else a JSON string of it: an answer stays well-formed whatever was stored. */
        static Raw of(String text) {
            try {
                return new Raw(MAPPER.readTree(text).isMissingNode() ? write(text) : text);
            } catch (JacksonException e) {
                return new Raw(write(text));
            }
        }
    }
}
