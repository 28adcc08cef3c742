package io.holdpoint.gateway.policy.argument;

import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A step of the path to an argument.
 *
 * @param name a member's name; empty for an element of a list
 * @param index the element's; 0 for a member
 */
public record PathStep(Optional<String> name, int index) {

    public PathStep {
        Objects.requireNonNull(name);
    }

    static PathStep member(String name) {
        return new PathStep(Optional.of(name), 0);
    }

    static PathStep element(int index) {
        return new PathStep(Optional.empty(), index);
    }

    Optional<JsonNode> in(JsonNode value) {
        // get() answers null for what an object or list does not have, and for values that are neither.
        return Optional.ofNullable(name.isPresent() ? value.get(name.get()) : value.get(index));
    }
}
