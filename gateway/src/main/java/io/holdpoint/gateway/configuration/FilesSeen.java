package io.holdpoint.gateway.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How files look from outside at one moment. Two are equal if nobody wrote, exchanged or removed any of them in between;
 * links are followed, so an exchange of what they lead to is seen, too.
 */
record FilesSeen(Map<Path, Look> files) {

    private static final Look MISSING = new Look(-1, -1, "");

    /** @param key what the file system knows the file by: another one after a rename over it */
    record Look(long modifiedNanos, long size, String key) {}

    FilesSeen {
        files = Map.copyOf(files);
    }

    static FilesSeen of(Collection<Path> paths) {
        var looks = new TreeMap<Path, Look>();
        paths.forEach(path -> looks.put(path, look(path)));
        return new FilesSeen(looks);
    }

    private static Look look(Path path) {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            var modified = attributes.lastModifiedTime().toInstant();
            return new Look(
                    modified.getEpochSecond() * 1_000_000_000L + modified.getNano(),
                    attributes.size(),
                    text(attributes.fileKey()));
        } catch (IOException e) {
            return MISSING;
        }
    }

    private static String text(@Nullable Object key) {
        return key == null ? "" : key.toString();
    }
}
