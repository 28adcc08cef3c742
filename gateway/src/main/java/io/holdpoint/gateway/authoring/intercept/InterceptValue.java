package io.holdpoint.gateway.authoring.intercept;

import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Node;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What Intercept holds for equal to a value. It compares numbers as numbers, and everything else by how Go prints it, so
 * that the text {@code "1"} equals 1 and {@code "true"} equals true; here types count.
 */
final class InterceptValue {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** More digits than these do not survive Intercept's floating point. */
    private static final int MOST_DIGITS = 15;

    /** Go prints others with an exponent. */
    private static final int LEAST_EXPONENT = -4;

    private static final int LARGEST_EXPONENT = 5;

    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?");
    private static final Pattern PRINTED_SPECIALLY = Pattern.compile("-0|-?[0-9](\\.[0-9]+)?e[-+][0-9]{2,3}");

    private InterceptValue() {}

    /** All JSON values that equal it there; none after a fault. */
    static List<JsonNode> equals(Node node, Faults faults) {
        if (node instanceof Node.Text text) {
            return equalsText(text, faults);
        }
        if (node instanceof Node.Num number) {
            return equalsNumber(number, faults);
        }
        if (node instanceof Node.Bool flag) {
            return List.of(JSON.booleanNode(flag.value()), JSON.stringNode(String.valueOf(flag.value())));
        }
        faults.at(
                node,
                "is " + node.kind() + ", which Intercept compares by how Go prints it; compare a text, a number"
                        + " or true or false, and use exists for null");
        return List.of();
    }

    private static List<JsonNode> equalsText(Node.Text node, Faults faults) {
        var text = node.value();
        var same = JSON.stringNode(text);
        if (text.equals("true") || text.equals("false")) {
            return List.of(same, JSON.booleanNode(text.equals("true")));
        }
        if (text.equals("<nil>")
                || text.startsWith("[")
                || text.startsWith("map[")
                || PRINTED_SPECIALLY.matcher(text).matches()) {
            faults.at(
                    node,
                    "is a text that Intercept also finds in null, a list, an object or a number that prints so,"
                            + " and Holdpoint does not; use regex, or another value");
            return List.of();
        }
        if (DECIMAL.matcher(text).matches() && isPrintedPlainly(new BigDecimal(text))) {
            return List.of(same, JSON.numberNode(new BigDecimal(text)));
        }
        return List.of(same);
    }

    private static List<JsonNode> equalsNumber(Node.Num node, Faults faults) {
        var number = node.value();
        boolean isInt = number.scale() == 0; // as it is written: 1 and not 1.0 or 1e0
        if (!isExact(number) || !isInt && !isPrintedPlainly(number)) {
            faults.at(
                    node,
                    "is a number that Intercept rounds or prints with an exponent before it compares; use a"
                            + " whole number of at most 15 digits, or lte and gte");
            return List.of();
        }
        return List.of(JSON.numberNode(number), JSON.stringNode(plain(number)));
    }

    /** Whether it is still the same number after Intercept has read it. */
    static boolean isExact(BigDecimal number) {
        return number.stripTrailingZeros().precision() <= MOST_DIGITS;
    }

    private static boolean isPrintedPlainly(BigDecimal number) {
        int exponent = number.precision() - number.scale() - 1;
        return number.signum() == 0 || isExact(number) && exponent >= LEAST_EXPONENT && exponent <= LARGEST_EXPONENT;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
