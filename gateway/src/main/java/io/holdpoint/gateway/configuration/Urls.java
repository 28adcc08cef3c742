package io.holdpoint.gateway.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** URLs as configurations may have them. */
final class Urls {

    private static final int LARGEST_PORT = 65_535;

    private Urls() {}

    /** An {@code http} or {@code https} URL with a host, and without user, password or fragment. */
    static Optional<URI> http(String text) {
        try {
            var url = new URI(text);
            return isPlain(url) ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(URI url) {
        return url.getScheme() != null
                && Set.of("http", "https").contains(url.getScheme())
                && url.getHost() != null
                && url.getPort() <= LARGEST_PORT
                && url.getPort() != 0
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null;
    }
}
