package io.holdpoint.gateway.console.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Where to go after signing in: a page of this console and never another site. */
final class LocalPath {

    static final String INBOX = "/";

    private static final int LONGEST = 2_000;

    /** Browsers take {@code //host} and {@code /\host} for another site. */
    private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[!-~]*");

    private LocalPath() {}

    /** The path itself if it is one of ours, else the inbox. */
    static String orInbox(String path) {
        return path.length() <= LONGEST && LOCAL.matcher(path).matches() && isPage(path) ? path : INBOX;
    }

    private static boolean isPage(String path) {
        try {
            var uri = new URI(path);
            return uri.getRawAuthority() == null
                    && uri.getScheme() == null
                    && uri.normalize().equals(uri)
                    && !path.startsWith("/sign-")
                    && !path.startsWith("/api/");
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
