package io.holdpoint.gateway.console;

import java.util.List;
import java.util.Optional;

/** Some of many in the API, newest first, and where the next page begins; {@code null} on the last. */
record PageBody<T>(List<T> items, Optional<String> nextCursor) {}
