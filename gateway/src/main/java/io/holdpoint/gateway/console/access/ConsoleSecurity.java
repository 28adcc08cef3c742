package io.holdpoint.gateway.console.access;

import io.holdpoint.gateway.console.PolicySchemaFile;
import io.holdpoint.gateway.console.Problem;
import io.holdpoint.workflow.people.People;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.util.UriUtils;

/** Who gets in (spec 09, Safe by default): programs by token, people by session, everybody else nowhere. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class ConsoleSecurity {

    private static final String CONTENT = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " frame-ancestors 'none'; base-uri 'none'";

    private final HostFilter hosts;
    private final Supplier<People> people;
    private final Supplier<Passwords> passwords;
    private final Clock clock;

    ConsoleSecurity(ConsoleSettings settings, Supplier<People> people, Supplier<Passwords> passwords, Clock clock) {
        this.hosts = new HostFilter(new KnownHosts(settings));
        this.people = people;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** Programs: no session is read or made, so a request cannot borrow a person's browser and needs no CSRF token. */
    @Bean
    @Order(1)
    SecurityFilterChain tokens(HttpSecurity http) throws Exception {
        return http.securityMatcher(ConsoleSecurity::bringsToken)
                .csrf(CsrfConfigurer::disable)
                .headers(ConsoleSecurity::headers)
                .requestCache(RequestCacheConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .securityContext(
                        context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .addFilterAfter(hosts, HeaderWriterFilter.class)
                .addFilterBefore(new TokenFilter(people, clock), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    private static boolean bringsToken(HttpServletRequest request) {
        var path = request.getRequestURI();
        return (path.startsWith("/api/") || path.equals("/metrics"))
                && request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    }

    @Bean
    @Order(2)
    SecurityFilterChain sessions(
            HttpSecurity http, SecurityContextRepository contexts, BrowserSessions sessions, Transport transport)
            throws Exception {
        return http.headers(ConsoleSecurity::headers)
                .csrf(csrf -> csrf.csrfTokenRepository(new FormTokens(transport)))
                .requestCache(RequestCacheConfigurer::disable)
                .securityContext(context -> context.securityContextRepository(contexts))
                .addFilterAfter(hosts, HeaderWriterFilter.class)
                .addFilterBefore(new SessionFilter(people, sessions, clock), AnonymousAuthenticationFilter.class)
                .logout(signOut -> signOut.logoutUrl("/sign-out")
                        .logoutSuccessUrl("/signed-out")
                        .deleteCookies(ConsoleListener.COOKIE))
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(this::notSignedIn)
                        .accessDeniedHandler((request, response, e) -> denied(request, response)))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                "/sign-in", "/sign-in/*", "/signed-out", "/console.css", "/icon.svg", "/favicon.ico")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, PolicySchemaFile.ADDRESS)
                        .permitAll()
                        .requestMatchers("/actuator/health", "/actuator/health/**")
                        .permitAll()
                        .requestMatchers("/actuator", "/actuator/**")
                        .denyAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    @Bean
    SecurityContextRepository securityContextRepository() {
        return new HttpSessionSecurityContextRepository();
    }

    /** {@link PasswordPage} checks passwords; without this bean Spring Boot would make up a user with one. */
    @Bean
    AuthenticationManager authenticationManager() {
        return authentication -> {
            throw new ProviderNotFoundException("people sign in at /sign-in, by link or by token");
        };
    }

    /** The referrer stays within the console: with none at all, browsers would send our own forms with Origin: null. */
    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN));
    }

    /** Who opens a page is asked to sign in and comes back to it; a program, or a lost form, is told what it lacks. */
    private void notSignedIn(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        if (isPage(request) && !passwords.get().isEmpty()) {
            response.sendRedirect("/sign-in?to=" + UriUtils.encode(address(request), StandardCharsets.UTF_8));
        } else {
            Problem.NOT_SIGNED_IN.send(request, response);
        }
    }

    private static boolean isPage(HttpServletRequest request) {
        return HttpMethod.GET.matches(request.getMethod())
                && !request.getRequestURI().startsWith("/api/");
    }

    private static String address(HttpServletRequest request) {
        var query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    /** A CSRF token is missing or old, mostly because the session is over; or it is an address nobody may use. */
    private static void denied(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var signedIn = SecurityContextHolder.getContext().getAuthentication() instanceof PersonAuthentication;
        var signingIn = FormTokens.isSigningIn(request);
        if (request.getRequestURI().startsWith("/actuator")) {
            Problem.NOT_FOUND.send(request, response);
        } else if (signedIn || signingIn) {
            Problem.NO_CSRF_TOKEN.send(request, response);
        } else {
            Problem.NOT_SIGNED_IN.send(request, response);
        }
    }
}
