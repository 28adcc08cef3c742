package io.holdpoint.gateway.document;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** One JSON text (RFC 8259) and the line of each of its values. */
final class JsonDocument {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    // One more than ours, so that ours answers.
                    .maxNestingDepth(DocumentReader.MAX_DEPTH + 1)
                    .maxStringLength(DocumentReader.MAX_BYTES)
                    .maxNameLength(DocumentReader.MAX_BYTES)
                    .maxNumberLength(DocumentReader.MAX_BYTES)
                    .build())
            .build();

    /** What Jackson quotes from the document; it might be part of a secret. */
    private static final Pattern CITED = Pattern.compile("'[^']{2,}'|\"[^\"]{2,}\"");

    private final String file;
    private final String text;
    private final Faults faults;

    JsonDocument(String file, String text, Faults faults) {
        this.file = file;
        this.text = text;
        this.faults = faults;
    }

    Node read() {
        if (text.isBlank()) {
            throw Faults.fatal(file, 1, "", "is empty; write a JSON object");
        }
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            var document = value(parser, Where.document(file, line(parser)), 0);
            if (parser.nextToken() != null) {
                throw Faults.fatal(file, line(parser), "", "goes on after its end; remove what follows");
            }
            return document;
        } catch (JacksonException e) {
            throw Faults.fatal(file, lineOf(e), "", "is not JSON here: " + firstSentence(e));
        }
    }

    private Node value(JsonParser parser, Where where, int depth) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, where, depth + 1);
            case START_ARRAY -> list(parser, where, depth + 1);
            case VALUE_STRING -> new Node.Text(where, faults.wellFormed(parser.getString(), where));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Num(where, number(parser.getString(), where));
            case VALUE_TRUE -> new Node.Bool(where, true);
            case VALUE_FALSE -> new Node.Bool(where, false);
            case VALUE_NULL -> new Node.Null(where);
            default -> throw Faults.fatal(file, where.line(), where.path(), "is not a JSON value; write one");
        };
    }

    private Node object(JsonParser parser, Where where, int depth) {
        checkDepth(where, depth);
        var members = new LinkedHashMap<String, Node>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var at = where.member(parser.currentName(), line(parser));
            var key = faults.wellFormed(parser.currentName(), at);
            parser.nextToken();
            if (members.put(key, value(parser, at, depth)) != null) {
                faults.at(at, "is there twice; remove one");
            }
        }
        return new Node.Obj(where, members);
    }

    private Node list(JsonParser parser, Where where, int depth) {
        checkDepth(where, depth);
        var elements = new ArrayList<Node>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser, where.element(elements.size(), line(parser)), depth));
        }
        return new Node.Arr(where, elements);
    }

    private static void checkDepth(Where where, int depth) {
        if (depth > DocumentReader.MAX_DEPTH) {
            throw Faults.tooDeep(where);
        }
    }

    private BigDecimal number(String digits, Where where) {
        var value = Numbers.exact(digits);
        if (value.isEmpty()) {
            faults.at(where, Numbers.OUT_OF_RANGE);
        }
        return value.orElse(BigDecimal.ZERO);
    }

    private static int line(JsonParser parser) {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private static int lineOf(JacksonException e) {
        return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
    }

    private static String firstSentence(JacksonException e) {
        var message = e.getOriginalMessage() == null ? "unreadable" : e.getOriginalMessage();
        return CITED.matcher(message.lines().findFirst().orElse("unreadable")).replaceAll("…");
    }
}
