package io.holdpoint.gateway.policy.argument;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where an argument is: {@code args.a.b}, {@code args.list[0]}, {@code args["a.b"]}. Compiled once. Immutable. */
public final class ArgumentPath {

    /** How messages say what is allowed. */
    public static final String ADVICE = "use args. and names, such as args.amount, args.items[0].id or args[\"a.b\"]";

    private static final Pattern STEP =
            Pattern.compile("\\.([^.\\[\\]\"\\s]+)|\\[([0-9]{1,9})\\]|\\[(\"(?:[^\"\\\\]|\\\\.)*\")\\]");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ROOT = "args";
    /** In letters, as the published schema counts them. */
    public static final int LONGEST = 1000;

    private static final PathStep BROKEN = PathStep.element(-1);

    private final String text;
    private final List<PathStep> steps;

    private ArgumentPath(String text, List<PathStep> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
    }

    /** Reads a path; nothing if the text is none. */
    public static Optional<ArgumentPath> parse(String text) {
        if (!text.startsWith(ROOT) || isTooLong(text)) {
            return Optional.empty();
        }
        var steps = new ArrayList<PathStep>();
        var matcher = STEP.matcher(text);
        int at = ROOT.length();
        while (matcher.region(at, text.length()).lookingAt()) {
            steps.add(step(matcher.group(1), matcher.group(2), matcher.group(3)));
            at = matcher.end();
        }
        boolean whole = at == text.length() && !steps.isEmpty() && !steps.contains(BROKEN);
        return whole ? Optional.of(new ArgumentPath(text, steps)) : Optional.empty();
    }

    /** Whether {@link #parse} refuses a text for its length alone. */
    public static boolean isTooLong(String text) {
        return text.codePointCount(0, text.length()) > LONGEST;
    }

    /** The argument; an argument that is {@code null} counts as absent (spec 03, Grammar). */
    public Optional<JsonNode> in(ObjectNode arguments) {
        Optional<JsonNode> value = Optional.of(arguments);
        for (var step : steps) {
            value = value.flatMap(step::in);
        }
        return value.filter(found -> !found.isNull() && !found.isMissingNode());
    }

    /** From the arguments down to the value; never empty. */
    public List<PathStep> steps() {
        return steps;
    }

    /** One text for all ways of writing the path. */
    public String canonical() {
        var path = new StringBuilder(ROOT);
        for (var step : steps) {
            path.append('[');
            step.name().ifPresentOrElse(name -> JsonText.canonicalQuote(path, name), () -> path.append(step.index()));
            path.append(']');
        }
        return path.toString();
    }

    /** As the policy writes it. */
    @Override
    public String toString() {
        return text;
    }

    private static PathStep step(@Nullable String name, @Nullable String index, String quoted) {
        if (name != null) {
            return PathStep.member(name);
        }
        return index != null ? PathStep.element(Integer.parseInt(index)) : quotedStep(quoted);
    }

    private static PathStep quotedStep(String quoted) {
        try {
            return PathStep.member(JSON.readValue(quoted, String.class));
        } catch (JacksonException e) {
            return BROKEN;
        }
    }
}
