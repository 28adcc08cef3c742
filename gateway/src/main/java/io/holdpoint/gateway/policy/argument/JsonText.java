package io.holdpoint.gateway.policy.argument;

import io.holdpoint.gateway.document.Visible;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * Writes JSON for people so that what is seen is what is there: characters nobody can see, which could make a reviewer
 * see another value, are escaped, and numbers stay exact. Writes it for hashes so that equal values have one text.
 */
public final class JsonText {

    /** Beyond this many zeros an exponent is easier to read, and cheaper. */
    private static final int LONGEST_PLAIN = 18;

    private JsonText() {}

    /**
     * A text, a number, true, false or null.
     *
     * @param canonical whether equal values have one text, instead of one that people can read
     */
    static void scalar(StringBuilder text, JsonNode value, boolean canonical) {
        if (value.isString()) {
            quote(text, value.stringValue(), canonical);
        } else if (value.isNumber()) {
            text.append(Values.number(value)
                    .map(number -> canonical ? normal(number) : number.toString())
                    .orElse("null"));
        } else if (value.isBoolean()) {
            text.append(value.booleanValue());
        } else {
            text.append("null");
        }
    }

    /** A text in quotes, all that does not show escaped. */
    static void quote(StringBuilder text, String value) {
        quote(text, value, false);
    }

    /**
     * A text in quotes, to be hashed: the same whatever Java this is, which has other letters that show with each version
     * of Unicode.
     */
    public static void canonicalQuote(StringBuilder text, String value) {
        quote(text, value, true);
    }

    private static void quote(StringBuilder text, String value, boolean canonical) {
        text.append('"');
        value.codePoints().forEach(c -> append(text, c, canonical));
        text.append('"');
    }

    private static String normal(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        var stripped = number.stripTrailingZeros();
        return Math.abs((long) stripped.scale()) <= LONGEST_PLAIN ? stripped.toPlainString() : stripped.toString();
    }

    private static void append(StringBuilder text, int c, boolean canonical) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append((char) c);
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (canonical) {
                    appendFixed(text, c);
                } else {
                    Visible.append(text, c);
                }
            }
        }
    }

    /** Halves of a letter are escaped, as in UTF-8 they would all be the same question mark. */
    private static void appendFixed(StringBuilder text, int c) {
        if (c < ' ' || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            text.append(String.format("\\u%04x", c));
        } else {
            text.appendCodePoint(c);
        }
    }
}
