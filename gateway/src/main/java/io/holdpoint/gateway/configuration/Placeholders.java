package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} by the environment's value, and remembers where, so that no message ever shows one.
 * Not thread-safe.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

    /** Keys of numbers and of true-or-false, which an environment can only give as text. */
    private static final Set<String> NUMBERS =
            Set.of("port", "max-body", "max-depth", "max-pending", "max-pending-per-grant");

    private static final Set<String> TRUTHS = Set.of("trusted", "allow-owner");

    /** Values shorter than this are hidden only where they stand: elsewhere the same letters mean something else. */
    private static final int TELLING_LENGTH = 6;

    private final Function<String, Optional<String>> environment;
    private final Faults faults;
    private final Map<String, String> usedByPath = new LinkedHashMap<>();
    private final Map<String, String> valuesByName = new LinkedHashMap<>();

    /** @param environment a variable's value by its name */
    Placeholders(Function<String, Optional<String>> environment, Faults faults) {
        this.environment = environment;
        this.faults = faults;
    }

    /** The same document with every placeholder replaced; a fault for each that cannot be. */
    Node resolve(Node node) {
        if (node instanceof Node.Obj object) {
            var members = new LinkedHashMap<String, Node>();
            object.members().forEach((key, member) -> members.put(key, typed(key, member, resolve(member))));
            return new Node.Obj(node.where(), members);
        }
        if (node instanceof Node.Arr list) {
            List<Node> elements = new ArrayList<>();
            list.elements().forEach(element -> elements.add(resolve(element)));
            return new Node.Arr(node.where(), elements);
        }
        return node instanceof Node.Text text ? resolve(text) : node;
    }

    /** Whether a value, or a part of it, came from the environment. */
    boolean filled(Node node) {
        return usedByPath.containsKey(node.path());
    }

    /** Whether a value at a path, or a part of it, came from one of these variables. */
    boolean filledFrom(Set<String> names, String path) {
        return names.contains(usedByPath.getOrDefault(path, ""));
    }

    /** The fault with every value of the environment taken out of its message. */
    Fault withoutValues(Fault fault) {
        var message = fault.message();
        for (var entry : valuesByName.entrySet()) {
            var stoodHere = entry.getKey().equals(usedByPath.get(fault.path()));
            if (stoodHere || entry.getValue().length() >= TELLING_LENGTH) {
                message = message.replace(entry.getValue(), "${" + entry.getKey() + "}");
            }
        }
        return new Fault(fault.file(), fault.line(), fault.path(), message);
    }

    private Node resolve(Node.Text text) {
        if (!text.value().contains("${")) {
            return text;
        }
        var resolved = PLACEHOLDER
                .matcher(text.value())
                .replaceAll(found -> Matcher.quoteReplacement(value(text, found.group(), found.group(1))));
        return new Node.Text(text.where(), resolved);
    }

    private String value(Node.Text text, String placeholder, String name) {
        usedByPath.put(text.path(), name);
        if (!placeholder.endsWith("}") || !NAME.matcher(name).matches()) {
            faults.at(text, "has a placeholder that names no environment variable; write ${NAME}");
            return placeholder;
        }
        var value = environment.apply(name).filter(v -> !v.isBlank());
        if (value.isEmpty()) {
            faults.at(text, "needs the environment variable " + name + ", which is not set; set it");
            return placeholder;
        }
        valuesByName.put(name, value.get());
        return value.get();
    }

    private Node typed(String key, Node before, Node after) {
        if (before == after || !(after instanceof Node.Text text)) {
            return after;
        }
        if (NUMBERS.contains(key) && WHOLE_NUMBER.matcher(text.value()).matches()) {
            return new Node.Num(text.where(), new BigDecimal(text.value()));
        }
        if (TRUTHS.contains(key) && Set.of("true", "false").contains(text.value())) {
            return new Node.Bool(text.where(), Boolean.parseBoolean(text.value()));
        }
        return after;
    }
}
