package io.holdpoint.gateway.mcp;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Jackson as strict as RFC 8259 and as bounded as a text of strangers asks for. */
final class StrictJson {

    static final int LONGEST_NUMBER = 1000;
    static final int LONGEST_NAME = 10_000;

    /** Deep enough for any schema; servers are not the ones we fear here. */
    static final int SERVER_DEPTH = 500;

    private StrictJson() {}

    /**
     * A factory whose parsers refuse duplicate names, comments, NaN, deep nesting and long numbers. Neither interns nor
     * remembers names: a body of distinct names would cost fifty times as much, and its names would stay.
     */
    static JsonFactory factory(int maxDepth) {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxNameLength(LONGEST_NAME)
                        .maxStringLength(Integer.MAX_VALUE) // the body is bounded
                        .build())
                .build();
    }

    /** Why bytes are no text that everybody reads alike; empty if they are one. */
    static Optional<String> faultOfText(byte[] json) {
        var fault = Utf8.firstFault(json);
        if (fault != Utf8.NONE) {
            return Optional.of("byte %d is not UTF-8 without a byte order mark".formatted(fault));
        }
        var surrogate = Utf8.firstLoneSurrogate(json);
        return surrogate == Utf8.NONE
                ? Optional.empty()
                : Optional.of("the escape at byte %d is half a surrogate pair".formatted(surrogate));
    }

    /**
     * Why a parser of {@link #factory} refused. Jackson's own message is not repeated: it may quote the arguments.
     *
     * @param what was read, as the beginning of a sentence
     */
    static String fault(String what, JacksonException malformed, int maxDepth) {
        if (malformed instanceof StreamConstraintsException) {
            return "%s is nested deeper than %d, or has a number longer than %d or a name longer than %d characters"
                    .formatted(what, maxDepth, LONGEST_NUMBER, LONGEST_NAME);
        }
        var location = malformed.getLocation();
        var where = location == null ? "" : " near character " + location.getCharOffset();
        var said = malformed.getOriginalMessage();
        return said != null && said.startsWith("Duplicate Object property")
                ? "an object has a member twice" + where
                : what + " is not JSON (RFC 8259)" + where;
    }
}
