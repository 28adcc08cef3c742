package io.holdpoint.workflow.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The JDBC URL to connect with (spec 02, Decisions already taken; spec 09, Configuration). H2 gets {@code WRITE_DELAY=0}: with
 * its default, commits acknowledged in the last half second are lost when the process is killed.
 */
public final class DatabaseUrl {

    private static final String KEY = "spring.datasource.url";
    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /** What must hold for a commit to be durable, and for our own shutdown to come before H2's. */
    private static final List<String> FORCED = List.of("WRITE_DELAY=0", "DB_CLOSE_ON_EXIT=FALSE");

    /** The H2 settings that change neither durability nor what SQL means, nor run anything. */
    private static final List<String> ALLOWED =
            List.of("CACHE_SIZE", "CIPHER", "DB_CLOSE_DELAY", "IFEXISTS", "LOCK_TIMEOUT", "PASSWORD", "USER");

    /** {@code mem:}, {@code tcp:}, {@code nio:} and the like; one letter is a Windows drive. */
    private static final Pattern OTHER_THAN_FILE = Pattern.compile("(?!file:)[A-Za-z][A-Za-z0-9]+:.*");

    /**
     * A server set to acknowledge commits before they are written is overruled, as H2's default is; any stronger setting
     * stays. Nobody waits for ever for a row that a node which hangs has locked, and its transaction ends.
     */
    private static final String POSTGRESQL_SESSION = """
            select set_config('lock_timeout', '5s', false),
            set_config('idle_in_transaction_session_timeout', '30s', false), case when current_setting('synchronous_commit') = 'off'
            then set_config('synchronous_commit', 'on', false) end""";

    private DatabaseUrl() {}

    /**
     * The statement to run on every new connection.
     *
     * @param safe a URL that {@link #safe} made
     * @return empty if there is nothing to set
     */
    public static Optional<String> session(String safe) {
        return safe.startsWith(POSTGRESQL) ? Optional.of(POSTGRESQL_SESSION) : Optional.empty();
    }

    /**
     * Makes the URL to use.
     *
     * @param configured {@code spring.datasource.url} as configured, empty for H2 in the data directory
     * @param dataDirectory where the default database lives; made, for its owner only, if it is used and missing
     * @throws IllegalArgumentException if the URL is for another database, or would lose commits
     * @throws IOException if the data directory cannot be made
     */
    public static String safe(Optional<String> configured, Path dataDirectory) throws IOException {
        if (configured.isEmpty()) {
            return h2(H2 + "file:" + madePrivate(dataDirectory).resolve("holdpoint"));
        }
        var url = configured.get();
        if (url.startsWith(POSTGRESQL)) {
            return url;
        }
        if (url.startsWith(H2)) {
            return h2(url);
        }
        throw refused("is for a database that is not supported; use %s//host/name, or leave it out for H2 in a file"
                .formatted(POSTGRESQL));
    }

    private static String h2(String url) {
        var parts = url.substring(H2.length()).split(";", -1);
        if (OTHER_THAN_FILE.matcher(parts[0]).matches()) {
            throw refused("is for H2 as %s which keeps nothing safe; use %sfile:/path/name"
                    .formatted(parts[0].substring(0, parts[0].indexOf(':') + 1), H2));
        }
        var safe = new ArrayList<String>();
        safe.add(H2 + parts[0]);
        for (var setting : List.of(parts).subList(1, parts.length)) {
            if (isOurs(setting)) {
                safe.add(setting);
            }
        }
        safe.addAll(FORCED);
        return String.join(";", safe);
    }

    /** Whether a setting is to be kept; one that is forced anyway, or empty, is not. */
    private static boolean isOurs(String setting) {
        var upper = setting.toUpperCase(Locale.ROOT);
        if (upper.isEmpty() || FORCED.contains(upper)) {
            return false;
        }
        var equals = upper.indexOf('=');
        if (equals < 0 || upper.endsWith("\\")) { // H2 takes backslash and semicolon for one letter of the value
            throw refused("has a setting that is not NAME=value; separate settings with one semicolon");
        }
        var name = upper.substring(0, equals);
        if (ALLOWED.contains(name)) {
            return true;
        }
        for (var forced : FORCED) {
            if (forced.startsWith(name + "=")) {
                throw refused("has %s; Holdpoint needs %s and sets it itself: leave it out".formatted(upper, forced));
            }
        }
        throw refused("has the setting %s, which is not supported; leave it out (supported: %s)"
                .formatted(name, String.join(", ", ALLOWED)));
    }

    private static Path madePrivate(Path directory) throws IOException {
        var absolute = directory.toAbsolutePath().normalize();
        if (absolute.toString().indexOf(';') >= 0) {
            throw new IllegalArgumentException(
                    "the data directory %s has a semicolon in its name; H2 cannot open it, use another"
                            .formatted(absolute));
        }
        if (absolute.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            return Files.createDirectories(absolute, ownerOnly);
        }
        return Files.createDirectories(absolute);
    }

    /** Never says the URL itself: a password may stand in it. */
    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(KEY + " " + why);
    }
}
