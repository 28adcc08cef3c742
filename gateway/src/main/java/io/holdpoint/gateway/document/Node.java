package io.holdpoint.gateway.document;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A value in a document, and where it stands. */
public sealed interface Node {

    Where where();

    default String file() {
        return where().file();
    }

    default int line() {
        return where().line();
    }

    default String path() {
        return where().path();
    }

    /** What it is, for messages: {@code an object}, {@code a list}, {@code a text}, {@code a number}, {@code true or false}, {@code null}. */
    default String kind() {
        return this instanceof Obj
                ? "an object"
                : this instanceof Arr
                        ? "a list"
                        : this instanceof Text
                                ? "a text"
                                : this instanceof Num ? "a number" : this instanceof Bool ? "true or false" : "null";
    }

    /** An object; members keep their order. */
    record Obj(Where where, Map<String, Node> members) implements Node {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** A list. */
    record Arr(Where where, List<Node> elements) implements Node {
        public Arr {
            elements = List.copyOf(elements);
        }
    }

    /** A text. */
    record Text(Where where, String value) implements Node {
        public Text {
            Objects.requireNonNull(value);
        }
    }

    /** A number, exact. */
    record Num(Where where, BigDecimal value) implements Node {
        public Num {
            Objects.requireNonNull(value);
        }
    }

    /** True or false. */
    record Bool(Where where, boolean value) implements Node {}

    /** Null, or nothing where YAML leaves a value out. */
    record Null(Where where) implements Node {}
}
