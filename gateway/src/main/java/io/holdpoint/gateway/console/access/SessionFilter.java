package io.holdpoint.gateway.console.access;

import io.holdpoint.gateway.console.Visitor;
import io.holdpoint.workflow.people.People;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Looks a session's person up at each request, so that new roles count at once, and somebody removed or with
 * another password since is signed out.
 * The end of a session counts from its beginning: the inbox reloads itself and would keep one alive for ever.
 */
final class SessionFilter extends OncePerRequestFilter {

    static final Duration LONGEST = Duration.ofHours(12);

    private final Supplier<People> people;
    private final BrowserSessions sessions;
    private final Clock clock;

    SessionFilter(Supplier<People> people, BrowserSessions sessions, Clock clock) {
        this.people = people;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof PersonAuthentication known) {
            present(known.getPrincipal(), request).ifPresentOrElse(SessionFilter::admit, () -> signOut(request));
        }
        chain.doFilter(request, response);
    }

    private Optional<Visitor> present(Visitor visitor, HttpServletRequest request) {
        return clock.instant().isBefore(visitor.since().plus(LONGEST)) && sessions.stands(visitor, request)
                ? people.get().find(visitor.person().id()).map(visitor::as)
                : Optional.empty();
    }

    private static void admit(Visitor visitor) {
        SecurityContextHolder.setContext(new SecurityContextImpl(new PersonAuthentication(visitor)));
    }

    private static void signOut(HttpServletRequest request) {
        SecurityContextHolder.clearContext();
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}
