package io.holdpoint.gateway.authoring.draft;

import io.holdpoint.gateway.catalog.Category;
import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.catalog.WhyCategory;
import io.holdpoint.gateway.document.Pointer;
import io.holdpoint.gateway.policy.argument.Redaction;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Drafts the rule of one tool. */
final class ToolSuggestion {

    private static final Pattern AMOUNT = Pattern.compile("amount|price|total");
    private static final Pattern PLACE = Pattern.compile("path|file|directory|folder");
    private static final Set<String> NUMBERS = Set.of("number", "integer");
    private static final int LONGEST_DESCRIPTION = 120;
    private static final int LONGEST_ARGUMENT = 100;
    private static final int MOST_ARGUMENTS = 100;

    private final Draft draft;
    private final Definition tool;
    private final boolean trusted;
    private final String pointer;

    ToolSuggestion(Draft draft, Definition tool, boolean trusted) {
        this.draft = draft;
        this.tool = tool;
        this.trusted = trusted;
        this.pointer = "/tools" + Pointer.step(tool.tool());
    }

    /** Adds the rule to those of all tools. */
    void into(ObjectNode rules) {
        describe();
        var rule = rules.putObject(tool.tool());
        switch (tool.category()) {
            case READ -> limit(rule, "minute", 60);
            case WRITE -> limit(rule, "hour", 30);
            case DESTRUCTIVE -> approval(rule, "Destroys or overwrites: look at what it would hit");
            case FINANCIAL -> approval(rule, "Moves money: look at how much, and to whom");
            case EXECUTE, UNKNOWN -> rule.put("require_approval", true);
        }
        tool.inputSchema().path("properties").properties().stream()
                .limit(MOST_ARGUMENTS)
                .filter(argument -> argument.getKey().length() <= LONGEST_ARGUMENT)
                .forEach(argument -> argument(rule, argument.getKey(), argument.getValue()));
    }

    private void describe() {
        var description =
                JsonMapper.shared().readTree(tool.json()).path("description").stringValue("");
        var quoted = description.isBlank() ? "" : " " + OneLine.quoted(description, LONGEST_DESCRIPTION);
        draft.comment(pointer, "%s: %s.%s".formatted(tool.category().label(), WhyCategory.of(tool, trusted), quoted));
    }

    private static void limit(ObjectNode rule, String window, int max) {
        rule.putArray("limits").addObject().put("window", window).put("max", max);
    }

    private static void approval(ObjectNode rule, String reason) {
        rule.putObject("require_approval").put("reason", reason);
    }

    private void argument(ObjectNode rule, String name, JsonNode schema) {
        var plain = name.toLowerCase(Locale.ROOT);
        var path = ArgumentName.path(List.of(name));
        if (isSecret(name) && !Redaction.isMarked(tool.inputSchema(), name)) {
            rule.withArrayProperty("redact").add(path);
        } else if (tool.category() == Category.FINANCIAL
                && AMOUNT.matcher(plain).find()
                && NUMBERS.contains(type(schema))) {
            example(condition(path, "lte").put("value", 100));
        } else if (PLACE.matcher(plain).find() && type(schema).equals("string")) {
            example(condition(path, "path_within").put("value", "/srv/data"));
        }
    }

    private void example(ObjectNode condition) {
        draft.comment(pointer, "For example, require: [" + condition + "]");
    }

    private static ObjectNode condition(String path, String op) {
        return JsonNodeFactory.instance.objectNode().put("path", path).put("op", op);
    }

    private static String type(JsonNode schema) {
        return schema.path("type").stringValue("");
    }

    /** Asks the redaction itself, so that there is one list of such names. */
    private static boolean isSecret(String name) {
        var arguments = JsonNodeFactory.instance.objectNode().put(name, "x");
        return Redaction.byName().show(arguments).masked() > 0;
    }
}
