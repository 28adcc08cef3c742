package io.holdpoint.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The collection of published cases, for the classes that play them. */
public final class PublishedCases {

    private PublishedCases() {}

    /** All of them, in the order of the collection; numbers as exact as they are written. */
    public static List<JsonNode> all() {
        try (var in = PublishedCases.class.getResourceAsStream("published-cases.json")) {
            return Policies.tree(new String(in.readAllBytes(), UTF_8)).values().stream()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a case is played; without a word, {@code both} on the policy alone and on a running gateway. */
    public static String where(JsonNode published) {
        return published.path("where").asString("both");
    }
}
