package io.holdpoint.gateway.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Guesses from a tool's words and annotations what it does (spec 03, Catalogue). It is a guess: a wrong one must cost an
 * unneeded question rather than a missing one, so the riskier reading counts.
 */
final class ToolClassifier {

    private static final Pattern BORDERS =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z]+");
    private static final Pattern NO_RETURN =
            Pattern.compile("(?i)permanently|irreversibl|irrecoverabl|cannot be undone|can't be undone|destructive");
    private static final Set<String> JOINTS = Set.of("and", "or", "then");
    private static final int OPENING_WORDS = 6;
    private static final int SENTENCE_WORDS = 60;

    private ToolClassifier() {}

    /** @param trusted whether the server's annotations may make the tool less risky than its words */
    static Category category(ListedTool tool, boolean trusted) {
        var words = fromWords(tool);
        if (tool.isTooLong()) {
            return words.riskier(Category.UNKNOWN);
        }
        var readOnly = tool.annotations().get(ListedTool.READ_ONLY);
        var destructive = tool.annotations().get(ListedTool.DESTRUCTIVE);
        if (isTrue(destructive)) {
            return words.riskier(Category.DESTRUCTIVE);
        }
        if (isTrue(readOnly)) {
            return trusted ? Category.READ : words;
        }
        var changes = readOnly != null || destructive != null ? words.riskier(Category.WRITE) : words;
        return trusted && destructive != null ? withoutLoss(changes) : changes;
    }

    private static boolean isTrue(@Nullable Boolean hint) {
        return hint != null && hint;
    }

    /** A hint that nothing is lost says nothing about money (MCP 2025-11-25, ToolAnnotations). */
    private static Category withoutLoss(Category words) {
        return words == Category.FINANCIAL ? words : Category.WRITE;
    }

    private static Category fromWords(ListedTool tool) {
        var name = fromName(words(tool.beginningOfName()).toList());
        var description = fromDescription(tool.description());
        if (name.isPresent() && description.isPresent()) {
            return name.get().riskier(description.get());
        }
        return name.or(() -> description).orElse(Category.UNKNOWN);
    }

    /** Found one by one: a server's text may have very many. */
    private static Stream<String> words(String text) {
        return BORDERS.splitAsStream(text).filter(word -> !word.isEmpty()).map(word -> word.toLowerCase(Locale.ROOT));
    }

    private static Optional<Category> fromName(List<String> words) {
        var first = words.stream().flatMap(word -> Verbs.exact(word).stream()).findFirst();
        return first.map(verb -> verb == Category.READ ? readOrWorse(words) : worst(words));
    }

    /** After a reading verb other verbs are mostly nouns ({@code get_run_details}), but nothing is destroyed by a noun. */
    private static Category readOrWorse(List<String> words) {
        var worst = Category.READ;
        var joined = false;
        for (var word : words) {
            var meaning = Verbs.exact(word).orElse(Category.READ);
            worst = joined || meaning == Category.DESTRUCTIVE ? worst.riskier(meaning) : worst;
            joined = joined || JOINTS.contains(word);
        }
        return worst;
    }

    private static Category worst(List<String> words) {
        return words.stream().flatMap(word -> Verbs.exact(word).stream()).reduce(Category.READ, Category::riskier);
    }

    private static Optional<Category> fromDescription(String description) {
        var words = words(description).limit(SENTENCE_WORDS).toList();
        var opening = words.stream()
                .limit(OPENING_WORDS)
                .flatMap(word -> Verbs.inSentence(word).stream())
                .findFirst();
        if (NO_RETURN.matcher(description).find() || destroysToo(words)) {
            return Optional.of(opening.orElse(Category.DESTRUCTIVE).riskier(Category.DESTRUCTIVE));
        }
        return opening;
    }

    /** {@code Moves the file and deletes the original}. */
    private static boolean destroysToo(List<String> words) {
        for (var i = 1; i < words.size(); i++) {
            if (JOINTS.contains(words.get(i - 1))
                    && Verbs.inSentence(words.get(i))
                            .filter(Category.DESTRUCTIVE::equals)
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }
}
