package io.holdpoint.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

import io.holdpoint.gateway.console.access.SignInLinks;
import io.holdpoint.workflow.approval.ApprovalPage;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.audit.AuditPage;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What only a real server does: the cookie, the error dispatch, headers as they go over the wire. */
@SpringBootTest(classes = ConsoleUnderTest.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class ConsoleServerTests {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @LocalServerPort
    int port;

    @Autowired
    SignInLinks links;

    @Autowired
    Approvals approvals;

    @Autowired
    AuditLog log;

    @BeforeEach
    void anEmptyHouse() {
        Mockito.reset(approvals, log);
        given(approvals.list(any())).willReturn(new ApprovalPage(List.of(), Optional.empty()));
        given(log.read(any())).willReturn(new AuditPage(List.of(), Optional.empty()));
    }

    @Test
    void itListensWhereTheSettingsSay() throws IOException {
        try (var socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void aSignedInBrowserStaysSignedIn() throws Exception {
        signIn();
        assertThat(get("/").body()).contains("Ana Diaz", "Waiting for you");
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOtherSites() throws Exception {
        var link = links.issue(Samples.ANA.id());
        var csrf = CSRF.matcher(get(link).body());
        assertThat(csrf.find()).isTrue();
        var form = cookies.getCookieStore().getCookies().get(0);
        var body = "_csrf=" + csrf.group(1);
        assertThat(raw("POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: %s=%s\r\n"
                                        .formatted(link, form.getName(), form.getValue())
                                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s"
                                        .formatted(body.length(), body))
                        .lines()
                        .filter(line -> line.startsWith("Set-Cookie: holdpoint_session=")))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("HttpOnly", "SameSite=Lax", "Path=/");
    }

    @Test
    void signingInChangesTheCookie() throws Exception {
        signIn();
        var before = cookie();
        signIn();
        assertThat(cookie()).isNotEqualTo(before);
    }

    @Test
    void noSessionIsMadeForAStranger() throws Exception {
        assertThat(get("/").headers().firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/nothing", "/people/bo/sign-in-link", "/sign-in", "/%73ign-in", "/sign-in/x", "/sign-out"})
    void nothingThatAStrangerSendsMakesASession(String address) throws IOException {
        for (var method : List.of("GET", "POST")) {
            assertThat(raw(method + " " + address
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 ")
                    .doesNotContain("holdpoint_session=");
        }
    }

    @Test
    void theSignInFormIsKnownByACookieOfItsOwnAndNoSession() throws Exception {
        assertThat(get("/sign-in").headers().allValues("Set-Cookie"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("holdpoint_form=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/sign-in");
    }

    @Test
    void theSignInFormIsTakenFromTheBrowserItWasSentTo() throws Exception {
        assertThat(post("/sign-in", get("/sign-in")).statusCode()).isEqualTo(401);
    }

    @Test
    void theSignInFormIsNotTakenFromAnother() throws Exception {
        var page = get("/sign-in");
        cookies.getCookieStore().removeAll();
        assertThat(post("/sign-in", page).statusCode()).isEqualTo(403);
    }

    @Test
    void aStrangerIsToldHowToSignIn() throws Exception {
        var answer = get("/");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("You are not signed in", "one-time sign-in link", "console.css");
    }

    @Test
    void aProgramWithoutATokenGetsAProblem() throws Exception {
        var answer = get("/api/approvals");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"holdpoint\"");
        assertThat(answer.body()).contains("urn:holdpoint:problem:not-signed-in", "\"status\":401");
    }

    @Test
    void aProgramWithAWrongTokenIsToldWhich() throws Exception {
        var answer = browser.send(
                request("/api/approvals")
                        .header("Authorization", "Bearer wrong")
                        .build(),
                text());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("urn:holdpoint:problem:unknown-token")
                .doesNotContain("wrong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/approvals",
                "/nothing",
                "/console.css",
                "/actuator/health",
                "/sign-in/x",
                "/sign-in",
                "/people"
            })
    void everyAnswerCarriesTheHeaders(String address) throws Exception {
        assertThat(get(address).headers().map())
                .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                .containsEntry("X-Frame-Options", List.of("DENY"))
                .containsEntry("Referrer-Policy", List.of("same-origin"))
                .containsKey("Content-Security-Policy")
                .doesNotContainKey("Server");
    }

    @Test
    void aBreakdownCarriesTheHeadersToo() throws Exception {
        signIn();
        given(approvals.list(any())).willThrow(new IllegalStateException("secret"));
        var answer = get("/");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().map()).containsKey("Content-Security-Policy");
        assertThat(answer.body()).contains("Something went wrong here").doesNotContain("secret");
    }

    @Test
    void anAddressWithoutAPageIsRefusedInTheSameLook() throws Exception {
        signIn();
        var answer = get("/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("console.css");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:80"})
    void anotherHostNameIsRefusedOnEveryAddress(String host) throws IOException {
        assertThat(raw("GET /actuator/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("console.allowed-hosts")
                .doesNotContain("evil.example");
    }

    @Test
    void twoHostNamesAreRefused() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/..%2fapi/approvals", "//api/approvals", "/api;x/approvals", "/%00", "/api/approvals/%2e%2e"})
    void anAddressThatIsReadTwoWaysIsRefused(String address) throws IOException {
        assertThat(raw("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .matches(Pattern.compile("HTTP/1\\.1 40[0-4] .*", Pattern.DOTALL))
                .doesNotContain("Exception", "Apache Tomcat/");
    }

    private void signIn() throws Exception {
        var link = links.issue(Samples.ANA.id());
        assertThat(post(link, get(link)).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> post(String address, HttpResponse<String> page) throws Exception {
        var csrf = CSRF.matcher(page.body());
        assertThat(csrf.find()).isTrue();
        return browser.send(
                request(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("_csrf=" + csrf.group(1)))
                        .build(),
                text());
    }

    private HttpResponse<String> get(String address) throws Exception {
        return browser.send(request(address).build(), text());
    }

    private HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + address));
    }

    private static HttpResponse.BodyHandler<String> text() {
        return HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8);
    }

    private String cookie() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("holdpoint_session"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
