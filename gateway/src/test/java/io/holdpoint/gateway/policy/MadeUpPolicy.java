package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.operator.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Policies made up by chance, of every key and form there is, and valid by the way they are made; and calls for them. */
final class MadeUpPolicy {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> TOOLS =
            List.of("pay", "list_*", "delete_study", "*", "*_x", "a b", "mcp.tool/v2~1", "Größe", "a*b*", "0");
    private static final List<String> RISKS = List.of("Low", "Medium", "High", "Critical");
    private static final List<String> UNITS = List.of("second", "minute", "hour", "day", "week", "month");
    private static final List<String> LENGTHS =
            List.of("1s", "90s", "1000ms", "1h30m", "366d", "8784h", "527040m", "31622400s", "PT1H", "P1DT2H", "007m");
    private static final List<String> PATHS = List.of(
            "args.amount",
            "args.items[0].id",
            "args[\"a.b\"]",
            "args[0]",
            "args.a-b_c$",
            "args[\"\\u00e9\\\"\"].x",
            "args.größe",
            "args." + "\ud83d\ude00".repeat(995));
    private static final List<String> TEXTS =
            List.of("Only ours", "x", "- no, \"never\": {so}", "Größe", " padded ", "#");

    private final Random random;
    private int counters;

    private MadeUpPolicy(Random random) {
        this.random = random;
    }

    static ObjectNode document(Random random) {
        return new MadeUpPolicy(random).document();
    }

    /** The name of a tool that a document may say something about. */
    static String tool(ObjectNode document, Random random) {
        return new MadeUpPolicy(random).tool(document.path("tools").propertyNames());
    }

    /** Arguments at the places where conditions look, some of them left out. */
    static ObjectNode arguments(Random random) {
        return new MadeUpPolicy(random).arguments();
    }

    private ObjectNode document() {
        var document = JSON.objectNode();
        document.put("version", "1").put("default", one("allow", "deny"));
        maybe(document, "$schema", () -> text("https://holdpoint.io/schema/policy-1.json"));
        maybe(document, "description", this::text);
        maybe(document, "hide", () -> random.nextInt(4) == 0 ? text("*") : some(TOOLS, 3));
        maybe(document, "list", () -> text("all"));
        maybe(document, "all_tools", () -> {
            var all = JSON.objectNode();
            maybe(all, "limits", this::limits);
            return all;
        });
        document.set("tools", rules(TOOLS));
        maybe(document, "by_risk", () -> {
            var rules = rules(RISKS);
            rules.values().forEach(rule -> ((ObjectNode) rule).remove("risk"));
            return rules;
        });
        return document;
    }

    private String tool(Collection<String> keys) {
        var names = new ArrayList<>(keys);
        names.add("pay");
        var name = one(names).replace("*", one("", "x"));
        return random.nextInt(6) == 0 ? name.toUpperCase(Locale.ROOT) : name;
    }

    private ObjectNode arguments() {
        var arguments = JSON.objectNode();
        for (var name : List.of("amount", "a.b", "a-b_c$", "größe")) {
            mostly(arguments, name, this::argument);
        }
        mostly(arguments, "items", () -> JSON.arrayNode().add(JSON.objectNode().set("id", argument())));
        mostly(arguments, "é\"", () -> JSON.objectNode().set("x", argument()));
        return arguments;
    }

    private JsonNode argument() {
        return one(List.of(
                any(),
                any(),
                number("-1", "0", "100", "1e500"),
                text(one("/srv/data/a", "s3://", "*", "ac")),
                JSON.nullNode()));
    }

    private ObjectNode rules(List<String> names) {
        var rules = JSON.objectNode();
        some(names, 3).values().forEach(name -> rules.set(name.stringValue(), rule()));
        return rules;
    }

    private ObjectNode rule() {
        var rule = JSON.objectNode();
        maybe(rule, "require", () -> list(2, this::requirement));
        maybe(rule, "deny_if", () -> list(2, this::denial));
        maybe(rule, "limits", this::limits);
        maybe(rule, "require_approval", this::approvals);
        maybe(rule, "redact", () -> some(PATHS, 2));
        maybe(rule, "risk", () -> text(one(RISKS)));
        maybe(rule, "channel_args", () -> text(one("full", "keys", "hidden")));
        maybe(rule, "rate_limit", this::rateLimit);
        if (random.nextInt(3) == 0) {
            var asks = !rule.has("require_approval");
            rule.put("action", asks ? one("allow", "deny", "require_approval") : one("allow", "deny"));
            maybe(rule, "reason", this::text);
        }
        return rule;
    }

    private ObjectNode requirement() {
        var entry = JSON.objectNode();
        if (random.nextInt(3) == 0) {
            entry.set("conditions", list(2, this::condition).add(condition()));
        } else {
            entry = condition();
        }
        maybe(entry, "on_deny", this::text);
        return entry;
    }

    private ObjectNode denial() {
        var entry = JSON.objectNode();
        entry.set("conditions", list(3, this::condition));
        maybe(entry, "on_deny", this::text);
        return entry;
    }

    private ObjectNode condition() {
        var operator = one(List.copyOf(Operator.BY_WORD.keySet()));
        var condition = JSON.objectNode();
        condition.put("path", one(PATHS)).put("op", operator);
        condition.set("value", operand(operator));
        return condition;
    }

    private JsonNode operand(String operator) {
        return switch (operator) {
            case "in", "not_in" -> list(2, this::any).add(any());
            case "lt", "lte", "gt", "gte" -> number("0", "-1.5", "1e400", "100", "0.1");
            case "regex" -> text(one("^s3://", "", "(a|b)+[c-d]{2,3}$", "\\d+"));
            case "contains" -> one(List.of(text("*"), number("1"), JSON.objectNode(), JSON.arrayNode()));
            case "exists" -> JSON.booleanNode(random.nextBoolean());
            case "path_within" -> text(one("/srv/data", "data", "/", ".", "a/../b", "C:\\x", "/srv/..data", "..."));
            default -> any();
        };
    }

    private JsonNode any() {
        return one(List.of(
                text(),
                number("1", "1.50", "1e3"),
                JSON.booleanNode(true),
                JSON.arrayNode().add("a").addNull(),
                JSON.objectNode().put("a", 1).putNull("b")));
    }

    private ArrayNode limits() {
        return list(3, () -> {
            var limit = JSON.objectNode();
            limit.put("counter", "counter " + counters++).put("window", one(random.nextBoolean() ? UNITS : LENGTHS));
            limit.set("max", number("1", "10.5", "1e15", "0.000000000000000001", "1000000000000000"));
            maybe(limit, "scope", () -> text(one("session", "grant", "server", "global")));
            maybe(limit, "amount", () -> text(one(PATHS)));
            maybe(limit, "on_deny", this::text);
            return limit;
        });
    }

    private JsonNode rateLimit() {
        if (random.nextBoolean()) {
            return text(one("1/second", "0010/minute", "999999999999999/month"));
        }
        var limit = JSON.objectNode();
        limit.set("max", number("1", "2.5"));
        limit.set("window", number("1", "60", "31622400", "6e1", "60.0"));
        return limit;
    }

    private JsonNode approvals() {
        if (random.nextInt(4) == 0) {
            return random.nextBoolean() ? JSON.booleanNode(true) : approval();
        }
        var entries = JSON.arrayNode();
        for (int i = random.nextInt(2); i > 0; i--) {
            var entry = approval();
            entry.set("conditions", JSON.arrayNode().add(condition()));
            entries.add(entry);
        }
        return entries.add(approval());
    }

    private ObjectNode approval() {
        var entry = JSON.objectNode();
        maybe(entry, "conditions", () -> list(2, this::condition));
        maybe(entry, "flow", () -> text(one("single-approval", "two-person", "quorum-approval")));
        if (entry.has("flow") && !entry.path("flow").stringValue().equals("single-approval")) {
            maybe(entry, "with", this::parameters);
        }
        maybe(
                entry,
                "approvers",
                () -> some(List.of("radiology-leads", "security"), 1).add("ana"));
        maybe(entry, "expires_after", () -> text(one(random.nextBoolean() ? LENGTHS : List.of("1ms", "999ms", "4h"))));
        maybe(entry, "approved_for", () -> text(one("15m", "1d", "PT0.5S")));
        maybe(entry, "reason", this::text);
        for (var flag : List.of("reason_required", "allow_owner", "allow_edit")) {
            maybe(entry, flag, () -> JSON.booleanNode(random.nextBoolean()));
        }
        maybe(entry, "min_assurance", () -> text(one("link", "slack", "login", "login+fresh")));
        return entry;
    }

    private ObjectNode parameters() {
        var with = JSON.objectNode();
        maybe(with, "approvals", () -> number("1", "1000", "2.0"));
        maybe(with, "other", () -> one(List.of(text(), number("1.5"), list(2, this::text))));
        return with;
    }

    private void maybe(ObjectNode object, String key, Supplier<JsonNode> value) {
        if (random.nextInt(3) == 0) {
            object.set(key, value.get());
        }
    }

    private void mostly(ObjectNode object, String key, Supplier<JsonNode> value) {
        if (random.nextInt(4) > 0) {
            object.set(key, value.get());
        }
    }

    private <T extends JsonNode> ArrayNode list(int most, Supplier<T> element) {
        var list = JSON.arrayNode();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    private ArrayNode some(List<String> names, int most) {
        var shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, random);
        var list = JSON.arrayNode();
        shuffled.subList(0, random.nextInt(most + 1)).forEach(list::add);
        return list;
    }

    private JsonNode text() {
        return text(one(TEXTS));
    }

    private static JsonNode text(String value) {
        return JSON.stringNode(value);
    }

    private JsonNode number(String... values) {
        return JSON.numberNode(new BigDecimal(one(values)));
    }

    private String one(String... values) {
        return one(List.of(values));
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
