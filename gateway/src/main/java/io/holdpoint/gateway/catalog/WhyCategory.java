package io.holdpoint.gateway.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a tool is in its category, in words for a person. The classifier itself is asked what each part of the definition
 * says alone, so that the reason cannot say anything else than the class.
 */
public final class WhyCategory {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z]+");

    private final ListedTool tool;
    private final boolean trusted;
    private final Category category;

    private WhyCategory(ListedTool tool, boolean trusted) {
        this.tool = tool;
        this.trusted = trusted;
        this.category = ToolClassifier.category(tool, trusted);
    }

    /**
     * Says what decided, such as {@code its name says "delete"}; words quoted are letters only.
     *
     * @param trusted whether the server's annotations may make the tool less risky than its words
     */
    public static String of(Definition definition, boolean trusted) {
        if (!definition.isReadable()) {
            return "its server defines it more than once or at great length, so nobody can say what it does";
        }
        var json = definition.json().getBytes(StandardCharsets.UTF_8);
        return new WhyCategory(ListedTool.of(definition.tool(), json), trusted).text();
    }

    private String text() {
        var words = with(tool.name(), tool.description(), Map.of());
        if (words != category) {
            return hint();
        }
        if (category == Category.UNKNOWN) {
            return "nothing in its name, description or annotations says what it does";
        }
        return wordOf(tool.name(), true)
                .map(word -> "its name says \"" + word + "\"")
                .or(() -> wordOf(tool.description(), false).map(word -> "its description says \"" + word + "\""))
                .orElse("its name and description say so");
    }

    private String hint() {
        return tool.annotations().entrySet().stream()
                .filter(hint ->
                        with(tool.name(), tool.description(), Map.of(hint.getKey(), hint.getValue())) == category)
                .map(hint -> "the server says " + hint.getKey() + " is " + hint.getValue())
                .sorted()
                .findFirst()
                .orElse("the server's annotations say so");
    }

    private Optional<String> wordOf(String text, boolean inName) {
        return BETWEEN_WORDS
                .splitAsStream(text)
                .filter(word -> !word.isEmpty())
                .filter(word -> (inName ? with(word, "", Map.of()) : with("", word, Map.of())) == category)
                .findFirst();
    }

    private Category with(String name, String description, Map<String, Boolean> annotations) {
        return ToolClassifier.category(new ListedTool(name, description, annotations, tool.json()), trusted);
    }
}
