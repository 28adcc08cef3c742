package io.holdpoint.gateway.console.access;

import io.holdpoint.gateway.console.Problem;
import io.holdpoint.gateway.console.Visitor;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.Person;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows a person by the token a program sends with each request (RFC 6750, section 2.1). */
final class TokenFilter extends OncePerRequestFilter {

    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([A-Za-z0-9._~+/-]+=*)");

    private final Supplier<People> people;
    private final Clock clock;

    TokenFilter(Supplier<People> people, Clock clock) {
        this.people = people;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var person = person(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (person.isEmpty()) {
            Problem.UNKNOWN_TOKEN.send(request, response);
            return;
        }
        var visitor = new Visitor(person.get(), Visitor.API, Assurance.LOGIN, clock.instant());
        SecurityContextHolder.setContext(new SecurityContextImpl(new PersonAuthentication(visitor)));
        chain.doFilter(request, response);
    }

    private Optional<Person> person(String header) {
        var match = BEARER.matcher(header);
        return match.matches() ? people.get().byToken(match.group(1)) : Optional.empty();
    }
}
