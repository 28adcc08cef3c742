package io.holdpoint.gateway.mcp;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
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
}
