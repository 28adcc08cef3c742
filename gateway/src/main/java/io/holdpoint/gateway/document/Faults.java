package io.holdpoint.gateway.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects all that is wrong before anything is refused, so that a user mends everything at once. Not thread-safe. */
public final class Faults {

    private final List<Fault> found = new ArrayList<>();
    private final Set<Node> standIns = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Notes a fault at a value; the message begins after the path, such as {@code is "minutes"; use …}. */
    public void at(Node node, String message) {
        boolean standsIn = node instanceof Node.Null && standIns.contains(node);
        if (!standsIn) {
            at(node.where(), message);
        }
    }

    /** Notes a fault at a place of which there may be no value. */
    void at(Where where, String message) {
        found.add(new Fault(where.file(), where.line(), where.path(), message));
    }

    /** Notes a fault at a place whose value cannot be had; what stands in for it has no faults of its own. */
    Node standIn(Where where, String message) {
        var node = new Node.Null(where);
        at(node, message);
        standIns.add(node);
        return node;
    }

    /** Notes that a value is of another kind than it may be: {@code is a number; use a list}. */
    public void wrongKind(Node node, String wanted) {
        at(node, "is " + node.kind() + "; use " + wanted);
    }

    /**
     * Notes that a value may not be this one: {@code is "minutes"; use second or minute}. The value is shown, so it
     * must be one that cannot be secret.
     */
    public void wrongValue(Node node, String advice) {
        at(node, "is " + shown(node) + "; " + advice);
    }

    /** Notes that a value is none of the words allowed, and which of them it looks like. */
    public void wrongWord(Node node, Collection<String> allowed) {
        var meant = node instanceof Node.Text text ? Nearest.to(text.value(), allowed) : Optional.<String>empty();
        // With one or two words to choose from, naming them is enough.
        var hint = meant.filter(word -> allowed.size() > 2).map(word -> " (did you mean " + word + "?)");
        wrongValue(node, "use " + Nearest.listed(allowed) + hint.orElse(""));
    }

    private static String shown(Node node) {
        if (node instanceof Node.Text text) {
            return Where.quoted(text.value());
        }
        return node instanceof Node.Num number ? number.value().toString() : node.kind();
    }

    public void add(Fault fault) {
        found.add(fault);
    }

    public void addAll(Collection<Fault> faults) {
        found.addAll(faults);
    }

    /** A fault after which nothing more can be read. */
    static FaultyDocument fatal(String file, int line, String path, String message) {
        return new FaultyDocument(List.of(new Fault(file, line, path, message)));
    }

    static FaultyDocument tooDeep(Where where) {
        var shown = Letters.clip(where.path(), 60);
        var message = "is nested deeper than " + DocumentReader.MAX_DEPTH + " levels; flatten it";
        return fatal(where.file(), where.line(), shown, message);
    }

    /** A text of the document, which may not have half a letter in it. */
    String wellFormed(String text, Where where) {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            at(where, "has half a surrogate pair; write both \\u halves or the character");
        }
        return text;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** All of them, in the order of their lines. */
    public List<Fault> all() {
        return found.stream()
                .sorted(Comparator.comparing(Fault::file).thenComparing(Fault::line))
                .toList();
    }

    /** Throws all of them, or does nothing if there are none. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new FaultyDocument(all());
        }
    }
}
