package io.holdpoint.gateway.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

/**
 * Where the CSRF tokens of forms are kept: in the session, but that of the sign-in form in a cookie of its own. Anybody
 * may open that form, and a session for each who does would fill the memory.
 */
final class FormTokens implements CsrfTokenRepository {

    static final String COOKIE = "holdpoint_form";
    private static final String SIGN_IN = "/sign-in";

    private final CsrfTokenRepository session = new HttpSessionCsrfTokenRepository();
    private final CookieCsrfTokenRepository cookie = new CookieCsrfTokenRepository();

    /** @param transport whether cookies travel by TLS only */
    FormTokens(Transport transport) {
        cookie.setCookieName(COOKIE);
        cookie.setCookieCustomizer(
                form -> form.path(SIGN_IN).httpOnly(true).sameSite("Strict").secure(transport.isSecure()));
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return of(request).generateToken(request);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        of(request).saveToken(token, request, response);
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return of(request).loadToken(request);
    }

    private CsrfTokenRepository of(HttpServletRequest request) {
        return request.getRequestURI().equals(SIGN_IN) ? cookie : session;
    }
}
