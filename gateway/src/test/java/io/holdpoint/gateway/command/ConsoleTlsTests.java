package io.holdpoint.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.Holdpoint;
import io.holdpoint.gateway.configuration.Configuration;
import io.holdpoint.gateway.configuration.ConfigurationReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The console with a self-signed certificate from a Spring SSL bundle (spec 09, Safe by default). */
class ConsoleTlsTests {

    @TempDir
    private static Path directory;

    private static Configuration configuration;
    private static ConfigurableApplicationContext context;
    private static HttpClient browser;

    @BeforeAll
    static void start() throws Exception {
        var keys = makeKeys();
        var file = Files.writeString(directory.resolve("holdpoint.yaml"), yaml(keys, "changeit"));
        configuration = new ConfigurationReader(name -> Optional.empty(), Set.of("single-approval"))
                .read(file, directory.resolve("data"));
        context = new Gateway(Holdpoint.class).start(configuration);
        browser = HttpClient.newBuilder().sslContext(trusting(keys)).build();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void thePrintedAddressesBeginWithHttps() {
        var printed = new StringWriter();

        new Announcement(running()).print(new PrintWriter(printed), false);

        assertThat(printed.toString())
                .containsPattern("console: https://127.0.0.1:\\d+")
                .containsPattern("sign in: https://127.0.0.1:\\d+/sign-in/");
    }

    @Test
    void aBrowserThatTrustsTheCertificateIsServed() throws Exception {
        assertThat(get("/actuator/health").body()).contains("UP");
    }

    @Test
    void theCookieNeverTravelsInClear() throws Exception {
        var link = new Announcement(running())
                .signInLink(configuration.firstAdmin().orElseThrow());

        var page = get(link.getPath());
        var form = page.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        var csrf = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(csrf.find()).isTrue();
        var signIn = HttpRequest.newBuilder(link)
                .header("Cookie", form)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("_csrf=" + csrf.group(1)))
                .build();

        assertThat(browser.send(signIn, BodyHandlers.ofString()).headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("holdpoint_session="))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("; Secure");
    }

    @Test
    void theFormsCookieNeverTravelsInClear() throws Exception {
        assertThat(get("/sign-in").headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("holdpoint_form=")
                .contains("; Secure");
    }

    @ParameterizedTest
    @CsvSource({"none.p12, changeit, none.p12", "keys.p12, wrong, its password right"})
    void keysThatCannotBeUsedAreToldWithoutAStackTrace(String file, String password, String told) throws IOException {
        var other = Files.createDirectories(directory.resolve("other"));
        Files.writeString(other.resolve("holdpoint.yaml"), yaml(directory.resolve(file), password));
        var err = new StringWriter();

        var code = Program.run(
                new Gateway(Holdpoint.class),
                other,
                PasswordPrompt.ofThisProcess(),
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                "serve");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains("a key or certificate cannot be used: ", told, "spring.ssl")
                .doesNotContain("\tat ");
    }

    private static String yaml(Path keys, String password) {
        return """
            holdpoint:
              agents: { port: 0 }
              console: { port: 0 }
              people: { ana: { roles: [admin] } }
            server.ssl.bundle: console
            spring.ssl.bundle.jks.console.keystore: { location: "file:%s", password: %s, type: PKCS12 }
            """.formatted(keys, password);
    }

    private static Gateway.Running running() {
        return new Gateway.Running(context, configuration);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var url = URI.create(running().consoleUrl() + path);
        return browser.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }

    private static Path makeKeys() throws Exception {
        var file = directory.resolve("keys.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-alias",
                        "console",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS) && made.exitValue() == 0)
                .as("keytool")
                .isTrue();
        return file;
    }

    private static SSLContext trusting(Path keys) throws Exception {
        var store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("console", store.getCertificate("console"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }
}
