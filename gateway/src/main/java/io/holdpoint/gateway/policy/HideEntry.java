package io.holdpoint.gateway.policy;

import java.util.Objects;

/**
 * An entry of {@code hide}.
 *
 * @param line where it stands, counted from 1
 */
record HideEntry(RuleId rule, int line, Glob glob) {

    HideEntry {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(glob);
    }
}
