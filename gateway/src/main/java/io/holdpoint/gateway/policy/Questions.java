package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.document.Letters;
import io.holdpoint.gateway.policy.Explanation.Asked;
import io.holdpoint.gateway.policy.Explanation.Found;
import io.holdpoint.gateway.policy.Explanation.Verdict;
import io.holdpoint.gateway.policy.argument.ArgumentPath;
import io.holdpoint.gateway.policy.argument.Redaction;
import io.holdpoint.gateway.policy.argument.Steps;
import io.holdpoint.gateway.policy.operator.Operator;
import io.holdpoint.gateway.policy.operator.Truth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What conditions ask of a call's arguments, and what they find, as people may see it. */
final class Questions {

    private static final int LONGEST_VALUE = 200;
    private static final String MASKED = "(masked)";
    /** For these an absent argument can be judged: it is unequal to everything (spec 03, deny_if). */
    private static final Set<Operator> UNEQUAL = Set.of(Operator.NEQ, Operator.NOT_IN);

    private final ObjectNode arguments;
    private final Redaction redaction;
    private final Map<String, Found> found = new HashMap<>();

    /** As the judge takes them. */
    private final Steps steps = new Steps(Steps.OF_CALL);

    /** For conditions that the judge does not ask, as one before them decided; people may see them all the same. */
    private final Steps unasked = new Steps(Steps.OF_CALL);

    Questions(ObjectNode arguments, Redaction redaction) {
        this.arguments = arguments;
        this.redaction = redaction;
    }

    /** The conditions of an entry of {@code require}. */
    List<Asked> required(List<Condition> conditions) {
        return asked(conditions, false);
    }

    /** The conditions of an entry of {@code deny_if} or {@code require_approval}. */
    List<Asked> suspected(List<Condition> conditions) {
        return asked(conditions, true);
    }

    private List<Asked> asked(List<Condition> conditions, boolean ifUnclear) {
        var asked = new ArrayList<Asked>();
        boolean goesOn = true;
        for (var condition : conditions) {
            var truth = condition.of(arguments, goesOn ? steps : unasked);
            goesOn &= truth.holds(ifUnclear);
            var absent = ifUnclear ? Verdict.HOLDS : Verdict.DOES_NOT_HOLD; // neither side helps the call
            asked.add(asked(condition, isUnequal(condition) ? absent : verdict(truth)));
        }
        return asked;
    }

    private boolean isUnequal(Condition condition) {
        return UNEQUAL.contains(condition.operator())
                && condition.path().in(arguments).isEmpty();
    }

    /** The amount a limit adds. */
    Asked amount(ArgumentPath path, int line, Verdict verdict) {
        return new Asked(line, path.toString(), "amount", "", Optional.of(found(path)), verdict);
    }

    static List<Asked> unreached(List<Condition> conditions) {
        return conditions.stream()
                .map(condition -> new Asked(
                        condition.line(),
                        condition.path().toString(),
                        condition.operator().word(),
                        condition.shownOperand(),
                        Optional.empty(),
                        Verdict.NOT_REACHED))
                .toList();
    }

    static Asked unreached(ArgumentPath amount, int line) {
        return new Asked(line, amount.toString(), "amount", "", Optional.empty(), Verdict.NOT_REACHED);
    }

    private Asked asked(Condition condition, Verdict verdict) {
        var found = found(condition.path());
        return new Asked(
                condition.line(),
                condition.path().toString(),
                condition.operator().word(),
                found.masked() ? MASKED : condition.shownOperand(), // else the two would tell the secret
                Optional.of(found),
                verdict);
    }

    /** Many conditions may ask for one argument of a megabyte. */
    private Found found(ArgumentPath path) {
        return found.computeIfAbsent(path.toString(), unused -> look(path));
    }

    private Found look(ArgumentPath path) {
        return path.in(arguments)
                .map(value -> found(value, redaction.part(path, arguments)))
                .orElse(Found.ABSENT);
    }

    private static Found found(JsonNode value, Redaction.Part part) {
        return new Found(kind(value), Letters.clip(part.text(), LONGEST_VALUE), part.masked());
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "a text";
            case NUMBER -> "a number";
            default -> "true or false";
        };
    }

    private static Verdict verdict(Truth truth) {
        return switch (truth) {
            case YES -> Verdict.HOLDS;
            case NO -> Verdict.DOES_NOT_HOLD;
            case UNCLEAR -> Verdict.CANNOT_BE_JUDGED;
        };
    }
}
