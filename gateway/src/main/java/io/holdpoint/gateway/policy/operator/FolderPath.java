package io.holdpoint.gateway.policy.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file path without {@code .}, {@code ..}, backslashes and empty segments. Nothing is asked of a file system: the
 * files are the server's.
 */
record FolderPath(boolean absolute, List<String> segments) {

    FolderPath {
        segments = List.copyOf(segments);
    }

    /** Normalises a path; nothing if it climbs above where it begins, or holds a control character. */
    static Optional<FolderPath> of(String text) {
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        var slashed = text.replace('\\', '/');
        var segments = new ArrayList<String>();
        for (var segment : slashed.split("/")) {
            if (segment.equals("..") && segments.isEmpty()) {
                return Optional.empty();
            }
            step(segments, segment);
        }
        return Optional.of(new FolderPath(slashed.startsWith("/"), segments));
    }

    private static void step(List<String> segments, String segment) {
        if (segment.equals("..")) {
            segments.remove(segments.size() - 1);
        } else if (!segment.isEmpty() && !segment.equals(".")) {
            segments.add(segment);
        }
    }

    /** Whether the other one is this folder or below it. */
    boolean contains(FolderPath other) {
        return absolute == other.absolute
                && other.segments.size() >= segments.size()
                && other.segments.subList(0, segments.size()).equals(segments);
    }
}
