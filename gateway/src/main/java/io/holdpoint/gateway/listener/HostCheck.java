package io.holdpoint.gateway.listener;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses what a web page of somebody else could send (DNS rebinding; MCP 2025-11-25, Transports, Security Warning).
 * Requests to a host that is not ours, or from an origin that is not allowed, get 403.
 */
final class HostCheck {

    private static final Pattern PORT = Pattern.compile(":[0-9]{0,5}$");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final AgentSettings settings;

    HostCheck(AgentSettings settings) {
        this.settings = settings;
    }

    /** @return what is wrong, or empty if the request may go on */
    Optional<String> refuse(HttpHeaders headers) {
        var hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1) {
            return Optional.of("the request needs exactly one Host header and has %d".formatted(hosts.size()));
        }
        if (!isOurs(hosts.get(0))) {
            return Optional.of("this gateway does not answer to the host \"%s\"; add it to agents.allowed-hosts"
                    .formatted(printable(hosts.get(0))));
        }
        return refuseOrigin(headers.getAll(HttpHeaderNames.ORIGIN));
    }

    private Optional<String> refuseOrigin(List<String> origins) {
        if (origins.isEmpty()) {
            return Optional.empty();
        }
        var origin = origins.get(0);
        if (origins.size() == 1 && (settings.allowedOrigins().contains(origin) || isLoopbackOrigin(origin))) {
            return Optional.empty();
        }
        return Optional.of(
                "the origin \"%s\" is not allowed; add it to agents.allowed-origins".formatted(printable(origin)));
    }

    private boolean isOurs(String host) {
        var name = withoutPort(host.toLowerCase(Locale.ROOT));
        return LOOPBACK.contains(name)
                || name.equals(settings.address())
                || settings.allowedHosts().contains(host)
                || settings.allowedHosts().contains(name);
    }

    private static boolean isLoopbackOrigin(String origin) {
        try {
            var host = URI.create(origin).getHost();
            return host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        return PORT.matcher(host).replaceFirst("");
    }

    private static String printable(String text) {
        var cut = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
