package io.holdpoint.gateway.console;

import io.holdpoint.gateway.console.Refused.Fault;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The JSON object a program sent, read strictly; faults are collected and told together. Not thread-safe. */
final class Body {

    /** The longest text a person may give as a reason or a note, in characters. */
    static final int LONGEST_TEXT = 2_000;

    private static final int LONGEST = 64 * 1024;

    /** The longest policy that may be sent, in bytes of UTF-8. */
    private static final int LARGEST_DOCUMENT = 1 << 20;

    /** The longest body that has a document in it: escaped, it may be longer, and arguments may stand beside it. */
    private static final int LONGEST_WITH_DOCUMENT = 4 << 20;

    private final JsonNode object;
    private final List<Fault> faults = new ArrayList<>();

    private Body(JsonNode object) {
        this.object = object;
    }

    /** Reads an object that has no members besides these. */
    static Body read(HttpServletRequest request, String... members) throws IOException {
        return read(request, LONGEST, members);
    }

    /** As {@link #read}, and larger: a document stands in it, checked by {@link #documentBytes}. */
    static Body readWithDocument(HttpServletRequest request, String... members) throws IOException {
        return read(request, LONGEST_WITH_DOCUMENT, members);
    }

    private static Body read(HttpServletRequest request, int longest, String... members) throws IOException {
        requireJson(request);
        var body = new Body(parse(bytes(request, longest)));
        body.only(Set.of(members));
        return body;
    }

    /** As {@link #read}, and nothing at all is an empty object. */
    static Body readOptional(HttpServletRequest request, String... members) throws IOException {
        var bytes = bytes(request, LONGEST);
        if (bytes.length > 0) {
            requireJson(request);
        }
        var body = new Body(parse(bytes.length == 0 ? new byte[] {'{', '}'} : bytes));
        body.only(Set.of(members));
        return body;
    }

    /** A member of whatever kind. */
    Optional<JsonNode> any(String member) {
        return Optional.ofNullable(object.get(member));
    }

    Optional<String> text(String member) {
        var text = anyText(member);
        text.filter(value -> value.length() > LONGEST_TEXT)
                .ifPresent(value -> fault(
                        member,
                        "%s has %d characters; use at most %d".formatted(member, value.length(), LONGEST_TEXT)));
        return text;
    }

    private Optional<String> anyText(String member) {
        var value = object.get(member);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isString()) {
            fault(member, "%s is %s; give a text or leave it out".formatted(member, kind(value)));
            return Optional.empty();
        }
        return Optional.of(value.stringValue());
    }

    /** A document that has to be there, as a text. */
    byte[] document(String member) {
        var text = anyText(member);
        if (!object.has(member)) {
            fault(member, member + " is missing; give the document as a text");
        }
        return documentBytes(member, text.orElse(""));
    }

    /** The document in a member; with a fault where it is too large. */
    byte[] documentBytes(String member, String document) {
        var bytes = document.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LARGEST_DOCUMENT) {
            fault(member, "%s has %d bytes; use at most %d".formatted(member, bytes.length, LARGEST_DOCUMENT));
        }
        return bytes;
    }

    /** A moment, with the offset it is in. */
    Optional<Instant> time(String member) {
        return text(member).flatMap(given -> {
            try {
                return Optional.of(OffsetDateTime.parse(given).toInstant());
            } catch (DateTimeException e) {
                fault(member, "%s is no time; use one such as 2026-11-20T09:30:00Z".formatted(member));
                return Optional.empty();
            }
        });
    }

    /** A text that has to be there and say something. */
    String someText(String member) {
        var text = text(member);
        if (!object.has(member) || text.filter(String::isBlank).isPresent()) {
            fault(member, member + " is missing; give a text");
        }
        return text.orElse("");
    }

    boolean truth(String member) {
        var value = object.get(member);
        if (value == null || !value.isBoolean()) {
            fault(member, "%s is %s; give true or false".formatted(member, value == null ? "missing" : kind(value)));
            return false;
        }
        return value.booleanValue();
    }

    void fault(String member, String detail) {
        faults.add(Fault.at(member, detail));
    }

    boolean has(String member) {
        return object.has(member);
    }

    /** Refuses the body if anything is wrong with it. */
    void check() {
        if (!faults.isEmpty()) {
            throw Refused.badBody(faults);
        }
    }

    private void only(Set<String> members) {
        object.propertyNames().stream()
                .filter(name -> !members.contains(name))
                .forEach(name -> fault(name, "\"%s\" is not known here; known are %s".formatted(name, known(members))));
    }

    private static String known(Set<String> members) {
        return members.isEmpty() ? "no members" : String.join(", ", new TreeSet<>(members));
    }

    private static byte[] bytes(HttpServletRequest request, int longest) throws IOException {
        var bytes = request.getInputStream().readNBytes(longest + 1);
        if (bytes.length > longest) {
            throw new Refused(Problem.ofStatus(413));
        }
        return bytes;
    }

    private static void requireJson(HttpServletRequest request) {
        try {
            var type = MediaType.parseMediaType(
                    Optional.ofNullable(request.getContentType()).orElse("*/*"));
            if (!type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)) {
                throw new Refused(Problem.ofStatus(415));
            }
        } catch (InvalidMediaTypeException e) {
            throw new Refused(Problem.ofStatus(415));
        }
    }

    private static JsonNode parse(byte[] bytes) {
        JsonNode value;
        try {
            value = Json.read(bytes);
        } catch (CharacterCodingException e) {
            throw Refused.malformedBody("The body is not UTF-8.");
        } catch (NumberFormatException e) {
            throw Refused.malformedBody("The body has a number with an exponent out of range.");
        } catch (JacksonException e) {
            throw Refused.malformedBody("The body is not JSON that everybody reads the same way: "
                    + (e.getOriginalMessage().startsWith("Duplicate")
                            ? "a member stands in it twice."
                            : "it breaks off or has a wrong character."));
        }
        if (!value.isObject()) {
            throw Refused.badBody(List.of(new Fault("#", "the body is %s; send an object".formatted(kind(value)))));
        }
        return value;
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            default -> "empty";
        };
    }
}
