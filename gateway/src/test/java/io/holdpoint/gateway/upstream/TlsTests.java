package io.holdpoint.gateway.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server with a certificate for {@code localhost} and nothing else. */
class TlsTests {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path directory;

    private static KeyStore keys;
    private static MultiThreadIoEventLoopGroup group;

    @BeforeAll
    static void makeCertificate() throws Exception {
        group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        var file = directory.resolve("keys.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS) && made.exitValue() == 0)
                .as("keytool")
                .isTrue();
        keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
    }

    @AfterAll
    static void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void aTrustedServerIsTalkedToAndItsConnectionUsedAgain() throws Exception {
        try (var server = secure();
                var upstream = upstream(trusting())) {
            assertThat(send(upstream, server, "localhost").answered()).isEqualTo("x");
            assertThat(send(upstream, server, "localhost").answered()).isEqualTo("x");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aServerNobodyVouchesForGetsNothing() throws Exception {
        refused(SslContextBuilder.forClient().build(), "localhost");
    }

    @Test
    void aServerWithAnotherNameInItsCertificateGetsNothing() throws Exception {
        refused(trusting(), "127.0.0.1");
    }

    @Test
    void aServerWithoutTlsGetsNothing() throws Exception {
        try (var server = ScriptedServer.start(talk -> talk.say("HTTP/1.1 400 Bad Request\r\n\r\n"));
                var upstream = upstream(trusting())) {
            assertThat(send(upstream, server, "localhost").await().nothingSent).isTrue();
        }
    }

    private void refused(SslContext tls, String host) throws Exception {
        try (var server = secure();
                var upstream = upstream(tls)) {
            var answer = send(upstream, server, host).await();
            assertThat(answer.nothingSent).isTrue();
            assertThat(answer.failure).contains("imaging").contains("cannot be");
            assertThat(server.requests()).isEmpty();
        }
    }

    private static RecordedAnswer send(HttpUpstream upstream, ScriptedServer server, String host) {
        var url = URI.create("https://" + host + ":" + server.port() + "/mcp");
        var target = new Server("imaging", url, Map.of(), Set.of(), Duration.ofSeconds(20), false);
        var request = new ServerRequest(HttpMethod.POST, "x".getBytes(UTF_8), new DefaultHttpHeaders(), false);
        var answer = new RecordedAnswer();
        EventLoop loop = group.next();
        loop.execute(() -> upstream.send(loop, target, request, Upstream.SERVER_TIMEOUT, answer));
        return answer;
    }

    private static HttpUpstream upstream(SslContext tls) {
        return new HttpUpstream(ConnectionLimits.defaults(), () -> tls, System::nanoTime);
    }

    private static SslContext trusting() throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return SslContextBuilder.forClient().trustManager(trust).build();
    }

    private static ScriptedServer secure() throws Exception {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        var tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), null, null);
        return ScriptedServer.start(
                tls.getServerSocketFactory(), InetAddress.getLoopbackAddress(), "https", TlsTests::echo);
    }

    private static void echo(ScriptedServer.Talk talk) throws IOException {
        for (var body = talk.request(); body != null; body = talk.request()) {
            talk.answer(200, body);
        }
    }
}
