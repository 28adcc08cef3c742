package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the readers of the areas share while one configuration is read. Not thread-safe.
 *
 * @param files those that were looked at beside the configuration's own
 */
record Reading(Faults faults, Placeholders placeholders, List<String> warnings, Set<Path> files) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    Reading(Faults faults, Placeholders placeholders) {
        this(faults, placeholders, new ArrayList<>(), new HashSet<>());
    }

    void warn(Node node, String message) {
        warnings.add("%s:%d: %s %s".formatted(node.file(), node.line(), node.path(), message));
    }

    /** Refuses keys the contract names but this version does not have: accepted and ignored would be a lie. */
    void notBuilt(Fields fields, String... keys) {
        for (var key : keys) {
            fields.any(key).ifPresent(node -> faults.at(node, "is not available in this version; leave it out"));
        }
    }

    /** Names stand in URLs, on cards and in the log, so they are plain. */
    void checkName(Node node, String name) {
        if (!NAME.matcher(name).matches()) {
            faults.at(node, "has a name that is not plain; use letters, digits, dot, dash and underscore, at most 64");
        }
    }
}
