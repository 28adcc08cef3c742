package io.holdpoint.gateway.document;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * One YAML document of the kind people mean: maps, lists and scalars. Plain scalars follow YAML 1.2, so {@code on},
 * {@code no}, {@code 1:30} and dates are texts; anchors, aliases and tags are refused. It is read from the parser's
 * events, because a composed tree no longer tells {@code !!str 1} from {@code "1"}, nor an alias from a copy.
 */
final class YamlDocument {

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUES = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSES = Set.of("false", "False", "FALSE");
    /** Not {@code 0123}: YAML 1.1 reads 83, 1.2 reads 123, and the writer meant an account number. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(?:\\.[0-9]+|(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");

    private final String file;
    private final String text;
    private final Faults faults;

    YamlDocument(String file, String text, Faults faults) {
        this.file = file;
        this.text = text;
        this.faults = faults;
    }

    Node read() {
        try {
            return document(new Yaml(options()).parse(new StringReader(text)).iterator());
        } catch (MarkedYAMLException e) {
            throw Faults.fatal(file, lineOf(e), "", "is not YAML here: " + e.getProblem());
        } catch (ReaderException e) {
            throw Faults.fatal(
                    file, lineOf(e), "", "has a control character; remove it or write it as \\u0000 in quotes");
        } catch (YAMLException e) {
            throw Faults.fatal(file, 1, "", "is not YAML that can be read safely; write it more simply");
        }
    }

    private static LoaderOptions options() {
        var options = new LoaderOptions();
        options.setCodePointLimit(DocumentReader.MAX_BYTES);
        options.setProcessComments(false);
        return options;
    }

    private Node document(Iterator<Event> events) {
        events.next();
        if (events.next().is(Event.ID.StreamEnd)) {
            return new Node.Null(file, 1, "");
        }
        var first = events.next();
        var document = value(first, events, line(first), "", 0);
        events.next();
        var after = events.next();
        if (!after.is(Event.ID.StreamEnd)) {
            throw Faults.fatal(file, line(after), "", "has a second document; put it in a file of its own");
        }
        return document;
    }

    private Node value(Event event, Iterator<Event> events, int line, String path, int depth) {
        refuseReferences(event, path);
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, line, path);
        }
        if (depth >= DocumentReader.MAX_DEPTH && event instanceof CollectionStartEvent) {
            throw Faults.tooDeep(file, line, path);
        }
        if (event instanceof SequenceStartEvent) {
            return list(events, line, path, depth + 1);
        }
        if (event instanceof MappingStartEvent) {
            return object(events, line, path, depth + 1);
        }
        return faults.standIn(file, line(event), path, "is an alias (*); write the value out");
    }

    private void refuseReferences(Event event, String path) {
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent) && node.getAnchor() != null) {
            faults.add(new Fault(file, line(event), path, "has an anchor (&); write the value out where it is used"));
        }
        boolean tagged = event instanceof ScalarEvent scalar && scalar.getTag() != null
                || event instanceof CollectionStartEvent start && start.getTag() != null;
        if (tagged) {
            faults.add(new Fault(file, line(event), path, "has a tag (!); remove it, quotes make a text"));
        }
    }

    private Node object(Iterator<Event> events, int line, String path, int depth) {
        var members = new LinkedHashMap<String, Node>();
        for (var event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            int keyLine = line(event);
            var key = key(event, path);
            var keyPath = Paths.member(path, key);
            if (members.put(key, value(events.next(), events, keyLine, keyPath, depth)) != null) {
                faults.add(new Fault(file, keyLine, keyPath, "is there twice; remove one"));
            }
        }
        return new Node.Obj(file, line, path, members);
    }

    private String key(Event event, String path) {
        refuseReferences(event, path);
        if (!(event instanceof ScalarEvent scalar)) {
            throw Faults.fatal(file, line(event), path, "has a key that is no text; write texts as keys");
        }
        var key = scalar(scalar, line(event), path);
        if (!(key instanceof Node.Text)) {
            var shown = scalar.getValue().isEmpty() ? "an empty key" : "the key " + Paths.quoted(scalar.getValue());
            faults.add(new Fault(
                    file, line(event), path, "has " + shown + ", which is " + key.kind() + "; put it in quotes"));
        }
        return scalar.getValue();
    }

    private Node list(Iterator<Event> events, int line, String path, int depth) {
        var elements = new ArrayList<Node>();
        for (var event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            elements.add(value(event, events, line(event), Paths.element(path, elements.size()), depth));
        }
        return new Node.Arr(file, line, path, elements);
    }

    private Node scalar(ScalarEvent scalar, int line, String path) {
        var value = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return new Node.Text(file, line, path, value);
        }
        if (NULLS.contains(value)) {
            return new Node.Null(file, line, path);
        }
        if (TRUES.contains(value) || FALSES.contains(value)) {
            return new Node.Bool(file, line, path, TRUES.contains(value));
        }
        return NUMBER.matcher(value).matches() ? number(value, line, path) : new Node.Text(file, line, path, value);
    }

    private Node number(String digits, int line, String path) {
        var value = Numbers.exact(digits);
        if (value.isEmpty()) {
            faults.add(new Fault(file, line, path, Numbers.OUT_OF_RANGE));
        }
        return new Node.Num(file, line, path, value.orElse(BigDecimal.ZERO));
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }

    private static int lineOf(MarkedYAMLException e) {
        return e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
    }

    private int lineOf(ReaderException e) {
        return 1
                + (int) text.codePoints()
                        .limit(e.getPosition())
                        .filter(c -> c == '\n')
                        .count();
    }
}
