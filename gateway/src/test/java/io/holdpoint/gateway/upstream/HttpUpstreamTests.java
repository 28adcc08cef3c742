package io.holdpoint.gateway.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUpstreamTests {

    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            2, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final AtomicLong ahead = new AtomicLong();
    private HttpUpstream upstream = upstream(ConnectionLimits.defaults());

    private HttpUpstream upstream(ConnectionLimits limits) {
        return new HttpUpstream(limits, HttpUpstreamTests::anyTls, () -> System.nanoTime() + ahead.get());
    }

    @AfterEach
    void stop() {
        upstream.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void anAnswerArrivesOnTheLoopThatSent() throws IOException {
        try (var server = ScriptedServer.echo()) {
            var answer = send(server, post("{\"a\":1}"));
            assertThat(answer.answered()).isEqualTo("{\"a\":1}");
            assertThat(answer.status).isEqualTo(200);
            assertThat(answer.headers.get("content-type")).isEqualTo("application/json");
            assertThat(on(answer.thread)).isTrue();
        }
    }

    private boolean on(Thread thread) {
        return loop.inEventLoop(thread);
    }

    @Test
    void itWorksOnAnNioLoop() throws IOException {
        var other = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (var server = ScriptedServer.echo()) {
            assertThat(send(other.next(), server.server(), post("x")).answered())
                    .isEqualTo("x");
        } finally {
            other.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void itRefusesToBeCalledFromAnotherThread() {
        var server = new Server("s", URI.create("http://127.0.0.1:1/"), Map.of(), Set.of(), SILENCE, false);
        assertThatThrownBy(() -> upstream.send(loop, server, post("x"), Duration.ZERO, new RecordedAnswer()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("event loop");
    }

    @Test
    void aRequestSaysWhatItMustAndTheServersHeadersWin() throws IOException {
        try (var server = ScriptedServer.echo()) {
            var headers = new DefaultHttpHeaders()
                    .add("X-Key", "agent's")
                    .add("Mcp-Method", "tools/call")
                    .add("Accept", "application/json")
                    .add("Accept", "text/event-stream");
            send(server.server(Map.of("x-key", "gateway's")), post("{}", headers))
                    .answered();
            assertThat(server.requests())
                    .containsExactly("POST /mcp?a=b HTTP/1.1\r\nHost: localhost:" + server.port()
                            + "\r\nAccept-Encoding: identity\r\nx-key: gateway's\r\nMcp-Method: tools/call\r\n"
                            + "Accept: application/json\r\nAccept: text/event-stream\r\nContent-Length: 2\r\n\r\n{}");
        }
    }

    @Test
    void nothingOfTheAgentsConnectionOrCredentialsTravelsOn() throws IOException {
        try (var server = ScriptedServer.echo()) {
            var headers = new DefaultHttpHeaders();
            for (var name : List.of(
                    "authorization",
                    "COOKIE",
                    "Host",
                    "Keep-Alive",
                    "Proxy-Authorization",
                    "Proxy-Connection",
                    "TE",
                    "Trailer",
                    "Transfer-Encoding",
                    "Upgrade",
                    "Expect",
                    "Accept-Encoding",
                    "X-Named",
                    "Content-Length")) {
                headers.add(name, "secret");
            }
            headers.add("Connection", "keep-alive, x-named").add("X-Other", "kept");
            send(server.server(), post("{}", headers)).answered();
            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .doesNotContain("secret")
                    .contains("X-Other: kept");
        }
    }

    @Test
    void aHeaderThatWouldEndTheHeadEarlyIsRefused() throws IOException {
        try (var server = ScriptedServer.echo()) {
            var headers = unchecked().add("Mcp-Name", "x\r\nX-Injected: 1");
            var answer = send(server.server(), post("{}", headers)).await();
            assertThat(answer.failure).contains("Mcp-Name").contains("not sent").doesNotContain("Injected");
            assertThat(answer.nothingSent).isTrue();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aHeaderNameThatIsNoTokenIsRefused() throws IOException {
        try (var server = ScriptedServer.echo()) {
            var answer = send(server.server(), post("{}", unchecked().add("a:b\n", "1")))
                    .await();
            assertThat(answer.failure).contains("header name");
            assertThat(answer.nothingSent).isTrue();
        }
    }

    @Test
    void aConfiguredHeaderWithALineBreakIsRefused() throws IOException {
        try (var server = ScriptedServer.echo()) {
            var answer =
                    send(server.server(Map.of("X-Key", "a\nb")), post("{}")).await();
            assertThat(answer.failure).contains("X-Key");
            assertThat(answer.nothingSent).isTrue();
        }
    }

    private static HttpHeaders unchecked() {
        return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    }

    @Test
    void aConnectionIsUsedAgain() throws IOException {
        try (var server = ScriptedServer.echo()) {
            for (var i = 0; i < 5; i++) {
                assertThat(send(server, post("call " + i)).answered()).isEqualTo("call " + i);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void concurrentRequestsDoNotShareAConnection() throws Exception {
        var both = new CountDownLatch(2);
        try (var server = ScriptedServer.start(talk -> {
            var body = talk.request();
            both.countDown();
            both.await();
            talk.answer(200, body);
        })) {
            var first = send(server, post("1"));
            var second = send(server, post("2"));
            assertThat(first.answered() + second.answered()).isEqualTo("12");
        }
    }

    @Test
    void twoLoopsDoNotShareConnections() throws IOException {
        try (var server = ScriptedServer.echo()) {
            send(loop, server.server(), post("1")).answered();
            send(group.next(), server.server(), post("2")).answered();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionTheServerClosedIsNotUsedAgain() throws Exception {
        var closed = new CountDownLatch(1);
        try (var server = ScriptedServer.start(talk -> {
            talk.answer(200, talk.request());
            talk.socket.close();
            closed.countDown();
        })) {
            send(server, post("1")).answered();
            closed.await();
            // The end of the connection was there before this, so the loop has seen it when it gets to the request.
            settle();
            assertThat(send(server, post("2")).answered()).isEqualTo("2");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionTheServerWantsToCloseIsNotUsedAgain() throws IOException {
        try (var server = ScriptedServer.start(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
            talk.awaitEnd();
        })) {
            assertThat(send(server, post("1")).answered()).isEqualTo("ok");
            assertThat(send(server, post("2")).answered()).isEqualTo("ok");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aRequestThatWasReadButNotAnsweredIsNeverSentAgain() throws IOException {
        try (var server = ScriptedServer.start(ScriptedServer.Talk::request)) {
            var answer = send(server, post("pay")).await();
            assertThat(answer.nothingSent).isFalse();
            assertThat(answer.failure).contains("imaging").contains("closed the connection before it answered");
            assertThat(server.requests()).hasSize(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aRequestOnAUsedConnectionThatBreaksIsNotSentAgainEither() throws IOException {
        try (var server = ScriptedServer.start(talk -> {
            talk.answer(200, talk.request());
            talk.request();
        })) {
            send(server, post("first")).answered();
            var answer = send(server, post("second")).await();
            assertThat(answer.nothingSent).isFalse();
            assertThat(server.requests()).hasSize(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aRefusedConnectionMeansNothingWasSent() throws IOException {
        int port;
        try (var taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        var server =
                new Server("imaging", URI.create("http://127.0.0.1:" + port + "/"), Map.of(), Set.of(), SILENCE, false);
        var answer = send(server, post("x")).await();
        assertThat(answer.nothingSent).isTrue();
        assertThat(answer.failure).contains("imaging (127.0.0.1:" + port + ")").contains("refused");
    }

    @Test
    void everyAddressOfAHostIsTried() throws IOException {
        var ip6 = InetAddress.getByName("::1");
        assumeTrue(hasIp6(ip6), "this machine has IPv6");
        try (var server = ScriptedServer.start(
                ServerSocketFactory.getDefault(), ip6, "http", talk -> talk.answer(200, talk.request()))) {
            assertThat(send(server, post("x")).answered()).isEqualTo("x");
        }
    }

    private static boolean hasIp6(InetAddress ip6) {
        try (var probe = new ServerSocket(0, 1, ip6)) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void anUnknownHostMeansNothingWasSent() {
        var server = new Server("imaging", URI.create("http://nowhere.invalid/"), Map.of(), Set.of(), SILENCE, false);
        var answer = send(server, post("x")).await();
        assertThat(answer.nothingSent).isTrue();
        assertThat(answer.failure).contains("nowhere.invalid").contains("not known");
    }

    @Test
    void aUrlThatIsNotHttpIsRefused() {
        var server = new Server("imaging", URI.create("ftp://host/"), Map.of(), Set.of(), SILENCE, false);
        var answer = send(server, post("x")).await();
        assertThat(answer.nothingSent).isTrue();
        assertThat(answer.failure).contains("servers.imaging.url");
    }

    @Test
    void aServerSilentForTooLongIsGivenUp() throws IOException {
        try (var server = ScriptedServer.start(talk -> {
            talk.request();
            talk.awaitEnd();
        })) {
            var answer = send(server.server(Map.of(), Duration.ofMillis(150)), post("x"))
                    .await();
            assertThat(answer.nothingSent).isFalse();
            assertThat(answer.failure).contains("silent for");
        }
    }

    @Test
    void aServerThatGoesSilentWithinItsAnswerIsGivenUp() throws IOException {
        try (var server = ScriptedServer.start(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
            talk.awaitEnd();
        })) {
            var answer = send(server.server(Map.of(), Duration.ofMillis(150)), post("x"))
                    .await();
            assertThat(answer.text()).isEqualTo("ab");
            assertThat(answer.failure).contains("silent for");
        }
    }

    @Test
    void negativeSilenceWaitsForEver() throws Exception {
        var speak = new CountDownLatch(1);
        try (var server = ScriptedServer.start(talk -> {
            var body = talk.request();
            speak.await();
            talk.answer(200, body);
        })) {
            var answer = send(loop, server.server(), post("x"), Duration.ofNanos(-1), new RecordedAnswer());
            until(() -> server.requests().size() == 1);
            ahead.set(TimeUnit.DAYS.toNanos(3));
            looksTwice();
            speak.countDown();
            assertThat(answer.answered()).isEqualTo("x");
        }
    }

    @Test
    void aServerThatAcceptsButNeverShakesHandsMeansNothingWasSent() throws Exception {
        try (var server = ScriptedServer.start(ScriptedServer.Talk::awaitEnd)) {
            var secure = URI.create("https://127.0.0.1:" + server.port() + "/");
            var answer = send(new Server("imaging", secure, Map.of(), Set.of(), SILENCE, false), post("x"));
            until(() -> server.connections() == 1);
            ahead.set(TimeUnit.SECONDS.toNanos(6));
            assertThat(answer.await().nothingSent).isTrue();
            assertThat(answer.failure).contains("could not be connected to");
        }
    }

    private static SslContext anyTls() {
        try {
            return SslContextBuilder.forClient().build();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aChunkedAnswerInOddPiecesArrivesWhole() throws IOException {
        var text =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n3;x=y\r\nbcd\r\nA\r\n0123456789\r\n0\r\nT: r\r\n\r\n";
        try (var server = ScriptedServer.start(talk -> {
            talk.request();
            for (var c : text.split("")) {
                talk.say(c);
            }
            talk.answer(200, talk.request());
        })) {
            assertThat(send(server, post("x")).answered()).isEqualTo("abcd0123456789");
            assertThat(send(server, post("again")).answered()).isEqualTo("again");
        }
    }

    @Test
    void interimAnswersAreIgnored() throws IOException {
        try (var server = ScriptedServer.start(talk -> {
            talk.request();
            talk.say("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
            talk.answer(201, "made");
            talk.answer(200, talk.request());
        })) {
            var answer = send(server, post("x"));
            assertThat(answer.answered()).isEqualTo("made");
            assertThat(answer.status).isEqualTo(201);
            assertThat(send(server, post("next")).answered()).isEqualTo("next");
        }
    }

    @Test
    void anAnswerThatEndsEarlyHasFailed() throws IOException {
        failsAfter("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "in the middle of its answer");
    }

    @Test
    void aChunkedAnswerWithoutItsEndHasFailed() throws IOException {
        failsAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "in the middle of its answer");
    }

    @Test
    void aHeadCutOffHasFailed() throws IOException {
        failsAfter("HTTP/1.1 200 OK\r\nContent-", "");
    }

    @Test
    void garbageHasFailed() throws IOException {
        failsAfter("SSH-2.0-OpenSSH_9.9\r\n\r\n", "not an HTTP/1.1 answer");
    }

    @Test
    void aHeadWithoutEndHasFailed() throws IOException {
        failsAfter("HTTP/1.1 200 OK\r\nX: " + "a".repeat(100_000) + "\r\n\r\n", "not an HTTP/1.1 answer");
    }

    @Test
    void twoLengthsHaveFailed() throws IOException {
        failsAfter("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "not an HTTP/1.1 answer");
    }

    @Test
    void anUnwantedProtocolSwitchHasFailed() throws IOException {
        failsAfter("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n", "101");
    }

    private void failsAfter(String said, String why) throws IOException {
        try (var server = ScriptedServer.start(talk -> {
            talk.request();
            talk.say(said);
        })) {
            var answer = send(server, post("x")).await();
            assertThat(answer.failure).contains("imaging").contains(why);
            assertThat(answer.nothingSent).isFalse();
            assertThat(answer.ends()).isEqualTo(1);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anAnswerWithoutALengthEndsWithTheConnection() throws IOException {
        try (var server = ScriptedServer.start(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\n\r\nall of it");
        })) {
            assertThat(send(server, post("x")).answered()).isEqualTo("all of it");
            assertThat(send(server, post("y")).answered()).isEqualTo("all of it");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged", "HTTP/1.1 200 OK\r\nX-Forged: 1\r\n", "HTT"
            })
    void bytesAfterAnAnswerAreNeverTakenForTheNextOne(String more) throws IOException {
        try (var server = ScriptedServer.start(talk -> {
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + talk.request() + more);
            for (var body = talk.request(); body != null; body = talk.request()) {
                talk.answer(200, body);
            }
        })) {
            assertThat(send(server, post("1")).answered()).isEqualTo("1");
            assertThat(send(server, post("2")).answered()).isEqualTo("2");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aRequestSentWhileAnAnswerEndsDoesNotGetWhatFollowsThatAnswer() throws IOException {
        try (var server = ScriptedServer.start(talk -> {
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + talk.request()
                    + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
            talk.awaitEnd();
        })) {
            var second = new RecordedAnswer();
            var first = new RecordedAnswer() {
                @Override
                public void end() {
                    upstream.send(loop, server.server(), post("2"), Upstream.SERVER_TIMEOUT, second);
                    super.end();
                }
            };
            send(loop, server.server(), post("1"), Upstream.SERVER_TIMEOUT, first);
            assertThat(second.answered()).isEqualTo("2");
        }
    }

    @Test
    void bytesBetweenTwoAnswersAreNeverTakenForTheNextOne() throws Exception {
        var said = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        try (var server = ScriptedServer.start(talk -> {
            talk.answer(200, talk.request());
            answered.await();
            talk.say("HTTP/1.1 200 OK\r\nX-Forged: 1\r\n");
            said.countDown();
            talk.answer(200, talk.request());
        })) {
            assertThat(send(server, post("1")).answered()).isEqualTo("1");
            answered.countDown();
            said.await();
            settle();
            assertThat(send(server, post("2")).answered()).isEqualTo("2");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aFreshConnectionIsItsOwnAndIsClosedAfterwards() throws Exception {
        var closed = new CountDownLatch(1);
        try (var server = ScriptedServer.start(talk -> {
            for (var body = talk.request(); body != null; body = talk.request()) {
                talk.answer(200, body);
            }
            closed.countDown();
        })) {
            send(server, post("pooled")).answered();
            send(server, fresh("approved")).answered();
            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
            send(server, post("pooled")).answered();
            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.requests().get(1)).contains("Connection: close\r\n");
        }
    }

    @Test
    void anUnusedConnectionIsClosedAfterHalfAMinute() throws Exception {
        closedWhenUnused("", Duration.ofSeconds(31));
    }

    @Test
    void anUnusedConnectionIsClosedBeforeTheServerDoesIt() throws Exception {
        closedWhenUnused("Keep-Alive: timeout=5\r\n", Duration.ofMillis(4_500));
    }

    private void closedWhenUnused(String announced, Duration unused) throws Exception {
        var closed = new CountDownLatch(1);
        try (var server = ScriptedServer.start(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\n" + announced + "Content-Length: 0\r\n\r\n");
            talk.awaitEnd();
            closed.countDown();
        })) {
            send(server, post("x")).answered();
            settle();
            looksTwice();
            assertThat(closed.getCount()).isEqualTo(1);
            ahead.set(unused.toNanos());
            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void abortClosesTheConnectionAndSaysNothingMore() throws Exception {
        var closed = new CountDownLatch(1);
        try (var server = ScriptedServer.start(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
            talk.awaitEnd();
            closed.countDown();
        })) {
            var answer = new RecordedAnswer();
            var sent = sent(server.server(), post("x"), answer);
            until(() -> answer.text().equals("a"));
            loop.execute(sent::abort);
            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
            settle();
            assertThat(answer.ends()).isZero();
        }
    }

    @Test
    void abortAfterTheEndLeavesTheConnectionAlone() throws Exception {
        try (var server = ScriptedServer.echo()) {
            var answer = new RecordedAnswer();
            var sent = sent(server.server(), post("1"), answer);
            answer.answered();
            settle();
            loop.submit(sent::abort).get();
            assertThat(send(server, post("2")).answered()).isEqualTo("2");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aStreamIsReadOnlyAsFastAsItIsTaken() throws Exception {
        var written = new AtomicLong();
        var total = 64L << 20;
        try (var server = ScriptedServer.start(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: " + total + "\r\n\r\n");
            var piece = new byte[64 * 1024];
            while (written.get() < total) {
                talk.socket.getOutputStream().write(piece);
                written.addAndGet(piece.length);
            }
            talk.awaitEnd();
        })) {
            var answer = new CountedAnswer();
            var sent = sent(server.server(), post("x"), answer);
            until(() -> answer.bytes.get() > 0);
            loop.submit(() -> sent.reading(false)).get();
            var taken = answer.bytes.get();
            untilStill(written);
            assertThat(answer.bytes.get()).isEqualTo(taken);
            // What the two kernels' buffers hold, far from all of it.
            assertThat(written.get()).isLessThan(total / 2);
            loop.execute(() -> sent.reading(true));
            answer.await();
            assertThat(answer.bytes.get()).isEqualTo(total);
        }
    }

    @Test
    void silenceTheCallerAskedForIsNotTheServers() throws Exception {
        var speak = new CountDownLatch(1);
        try (var server = ScriptedServer.start(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na");
            speak.await();
            talk.say("b");
            talk.awaitEnd();
        })) {
            var answer = new RecordedAnswer();
            var sent = sent(server.server(), post("x"), answer);
            until(() -> answer.text().equals("a"));
            loop.submit(() -> sent.reading(false)).get();
            ahead.set(TimeUnit.MINUTES.toNanos(5));
            looksTwice();
            loop.submit(() -> sent.reading(true)).get();
            looksTwice();
            speak.countDown();
            assertThat(answer.answered()).isEqualTo("ab");
        }
    }

    @Test
    void aBodyLargerThanTheSocketTakesArrivesWhole() throws IOException {
        try (var server = ScriptedServer.start(
                talk -> talk.answer(200, Integer.toString(talk.request().length())))) {
            assertThat(send(server, post("x".repeat(5_000_000))).answered()).isEqualTo("5000000");
        }
    }

    @Test
    void beyondItsConnectionsRequestsWaitAndBeyondThatAreRefused() throws Exception {
        upstream = upstream(new ConnectionLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), 1, 1, 1));
        var speak = new CountDownLatch(1);
        try (var server = ScriptedServer.start(talk -> {
            for (var body = talk.request(); body != null; body = talk.request()) {
                speak.await();
                talk.answer(200, body);
            }
        })) {
            var running = send(server, post("1"));
            var waiting = send(server, post("2"));
            var refused = send(server, post("3")).await();
            assertThat(refused.failure).contains("busy");
            assertThat(refused.nothingSent).isTrue();
            speak.countDown();
            assertThat(running.answered() + waiting.answered()).isEqualTo("12");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void whoWaitsIsNotGivenAConnectionThatEndedWithItsAnswer() throws Exception {
        upstream = upstream(new ConnectionLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), 1, 1, 1));
        var speak = new CountDownLatch(1);
        try (var server = ScriptedServer.start(talk -> {
            var body = talk.request();
            speak.await();
            talk.say("HTTP/1.1 200 OK\r\n\r\n" + body);
        })) {
            var running = send(server, post("1"));
            var waiting = send(server, post("2"));
            until(() -> server.requests().size() == 1);
            speak.countDown();
            assertThat(running.answered() + waiting.answered()).isEqualTo("12");
        }
    }

    @Test
    void whoWaitsTooLongForAConnectionIsToldThatNothingWasSent() throws Exception {
        upstream = upstream(new ConnectionLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), 1, 1, 1));
        try (var server = ScriptedServer.start(talk -> {
            talk.request();
            talk.awaitEnd();
        })) {
            send(server, post("1"));
            var waiting = send(server, post("2"));
            until(() -> server.requests().size() == 1);
            ahead.set(TimeUnit.SECONDS.toNanos(6));
            assertThat(waiting.await().nothingSent).isTrue();
            assertThat(waiting.failure).contains("no connection became free");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aServerConfiguredAnewGetsNewConnections() throws Exception {
        try (var server = ScriptedServer.echo()) {
            send(server.server(Map.of("X-Key", "old")), post("1")).answered();
            send(server.server(Map.of("X-Key", "new")), post("2")).answered();
            assertThat(server.requests().get(1)).contains("X-Key: new");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void whatFailsAtOnceIsSaidAfterTheCallerHasItsHandle() throws Exception {
        var handle = new AtomicReference<Upstream.Sent>();
        var early = new AtomicInteger();
        var answer = new RecordedAnswer() {
            @Override
            public void failed(boolean nothingSent, String what) {
                early.set(handle.get() == null ? 1 : 0);
                super.failed(nothingSent, what);
            }
        };
        var server = new Server("imaging", URI.create("ftp://host/"), Map.of(), Set.of(), SILENCE, false);
        loop.submit(() -> handle.set(upstream.send(loop, server, post("x"), Duration.ZERO, answer)))
                .get();
        answer.await();
        assertThat(early).hasValue(0);
    }

    private RecordedAnswer send(ScriptedServer server, ServerRequest request) {
        return send(server.server(), request);
    }

    private RecordedAnswer send(Server server, ServerRequest request) {
        return send(loop, server, request);
    }

    private RecordedAnswer send(EventLoop on, Server server, ServerRequest request) {
        return send(on, server, request, Upstream.SERVER_TIMEOUT, new RecordedAnswer());
    }

    private RecordedAnswer send(
            EventLoop on, Server server, ServerRequest request, Duration silence, RecordedAnswer answer) {
        on.execute(() -> upstream.send(on, server, request, silence, answer));
        return answer;
    }

    private Upstream.Sent sent(Server server, ServerRequest request, ServerAnswer answer) throws Exception {
        return loop.submit(() -> upstream.send(loop, server, request, Upstream.SERVER_TIMEOUT, answer))
                .get();
    }

    private static ServerRequest post(String body) {
        return post(body, new DefaultHttpHeaders());
    }

    private static ServerRequest post(String body, HttpHeaders headers) {
        return new ServerRequest(HttpMethod.POST, body.getBytes(UTF_8), headers, false);
    }

    private static ServerRequest fresh(String body) {
        return new ServerRequest(HttpMethod.POST, body.getBytes(UTF_8), new DefaultHttpHeaders(), true);
    }

    /** Lets the loop work off what it has, input included. */
    private void settle() throws Exception {
        for (var i = 0; i < 3; i++) {
            loop.submit(() -> {}).get();
            loop.schedule(() -> {}, 5, TimeUnit.MILLISECONDS).get();
        }
    }

    /** Waits until the loop has looked after its connections twice. */
    private void looksTwice() throws Exception {
        loop.schedule(() -> {}, 250, TimeUnit.MILLISECONDS).get();
    }

    private static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Waits until the number has not grown for a while: the writer is blocked. */
    private void untilStill(AtomicLong number) throws Exception {
        for (var before = -1L; before != number.get(); ) {
            before = number.get();
            looksTwice();
        }
    }

    /** Counts what it gets and keeps nothing. */
    private static final class CountedAnswer extends RecordedAnswer {

        private final AtomicLong bytes = new AtomicLong();

        @Override
        public void body(ByteBuf piece) {
            bytes.addAndGet(piece.readableBytes());
        }
    }
}
