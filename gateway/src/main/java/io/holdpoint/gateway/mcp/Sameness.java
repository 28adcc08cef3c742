package io.holdpoint.gateway.mcp;

import io.holdpoint.workflow.Sha256;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells whether two calls have the same arguments: keys in any order, numbers by exact decimal value (spec 04,
 * Attaching). It never stands for the bytes that run; those are the ones that were approved.
 */
public final class Sameness {

    private final MessageDigest digest = Sha256.digest();

    private Sameness() {}

    /** A SHA-256 in lower-case hex that is equal for the same arguments and for no others. */
    public static String of(ObjectNode arguments) {
        var sameness = new Sameness();
        sameness.add(arguments);
        return HexFormat.of().formatHex(sameness.digest.digest());
    }

    private void add(JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> object(value);
            case ARRAY -> list(value);
            case STRING -> text('s', value.stringValue());
            case NUMBER -> number(value.decimalValue());
            case BOOLEAN -> digest.update((byte) (value.booleanValue() ? 't' : 'f'));
            case NULL -> digest.update((byte) 'n');
            default -> throw new IllegalArgumentException("%s is no JSON value".formatted(value.getNodeType()));
        }
    }

    private void object(JsonNode object) {
        begin('o', object.size());
        for (var name : new TreeSet<>(object.propertyNames())) {
            text('s', name);
            add(object.get(name));
        }
    }

    private void list(JsonNode list) {
        begin('a', list.size());
        list.forEach(this::add);
    }

    /** The digits without zeros at their end, and the exponent: 1, 1.0 and 1e0 are one text, 1e999999999 a short one. */
    private void number(BigDecimal number) {
        if (number.signum() == 0) {
            text('d', "0");
            return;
        }
        var digits = number.unscaledValue().toString();
        var end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        var exponent = (long) digits.length() - end - number.scale();
        text('d', digits.substring(0, end) + "e" + exponent);
    }

    private void text(char kind, String text) {
        begin(kind, text.length());
        var units = ByteBuffer.allocate(text.length() * Character.BYTES);
        units.asCharBuffer().put(text);
        digest.update(units);
    }

    /** Every value goes in behind its kind and size: no two trees are the same bytes. */
    private void begin(char kind, int size) {
        digest.update((byte) kind);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(size).flip());
    }
}
