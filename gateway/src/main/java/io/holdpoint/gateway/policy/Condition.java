package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.document.Letters;
import io.holdpoint.gateway.document.Visible;
import io.holdpoint.gateway.policy.argument.ArgumentPath;
import io.holdpoint.gateway.policy.argument.Redaction;
import io.holdpoint.gateway.policy.argument.Steps;
import io.holdpoint.gateway.policy.argument.Values;
import io.holdpoint.gateway.policy.operator.Check;
import io.holdpoint.gateway.policy.operator.Operator;
import io.holdpoint.gateway.policy.operator.Truth;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One question about one argument.
 *
 * @param line where it stands, counted from 1
 */
record Condition(int line, ArgumentPath path, Operator operator, JsonNode operand, Check check) {

    private static final int LONGEST_OPERAND = 200;

    Truth of(ObjectNode arguments, Steps steps) {
        return check.of(path.in(arguments), steps);
    }

    /**
     * Whether all of them hold; none always do. Asks no further than the first that does not.
     *
     * @param ifUnclear how to take what cannot be judged: false to require, true to deny or to ask people
     */
    static boolean allHold(List<Condition> conditions, ObjectNode arguments, Steps steps, boolean ifUnclear) {
        return conditions.stream()
                .allMatch(condition -> condition.of(arguments, steps).holds(ifUnclear));
    }

    /** {@code args.count must be at most 100}, without what would tell a secret. */
    static String must(List<Condition> conditions, Redaction redaction) {
        return conditions.stream()
                .map(c -> c.path + " must " + c.operator.must() + " " + c.shownOperand(redaction))
                .collect(Collectors.joining(" and "));
    }

    /** {@code args.count is more than 100}, without what would tell a secret. */
    static String does(List<Condition> conditions, Redaction redaction) {
        return conditions.stream()
                .map(c -> c.path + " " + c.operator.does() + " " + c.shownOperand(redaction))
                .collect(Collectors.joining(" and "));
    }

    /** An argument that is hidden would be told by what it is compared with. */
    private String shownOperand(Redaction redaction) {
        return redaction.hides(path) ? "a value that is not shown" : shownOperand();
    }

    /** One text for conditions of equal meaning. */
    String canonical() {
        return "[" + path.canonical() + "," + operator.word() + "," + Values.canonical(operand) + "]";
    }

    /** The operand as messages show it: canonical JSON, cut where it is long. */
    String shownOperand() {
        return Letters.clip(Visible.of(Values.canonical(operand)), LONGEST_OPERAND);
    }
}
