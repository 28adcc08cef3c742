package io.holdpoint.gateway.console.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Where the CSRF tokens of forms are kept: in the session where there is one, those of the sign-in forms in a cookie of
 * their own. Anybody may open these, or send something anywhere, and a session for each who does would fill the memory.
 */
final class FormTokens implements CsrfTokenRepository {

    static final String COOKIE = "holdpoint_form";
    private static final String SIGN_IN = "/sign-in";

    /** As the pages' addresses are matched: the raw address may be spelled in many ways. */
    private static final RequestMatcher SIGNING_IN =
            PathPatternRequestMatcher.withDefaults().matcher(SIGN_IN + "/**");

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
        if (isSigningIn(request)) {
            cookie.saveToken(token, request, response);
        } else if (request.getSession(false) != null) {
            session.saveToken(token, request, response);
        }
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return of(request).loadToken(request);
    }

    private CsrfTokenRepository of(HttpServletRequest request) {
        return isSigningIn(request) ? cookie : session;
    }

    static boolean isSigningIn(HttpServletRequest request) {
        return SIGNING_IN.matches(request);
    }
}
