package io.holdpoint.gateway.policy.argument;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a tool's arguments people may not see: named paths, what the tool's schema marks, and members with names of
 * secrets. Immutable and safe for any thread (spec 03, Secrets).
 */
public final class Redaction {

    private static final int LONGEST_UNCUT = 200;

    private final PathMask paths;
    private final Optional<JsonNode> inputSchema;

    /**
     * Arguments as people see them.
     *
     * @param json with secrets masked, keys in their order, numbers exact and invisible characters escaped
     * @param masked how many values are masked
     * @param cut whether a masked value is over 200 characters or no text, which counts as cut on a card
     */
    public record Shown(String json, int masked, boolean cut) {}

    private Redaction(PathMask paths, Optional<JsonNode> inputSchema) {
        this.paths = paths;
        this.inputSchema = inputSchema;
    }

    /** Masks by name only. */
    public static Redaction byName() {
        return new Redaction(PathMask.NOTHING, Optional.empty());
    }

    public static Redaction of(List<ArgumentPath> paths) {
        return new Redaction(PathMask.of(paths), Optional.empty());
    }

    /** Masks also what a tool's input schema marks with {@code format: password} or {@code writeOnly}. */
    public Redaction withSchema(JsonNode inputSchema) {
        return new Redaction(paths, Optional.of(inputSchema));
    }

    /** Whether a tool's input schema itself marks an argument as secret as a whole. */
    public static boolean isMarked(JsonNode inputSchema, String argument) {
        return SchemaMask.of(inputSchema).member(argument).whole();
    }

    /** For one value: a schema's mask has a budget. */
    private Mask mask() {
        return inputSchema.<Mask>map(schema -> paths.and(SchemaMask.of(schema))).orElse(paths);
    }

    /**
     * Writes the arguments as people may see them. Takes a second at worst, whatever the schema; what that does not
     * suffice for is masked.
     */
    public Shown show(ObjectNode arguments) {
        var writer = new Writer();
        writer.write(arguments, mask());
        return new Shown(writer.text.toString(), writer.masked, writer.cut);
    }

    /**
     * One argument as people may see it.
     *
     * @param masked whether it, or something it stands in, is masked as a whole
     */
    public record Part(String text, boolean masked) {}

    /** The argument at a path, which must be there, as it would look in {@link #show}. */
    public Part part(ArgumentPath path, ObjectNode arguments) {
        var writer = new Writer();
        var mask = mask();
        JsonNode value = arguments;
        boolean hidden = mask.whole();
        for (var step : path.steps()) {
            hidden |= step.name().filter(SecretNames::contains).isPresent();
            mask = after(mask, step);
            hidden |= mask.whole();
            value = step.in(value).orElseThrow();
        }
        if (hidden) {
            writer.hide(value);
        } else {
            writer.write(value, mask);
        }
        return new Part(writer.text.toString(), hidden);
    }

    /** Whether an argument is hidden as a whole, by its own name or path or that of something it stands in. */
    public boolean hides(ArgumentPath path) {
        var at = mask();
        for (var step : path.steps()) {
            if (at.whole() || step.name().filter(SecretNames::contains).isPresent()) {
                return true;
            }
            at = after(at, step);
        }
        return at.whole();
    }

    private static Mask after(Mask mask, PathStep step) {
        return step.name().isPresent() ? mask.member(step.name().get()) : mask.element(step.index());
    }

    private static final class Writer {

        private final StringBuilder text = new StringBuilder();
        private int masked;
        private boolean cut;

        void write(JsonNode value, Mask mask) {
            if (mask.whole()) {
                hide(value);
            } else if (value.isObject()) {
                members(value, mask);
            } else if (value.isArray()) {
                elements(value, mask);
            } else {
                JsonText.scalar(text, value, false);
            }
        }

        private void members(JsonNode object, Mask mask) {
            text.append('{');
            var between = "";
            for (var member : object.properties()) {
                JsonText.quote(text.append(between), member.getKey());
                text.append(':');
                member(member.getKey(), member.getValue(), mask.member(member.getKey()));
                between = ",";
            }
            text.append('}');
        }

        private void member(String name, JsonNode value, Mask mask) {
            if (SecretNames.contains(name)) {
                hide(value);
            } else {
                write(value, mask);
            }
        }

        private void elements(JsonNode list, Mask mask) {
            text.append('[');
            for (int i = 0; i < list.size(); i++) {
                text.append(i == 0 ? "" : ",");
                write(list.get(i), mask.element(i));
            }
            text.append(']');
        }

        private void hide(JsonNode value) {
            if (value.isNull()) {
                text.append("null");
                return;
            }
            int length = length(value);
            masked++;
            cut |= !value.isString() || length > LONGEST_UNCUT;
            text.append("\"•••• (").append(length).append(length == 1 ? " character)\"" : " characters)\"");
        }

        private static int length(JsonNode value) {
            var shown = value.isString() ? value.stringValue() : Values.canonical(value);
            return shown.codePointCount(0, shown.length());
        }
    }
}
