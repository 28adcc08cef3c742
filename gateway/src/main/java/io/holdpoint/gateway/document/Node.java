package io.holdpoint.gateway.document;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A value in a document, and where it stands. {@code path} is what messages show ({@code tools.echo.limits[0]},
 * {@code args["a.b"]} style for keys with dots or blanks); {@code line} counts from 1.
 */
public sealed interface Node {

    String file();

    int line();

    String path();

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
    record Obj(String file, int line, String path, Map<String, Node> members) implements Node {
        public Obj {
            members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** A list. */
    record Arr(String file, int line, String path, List<Node> elements) implements Node {
        public Arr {
            elements = List.copyOf(elements);
        }
    }

    /** A text. */
    record Text(String file, int line, String path, String value) implements Node {
        public Text {
            Objects.requireNonNull(value);
        }
    }

    /** A number, exact. */
    record Num(String file, int line, String path, BigDecimal value) implements Node {
        public Num {
            Objects.requireNonNull(value);
        }
    }

    /** True or false. */
    record Bool(String file, int line, String path, boolean value) implements Node {}

    /** Null, or nothing where YAML leaves a value out. */
    record Null(String file, int line, String path) implements Node {}
}
