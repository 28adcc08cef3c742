package io.holdpoint.gateway.console.access;

import java.net.URI;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** How browsers reach the console: by TLS that ends here, by TLS that ends at a proxy before it, or in clear. */
@Component
public final class Transport {

    private final boolean endsHere;
    private final boolean endsBefore;

    Transport(ServerProperties server, ConsoleSettings settings) {
        endsHere = Ssl.isEnabled(server.getSsl());
        endsBefore =
                settings.publicUrl().map(URI::getScheme).filter("https"::equals).isPresent();
    }

    /** Whether people's browsers see {@code https}, so that cookies must never travel in clear. */
    boolean isSecure() {
        return endsHere || endsBefore;
    }

    /** What the URL of the bound address begins with. */
    public String scheme() {
        return endsHere ? "https" : "http";
    }
}
