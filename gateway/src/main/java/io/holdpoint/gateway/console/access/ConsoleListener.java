package io.holdpoint.gateway.console.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import org.springframework.boot.web.server.Cookie.SameSite;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.server.servlet.Session;
import org.springframework.boot.web.server.servlet.Session.SessionTrackingMode;
import org.springframework.stereotype.Component;

/** Where the console listens, and the cookie it knows a browser by. */
@Component
class ConsoleListener implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {

    /** A name of our own: cookies do not tell ports apart, and other programs on a laptop have sessions too. */
    static final String COOKIE = "holdpoint_session";

    /** How long a session lives in which nobody has signed in. */
    private static final Duration BEFORE_SIGN_IN = Duration.ofMinutes(15);

    private final ConsoleSettings settings;
    private final Transport transport;

    ConsoleListener(ConsoleSettings settings, Transport transport) {
        this.settings = settings;
        this.transport = transport;
    }

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {
        factory.setPort(settings.port());
        factory.setAddress(address());
        factory.setSession(session());
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(settings.address());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "console.address is \"%s\", which is no address of this machine; use one such as 127.0.0.1"
                            .formatted(settings.address()),
                    e);
        }
    }

    private Session session() {
        var session = new Session();
        session.setTimeout(BEFORE_SIGN_IN);
        session.setTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE));
        var cookie = session.getCookie();
        cookie.setName(COOKIE);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.LAX);
        cookie.setSecure(transport.isSecure());
        return session;
    }
}
