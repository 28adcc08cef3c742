package io.holdpoint.gateway.mcp;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Walks through a JSON text once and tells where in its bytes the values are. */
final class Cursor implements AutoCloseable {

    private final JsonParser parser;
    private final ByteOffsets offsets;

    /** @param json well-formed UTF-8 without a byte order mark */
    Cursor(JsonFactory factory, byte[] json) {
        this.parser = factory.createParser(ObjectReadContext.empty(), json);
        this.offsets = new ByteOffsets(json);
    }

    /** Goes on to the next token. */
    JsonToken next() {
        var token = parser.nextToken();
        return token == null ? JsonToken.NOT_AVAILABLE : token;
    }

    /** Goes on to the next member's name, or past the object's end. */
    boolean nextMember() {
        return parser.nextName() != null;
    }

    String name() {
        return parser.currentName();
    }

    boolean isText() {
        return parser.hasToken(JsonToken.VALUE_STRING);
    }

    boolean isInteger() {
        return parser.hasToken(JsonToken.VALUE_NUMBER_INT);
    }

    boolean isObject() {
        return parser.hasToken(JsonToken.START_OBJECT);
    }

    boolean isArray() {
        return parser.hasToken(JsonToken.START_ARRAY);
    }

    boolean isArrayEnd() {
        return parser.hasToken(JsonToken.END_ARRAY);
    }

    boolean isNull() {
        return parser.hasToken(JsonToken.VALUE_NULL);
    }

    boolean isTrue() {
        return parser.hasToken(JsonToken.VALUE_TRUE);
    }

    boolean isNumber() {
        return parser.currentToken().isNumeric();
    }

    String text() {
        return parser.getString();
    }

    /** @throws UnreadableAnswer if its exponent is out of range; only servers' numbers are asked for */
    BigDecimal number() {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException outOfRange) {
            throw new UnreadableAnswer("the exponent of a number in the server's message is out of range");
        }
    }

    /** Passes over the rest of the value at hand. */
    void skip() {
        parser.skipChildren();
    }

    int from() {
        return offsets.at(parser.currentTokenLocation().getCharOffset());
    }

    int to() {
        if (isText()) {
            parser.getStringLength(); // reads to its end
        }
        return offsets.at(parser.currentLocation().getCharOffset());
    }

    /** Passes over the value at hand and tells where it is. */
    Span span() {
        var from = from();
        skip();
        return new Span(from, to());
    }

    @Override
    public void close() {
        parser.close();
    }
}
