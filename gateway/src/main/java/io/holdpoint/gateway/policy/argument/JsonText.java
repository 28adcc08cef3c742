package io.holdpoint.gateway.policy.argument;

import io.holdpoint.gateway.document.Visible;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * Writes JSON so that what is seen is what is there: characters nobody can see, which could make a reviewer see another
 * value, are escaped, and numbers stay exact.
 */
public final class JsonText {

    /** Beyond this many zeros an exponent is easier to read, and cheaper. */
    private static final int LONGEST_PLAIN = 18;

    private JsonText() {}

    /** A text, a number, true, false or null. */
    public static void scalar(StringBuilder text, JsonNode value, boolean normalised) {
        if (value.isString()) {
            quote(text, value.stringValue());
        } else if (value.isNumber()) {
            text.append(Values.number(value)
                    .map(number -> normalised ? normal(number) : number.toString())
                    .orElse("null"));
        } else if (value.isBoolean()) {
            text.append(value.booleanValue());
        } else {
            text.append("null");
        }
    }

    /** A text in quotes, all that does not show escaped. */
    public static void quote(StringBuilder text, String value) {
        text.append('"');
        value.codePoints().forEach(c -> append(text, c));
        text.append('"');
    }

    private static String normal(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        var stripped = number.stripTrailingZeros();
        return Math.abs((long) stripped.scale()) <= LONGEST_PLAIN ? stripped.toPlainString() : stripped.toString();
    }

    private static void append(StringBuilder text, int c) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append((char) c);
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> Visible.append(text, c);
        }
    }
}
