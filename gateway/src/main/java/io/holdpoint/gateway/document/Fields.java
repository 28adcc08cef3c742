package io.holdpoint.gateway.document;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The members of an object, read by type. What is wrong is noted in {@link Faults} and reads as absent, so that reading
 * goes on and everything wrong is found at once. A key that was asked for is known; {@link #noOthers} reports the rest.
 * Values are shown in messages only where they are words or durations, never free text. Not thread-safe.
 */
public final class Fields {

    private final Node.Obj object;
    private final Faults faults;
    private final Set<String> known = new LinkedHashSet<>();

    public Fields(Node.Obj object, Faults faults) {
        this.object = object;
        this.faults = faults;
    }

    /** The members of a value, if it is an object; else notes a fault. */
    public static Optional<Fields> of(Node node, Faults faults) {
        if (node instanceof Node.Obj object) {
            return Optional.of(new Fields(object, faults));
        }
        faults.wrongKind(node, "an object");
        return Optional.empty();
    }

    /** The object itself, for faults that concern it as a whole. */
    public Node.Obj self() {
        return object;
    }

    /** The value as it stands, of any type; {@code null} in the document is a {@link Node.Null}. */
    public Optional<Node> any(String key) {
        known.add(key);
        return Optional.ofNullable(object.members().get(key));
    }

    public boolean has(String key) {
        return any(key).isPresent();
    }

    /** Notes a fault if the key is missing. */
    public Fields require(String... keys) {
        for (var key : keys) {
            if (!has(key)) {
                faults.at(object, object.path().isEmpty() ? "has no " + key + "; add it" : "lacks " + key + "; add it");
            }
        }
        return this;
    }

    /** A text that must be there and not be blank; empty after a fault. */
    public String text(String key) {
        require(key);
        return optionalText(key).orElse("");
    }

    /** A text; a blank one is a fault. */
    public Optional<String> optionalText(String key) {
        return any(key).flatMap(this::textOf);
    }

    /** A whole number within bounds, both included. */
    public OptionalInt integer(String key, int min, int max) {
        var node = any(key);
        var value = node.flatMap(this::numberOf).filter(n -> within(node.orElseThrow(), n, min, max));
        return value.isPresent() ? OptionalInt.of(value.get().intValueExact()) : OptionalInt.empty();
    }

    /** True or false; the default where absent. */
    public boolean bool(String key, boolean orElse) {
        return any(key).flatMap(this::boolOf).orElse(orElse);
    }

    /** A duration longer than nothing and not longer than {@code max}. */
    public Optional<Duration> duration(String key, Duration max) {
        return duration(key, Duration.ofMillis(1), max);
    }

    /** A duration within bounds, both included. */
    public Optional<Duration> duration(String key, Duration min, Duration max) {
        return any(key).flatMap(node -> durationOf(node, min, max));
    }

    /** One of the words allowed, in the order messages shall list them. */
    public <T> Optional<T> word(String key, Map<String, T> allowed) {
        return any(key).flatMap(node -> wordOf(node, allowed));
    }

    /** The elements of a list; none where absent. */
    public List<Node> list(String key) {
        return any(key).map(this::elementsOf).orElse(List.of());
    }

    /** A list of texts, none blank and none twice; none where absent. */
    public List<String> texts(String key) {
        var texts = new LinkedHashSet<String>();
        for (var element : list(key)) {
            textOf(element)
                    .filter(text -> !texts.add(text))
                    .ifPresent(text -> faults.at(element, "is there twice; remove one"));
        }
        return new ArrayList<>(texts);
    }

    /** An object. */
    public Optional<Fields> object(String key) {
        return any(key).flatMap(node -> of(node, faults));
    }

    /** An object whose keys are names of the user's own, each naming an object; in order, none where absent. */
    public Map<String, Fields> objects(String key) {
        var objects = new LinkedHashMap<String, Fields>();
        object(key)
                .ifPresent(names -> names.self()
                        .members()
                        .forEach((name, node) -> of(node, faults).ifPresent(fields -> objects.put(name, fields))));
        return objects;
    }

    /** Notes a fault for every key that nobody asked for. Call it last. */
    public void noOthers() {
        object.members().forEach((key, node) -> {
            if (!known.contains(key)) {
                faults.at(node, "is unknown" + Nearest.advice(key, known));
            }
        });
    }

    private Optional<String> textOf(Node node) {
        if (!(node instanceof Node.Text text)) {
            faults.wrongKind(
                    node, "a text" + (node instanceof Node.Num || node instanceof Node.Bool ? " (in quotes)" : ""));
            return Optional.empty();
        }
        if (text.value().isBlank()) {
            faults.at(node, "is blank; write something or leave it out");
            return Optional.empty();
        }
        return Optional.of(text.value());
    }

    private Optional<BigDecimal> numberOf(Node node) {
        if (node instanceof Node.Num number) {
            return Optional.of(number.value());
        }
        faults.wrongKind(node, "a number");
        return Optional.empty();
    }

    private boolean within(Node node, BigDecimal n, int min, int max) {
        boolean whole = n.signum() == 0 || n.stripTrailingZeros().scale() <= 0;
        if (whole && n.compareTo(BigDecimal.valueOf(min)) >= 0 && n.compareTo(BigDecimal.valueOf(max)) <= 0) {
            return true;
        }
        faults.at(node, "is " + n.toString() + "; use a whole number from " + min + " to " + max);
        return false;
    }

    private Optional<Boolean> boolOf(Node node) {
        if (node instanceof Node.Bool bool) {
            return Optional.of(bool.value());
        }
        faults.wrongKind(node, "true or false");
        return Optional.empty();
    }

    private Optional<Duration> durationOf(Node node, Duration min, Duration max) {
        var found = node instanceof Node.Text text ? Durations.parse(text.value()) : Optional.<Duration>empty();
        if (found.isEmpty()) {
            faults.wrongValue(node, "use " + Durations.EXAMPLES);
        } else if (found.get().compareTo(min) < 0 || found.get().compareTo(max) > 0) {
            faults.wrongValue(node, "use " + Durations.brief(min) + " to " + Durations.brief(max));
            return Optional.empty();
        }
        return found;
    }

    private <T> Optional<T> wordOf(Node node, Map<String, T> allowed) {
        var found =
                node instanceof Node.Text text ? Optional.ofNullable(allowed.get(text.value())) : Optional.<T>empty();
        if (found.isEmpty()) {
            faults.wrongWord(node, allowed.keySet());
        }
        return found;
    }

    private List<Node> elementsOf(Node node) {
        if (node instanceof Node.Arr list) {
            return list.elements();
        }
        faults.wrongKind(node, "a list");
        return List.of();
    }
}
