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

    private static final Pattern OLD_LINE_BREAK = Pattern.compile("[\u0085\u2028\u2029]");

    private final String file;
    private final String text;
    private final Faults faults;

    YamlDocument(String file, String text, Faults faults) {
        this.file = file;
        this.text = text;
        this.faults = faults;
    }

    Node read() {
        refuseOldLineBreaks();
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

    /** The parser would end a line here, as YAML 1.1 does, where YAML 1.2 and every editor see one line. */
    private void refuseOldLineBreaks() {
        var found = OLD_LINE_BREAK.matcher(text);
        if (found.find()) {
            var escape = String.format("\\u%04x", (int) found.group().charAt(0));
            var message = "has the line break " + escape + ", which nobody sees; remove it or write it as " + escape
                    + " in double quotes";
            throw Faults.fatal(file, lineOf(found.start()), "", message);
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
            return new Node.Null(Where.document(file, 1));
        }
        var first = events.next();
        var document = value(first, events, Where.document(file, line(first)), 0);
        events.next();
        var after = events.next();
        if (!after.is(Event.ID.StreamEnd)) {
            throw Faults.fatal(file, line(after), "", "has a second document; put it in a file of its own");
        }
        return document;
    }

    private Node value(Event event, Iterator<Event> events, Where where, int depth) {
        refuseReferences(event, where);
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, where);
        }
        if (depth >= DocumentReader.MAX_DEPTH && event instanceof CollectionStartEvent) {
            throw Faults.tooDeep(where);
        }
        if (event instanceof SequenceStartEvent) {
            return list(events, where, depth + 1);
        }
        if (event instanceof MappingStartEvent) {
            return object(events, where, depth + 1);
        }
        return faults.standIn(where.on(line(event)), "is an alias (*); write the value out");
    }

    private void refuseReferences(Event event, Where where) {
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent) && node.getAnchor() != null) {
            faults.at(where.on(line(event)), "has an anchor (&); write the value out where it is used");
        }
        boolean tagged = event instanceof ScalarEvent scalar && scalar.getTag() != null
                || event instanceof CollectionStartEvent start && start.getTag() != null;
        if (tagged) {
            faults.at(where.on(line(event)), "has a tag (!); remove it, quotes make a text");
        }
    }

    private Node object(Iterator<Event> events, Where where, int depth) {
        var members = new LinkedHashMap<String, Node>();
        for (var event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            var key = key(event, where.on(line(event)));
            var at = where.member(key, line(event));
            if (members.put(key, value(events.next(), events, at, depth)) != null) {
                faults.at(at, "is there twice; remove one");
            }
        }
        return new Node.Obj(where, members);
    }

    private String key(Event event, Where where) {
        refuseReferences(event, where);
        if (!(event instanceof ScalarEvent scalar)) {
            throw Faults.fatal(file, where.line(), where.path(), "has a key that is no text; write texts as keys");
        }
        var key = scalar(scalar, where);
        if (!(key instanceof Node.Text)) {
            var shown = scalar.getValue().isEmpty() ? "an empty key" : "the key " + Where.quoted(scalar.getValue());
            faults.at(where, "has " + shown + ", which is " + key.kind() + "; put it in quotes");
        }
        return scalar.getValue();
    }

    private Node list(Iterator<Event> events, Where where, int depth) {
        var elements = new ArrayList<Node>();
        for (var event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            elements.add(value(event, events, where.element(elements.size(), line(event)), depth));
        }
        return new Node.Arr(where, elements);
    }

    private Node scalar(ScalarEvent scalar, Where where) {
        var value = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return new Node.Text(where, faults.wellFormed(value, where));
        }
        if (NULLS.contains(value)) {
            return new Node.Null(where);
        }
        if (TRUES.contains(value) || FALSES.contains(value)) {
            return new Node.Bool(where, TRUES.contains(value));
        }
        return NUMBER.matcher(value).matches() ? number(value, where) : new Node.Text(where, value);
    }

    private Node number(String digits, Where where) {
        var value = Numbers.exact(digits);
        if (value.isEmpty()) {
            faults.at(where, Numbers.OUT_OF_RANGE);
        }
        return new Node.Num(where, value.orElse(BigDecimal.ZERO));
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }

    private static int lineOf(MarkedYAMLException e) {
        return e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
    }

    private int lineOf(ReaderException e) {
        return lineOf(text.offsetByCodePoints(0, e.getPosition()));
    }

    /** The line of a character that breaks none. */
    private int lineOf(int offset) {
        return (int) text.substring(0, offset + 1).lines().count();
    }
}
