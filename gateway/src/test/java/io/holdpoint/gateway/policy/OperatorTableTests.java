package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.policy.operator.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code docs/policy-operators.md}: each operator with each type of argument, as a policy decides it. With
 * {@code -Dholdpoint.write-docs=true} the page is written instead of compared.
 */
class OperatorTableTests {

    private static final Path PAGE = Path.of("..", "docs", "policy-operators.md");
    private static final String ABSENT = "absent";

    /** Arguments by their type; of what an operator compares with, some hold and some do not. */
    private static final List<Column> COLUMNS = List.of(
            new Column("text", List.of("\"prod\"", "\"5\"", "\"/srv/data/a\"")),
            new Column("number", List.of("5", "5.0", "9")),
            new Column("true or false", List.of("true", "false")),
            new Column("list", List.of("[\"prod\"]", "[5]", "[]")),
            new Column("object", List.of("{\"a\":1}", "{}")),
            new Column("null", List.of("null")),
            new Column(ABSENT, List.of(ABSENT)));

    private static final List<Asked> CONDITIONS = List.of(
            new Asked(Operator.EQ, "\"prod\""),
            new Asked(Operator.EQ, "5"),
            new Asked(Operator.EQ, "true"),
            new Asked(Operator.NEQ, "\"prod\""),
            new Asked(Operator.NEQ, "5"),
            new Asked(Operator.IN, "[\"prod\", 5]"),
            new Asked(Operator.NOT_IN, "[\"prod\", 5]"),
            new Asked(Operator.LT, "6"),
            new Asked(Operator.LTE, "5"),
            new Asked(Operator.GT, "6"),
            new Asked(Operator.GTE, "5"),
            new Asked(Operator.REGEX, "\"^p\""),
            new Asked(Operator.CONTAINS, "\"prod\""),
            new Asked(Operator.CONTAINS, "5"),
            new Asked(Operator.EXISTS, "true"),
            new Asked(Operator.EXISTS, "false"),
            new Asked(Operator.PATH_WITHIN, "\"/srv/data\""));

    private record Column(String type, List<String> arguments) {}

    private record Asked(Operator operator, String value) {
        String json() {
            return "{\"path\":\"args.v\",\"op\":\"%s\",\"value\":%s}".formatted(operator.word(), value);
        }
    }

    /** The policies that have a condition in one kind of entry each. */
    private record Entries(Asked asked, Policy require, Policy denyIf, Policy requireApproval) {
        static Entries of(Asked asked) {
            return new Entries(
                    asked,
                    Policies.ofPay("require: [%s]".formatted(asked.json())),
                    Policies.ofPay("deny_if: [{conditions: [%s]}]".formatted(asked.json())),
                    Policies.ofPay("require_approval: [{conditions: [%s]}]".formatted(asked.json())));
        }

        Decided decide(String arguments) {
            var call = Policies.call("pay", arguments);
            return new Decided(decided(require, call), decided(denyIf, call), decided(requireApproval, call));
        }

        private static String decided(Policy policy, Call call) {
            var word = policy.judge(call).then().word();
            return Map.of("allow", "passes", "deny", "denied", "hold", "asked").get(word);
        }
    }

    /** What an entry with one condition makes of a call. */
    private record Decided(String require, String denyIf, String requireApproval) {}

    /** The words of the table, each for all that the three kinds of entries do. */
    private static final Map<String, Decided> WORDS = new TreeMap<>(Map.of(
            "holds", new Decided("passes", "denied", "asked"),
            "not", new Decided("denied", "passes", "passes"),
            "unclear", new Decided("denied", "denied", "asked")));

    /** For these an absent argument can be judged, though entries treat it as one that cannot (spec 03, deny_if). */
    private static final Set<Operator> UNEQUAL = Set.of(Operator.NEQ, Operator.NOT_IN);

    @Test
    @Timeout(30)
    void thePageSaysWhatPoliciesDo() throws IOException {
        var page = page();
        if (Boolean.getBoolean("holdpoint.write-docs")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("run with -Dholdpoint.write-docs=true, or paste this")
                .hasContent(page);
    }

    @Test
    void everyOperatorIsInTheTable() {
        assertThat(CONDITIONS.stream().map(Asked::operator).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Operator.class));
    }

    private static String page() {
        var lines = new ArrayList<String>();
        lines.add("""
                # What each operator makes of each argument

                Written by `OperatorTableTests`, which asks the policy itself; do not edit it by hand. The grammar is in
                [policy.md](policy.md).

                A condition such as `{"path": "args.v", "op": "lt", "value": 6}` **holds**, does **not** hold, or is **unclear**: it cannot be
                judged, because the argument is absent or nothing that the operator knows. An absent argument is **unequal** to
                everything: to `neq` and `not_in` that is true in `deny_if` and `require_approval`, and does not hold in `require`.
                Neither helps the agent:

                | the condition | in `require` | in `deny_if` | in `require_approval` |
                |---|---|---|---|""");
        Stream.of("holds", "not", "unclear").forEach(word -> lines.add(meaning(shown(word), WORDS.get(word))));
        lines.add(meaning("is **unequal**", WORDS.get("unclear")));
        lines.add("""

                Each cell is about arguments of one type; where they differ, it names those that were asked about. `null` counts
                as absent. Numbers compare as exact decimals, so `5` is `5.0`, but `"5"` is not `5`.
                """);
        lines.add("| `op` `value` | " + COLUMNS.stream().map(Column::type).collect(Collectors.joining(" | ")) + " |");
        lines.add("|---".repeat(COLUMNS.size() + 1) + "|");
        CONDITIONS.forEach(asked -> lines.add(row(asked)));
        return String.join("\n", lines) + "\n";
    }

    private static String meaning(String shown, Decided decided) {
        return "| %s | %s | %s | %s |".formatted(shown, decided.require(), decided.denyIf(), decided.requireApproval());
    }

    private static String shown(String word) {
        return word.equals("holds") ? "**holds**" : word.equals("not") ? "does **not** hold" : "is **unclear**";
    }

    private static String row(Asked asked) {
        var entries = Entries.of(asked);
        var cells = COLUMNS.stream().map(column -> cell(entries, column)).collect(Collectors.joining(" | "));
        return "| `%s` `%s` | %s |".formatted(asked.operator().word(), asked.value(), cells);
    }

    /** One word where all arguments of a type fare alike; else each argument with its word. */
    private static String cell(Entries entries, Column column) {
        var words = column.arguments().stream()
                .map(argument -> word(entries, argument))
                .toList();
        if (words.stream().distinct().count() == 1) {
            return words.get(0);
        }
        var each = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            each.add("`%s` %s".formatted(column.arguments().get(i), words.get(i)));
        }
        return String.join(", ", each);
    }

    private static String word(Entries entries, String argument) {
        var decided = entries.decide(argument.equals(ABSENT) ? "{}" : "{\"v\":%s}".formatted(argument));
        return WORDS.entrySet().stream()
                .filter(word -> word.getValue().equals(decided))
                .map(word -> word.getKey().equals("unclear")
                                && UNEQUAL.contains(entries.asked().operator())
                        ? "unequal"
                        : word.getKey())
                .findFirst()
                .orElseThrow(() -> new AssertionError("%s of %s: %s".formatted(entries.asked(), argument, decided)));
    }
}
