package io.holdpoint.gateway.demo;

import java.util.Optional;

/** A request's headers, by name in any case. */
@FunctionalInterface
interface Headers {
    Optional<String> get(String name);
}
