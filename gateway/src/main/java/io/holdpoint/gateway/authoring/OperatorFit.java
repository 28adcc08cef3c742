package io.holdpoint.gateway.authoring;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Whether an operator can ever say yes to an argument of the types its schema allows. */
final class OperatorFit {

    private OperatorFit() {}

    /**
     * @param operator its word; empty for an amount
     * @param types JSON Schema's; empty where anything may come
     */
    static boolean fits(String operator, JsonNode operand, Set<String> types) {
        if (types.isEmpty()) {
            return true;
        }
        return switch (operator) {
            case "lt", "lte", "gt", "gte", "" -> types.contains("number") || types.contains("integer");
            case "regex", "path_within" -> types.contains("string");
            case "contains" -> types.contains("array") || operand.isString() && types.contains("string");
            case "eq", "neq" -> isAmong(operand, types);
            case "in", "not_in" -> operand.values().stream().anyMatch(value -> isAmong(value, types));
            default -> true;
        };
    }

    private static boolean isAmong(JsonNode value, Set<String> types) {
        return typesOf(value).stream().anyMatch(types::contains);
    }

    private static List<String> typesOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> List.of("string");
            case NUMBER -> isWhole(value) ? List.of("number", "integer") : List.of("number");
            case BOOLEAN -> List.of("boolean");
            case ARRAY -> List.of("array");
            case OBJECT -> List.of("object");
            default -> List.of("null");
        };
    }

    private static boolean isWhole(JsonNode number) {
        var value = number.decimalValue();
        return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    }
}
