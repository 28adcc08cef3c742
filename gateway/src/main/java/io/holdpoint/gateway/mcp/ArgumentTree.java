package io.holdpoint.gateway.mcp;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The arguments of a call as a tree, built from the very bytes that are forwarded; numbers keep all their digits. */
public final class ArgumentTree {

    private static final JsonMapper MAPPER = JsonMapper.builder(StrictJson.factory(StrictJson.SERVER_DEPTH))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private ArgumentTree() {}

    /**
     * Reads the arguments of an accepted message; an empty object where it has none.
     *
     * @throws Unacceptable 400 with −32602 if a number is too large or too small for anybody to judge, such as
     *     1e9999999999
     */
    public static ObjectNode of(Message message) {
        if (!message.arguments().isPresent()) {
            return MAPPER.createObjectNode();
        }
        try {
            return MAPPER.readValue(message.arguments().of(message.body()), ObjectNode.class);
        } catch (JacksonException | NumberFormatException unjudgeable) {
            var id = message.id().isPresent() ? message.id().of(message.body()) : MessageScan.NO_ID;
            throw MessageScan.refused(
                    MessageScan.INVALID_PARAMS, "a number in params.arguments has an exponent out of range", id);
        }
    }

    /**
     * Reads arguments that were accepted once, such as stored ones.
     *
     * @param json an object, or nothing where the message had none
     * @return empty if they cannot be read
     */
    public static Optional<ObjectNode> stored(byte[] json) {
        try {
            return Optional.of(json.length == 0 ? MAPPER.createObjectNode() : MAPPER.readValue(json, ObjectNode.class));
        } catch (JacksonException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
