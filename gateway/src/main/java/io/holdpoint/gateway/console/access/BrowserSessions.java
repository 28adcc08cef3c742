package io.holdpoint.gateway.console.access;

import io.holdpoint.gateway.console.Visitor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** Begins sessions. They are in memory only: a restart ends them all. */
@Component
final class BrowserSessions {

    /** The password a session was begun with, for as long as it is still that person's. */
    private static final String PASSWORD = BrowserSessions.class.getName() + ".password";

    private final SecurityContextRepository contexts;
    private final Supplier<Passwords> passwords;

    BrowserSessions(SecurityContextRepository contexts, Supplier<Passwords> passwords) {
        this.contexts = contexts;
        this.passwords = passwords;
    }

    /** A new session, so that one planted before knows nothing of what follows, its CSRF token included. */
    void begin(Visitor visitor, HttpServletRequest request, HttpServletResponse response) {
        var planted = request.getSession(false);
        if (planted != null) {
            planted.invalidate();
        }
        request.getSession(true).setMaxInactiveInterval((int) SessionFilter.LONGEST.toSeconds());
        contexts.saveContext(new SecurityContextImpl(new PersonAuthentication(visitor)), request, response);
    }

    /** The same, of somebody who gave this password; the session ends when the password changes. */
    void begin(Visitor visitor, PasswordHash password, HttpServletRequest request, HttpServletResponse response) {
        begin(visitor, request, response);
        request.getSession().setAttribute(PASSWORD, password);
    }

    /** Whether the password this session was begun with is still the person's; true for sessions begun by link. */
    boolean stands(Visitor visitor, HttpServletRequest request) {
        var session = request.getSession(false);
        var used = session == null ? Optional.empty() : Optional.ofNullable(session.getAttribute(PASSWORD));
        return used.isEmpty() || used.equals(passwords.get().of(visitor.person().id()));
    }
}
