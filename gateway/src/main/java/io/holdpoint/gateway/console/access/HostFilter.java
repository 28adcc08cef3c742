package io.holdpoint.gateway.console.access;

import io.holdpoint.gateway.console.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses requests to a name that is not ours, and changes asked for by a page that is not ours. */
final class HostFilter extends OncePerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final KnownHosts hosts;

    HostFilter(KnownHosts hosts) {
        this.hosts = hosts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var host = Optional.ofNullable(request.getHeader(HttpHeaders.HOST));
        if (!hosts.knows(host)) {
            Problem.UNKNOWN_HOST.send(request, response);
        } else if (isForeign(request, host)) {
            Problem.FOREIGN_ORIGIN.send(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isForeign(HttpServletRequest request, Optional<String> host) {
        var origin = Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN));
        return !SAFE.contains(request.getMethod())
                && origin.filter(page -> !hosts.isOurs(page, host)).isPresent();
    }
}
