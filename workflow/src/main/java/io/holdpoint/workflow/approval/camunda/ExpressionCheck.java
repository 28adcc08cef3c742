package io.holdpoint.workflow.approval.camunda;

import io.holdpoint.bpmn.flow.FlowContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets through expressions of names, literals and comparisons (spec 06, What a flow may use): no call, no index, no bean. */
final class ExpressionCheck {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<name>[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*)|(?<literal>'[^'\\\\]*'|\"[^\"\\\\]*\"|\\d+(?:\\.\\d+)?)"
                    + "|(?<operator>==|!=|<=|>=|<|>|&&|\\|\\||!)|(?<open>\\()|(?<close>\\))|(?<end>}))");

    /** Words of the language: never names. */
    private static final Set<String> WORDS =
            Set.of("true", "false", "null", "empty", "and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge");

    private static final Set<String> VALUES =
            Set.of(FlowContract.APPROVERS, FlowContract.EXPIRES_AT, FlowContract.REMIND_AT);

    private static final Set<String> LOOP =
            Set.of("nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances", "loopCounter");

    private ExpressionCheck() {}

    /**
     * @param ids the drawing's reviews and loop variables
     * @param condition whether the text is a condition, which may name the call
     * @return what is wrong with the expressions in a text
     */
    static Optional<String> fault(String text, Set<String> ids, boolean condition) {
        for (var at = begin(text, 0); at >= 0; at = begin(text, at)) {
            var tokens = TOKEN.matcher(text).region(at, text.length());
            var fault = fault(tokens, ids, condition);
            if (fault.isPresent()) {
                return fault.map(why -> "the expression %s %s".formatted(text.strip(), why));
            }
            at = tokens.end();
        }
        return Optional.empty();
    }

    private static int begin(String text, int from) {
        var begins = List.of(text.indexOf("${", from), text.indexOf("#{", from)).stream()
                .filter(at -> at >= 0)
                .min(Integer::compare);
        return begins.map(at -> at + 2).orElse(-1);
    }

    private static Optional<String> fault(Matcher tokens, Set<String> ids, boolean condition) {
        var afterName = false;
        while (tokens.lookingAt()) {
            if (tokens.group("end") != null) {
                return Optional.empty();
            }
            var name = tokens.group("name");
            if (name != null && !WORDS.contains(name) && !isKnown(name, ids, condition)) {
                return Optional.of("names %s, which is nothing a flow may read here".formatted(name));
            }
            if (afterName && tokens.group("open") != null) {
                return Optional.of("calls something; a flow only compares");
            }
            afterName = name != null && !WORDS.contains(name) || tokens.group("close") != null;
            tokens.region(tokens.end(), tokens.regionEnd());
        }
        return Optional.of("has more in it than names, literals, comparisons, &&, ||, ! and empty");
    }

    private static boolean isKnown(String path, Set<String> ids, boolean condition) {
        var names = path.split("\\.");
        if (names.length == 1) {
            return VALUES.contains(path) || LOOP.contains(path) || ids.contains(path);
        }
        return names.length == 2
                && switch (names[0]) {
                    case FlowContract.CALL -> condition && FlowContract.CALL_FIELDS.contains(names[1]);
                    case FlowContract.REVIEWS -> FlowContract.REVIEWS_FIELDS.contains(names[1]);
                    case FlowContract.WITH -> true;
                    default -> ids.contains(names[0]) && FlowContract.REVIEW_FIELDS.contains(names[1]);
                };
    }
}
