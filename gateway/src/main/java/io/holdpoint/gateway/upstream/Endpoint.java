package io.holdpoint.gateway.upstream;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Where a server is and the part of a request's head that is the same for every request to it.
 *
 * @param host without the brackets of an IPv6 address
 * @param secure whether TLS is spoken
 * @param lines the head after the method: target, version, {@code Host} and the server's own headers
 * @param refused names of the caller's headers that never travel on
 */
record Endpoint(String name, String host, int port, boolean secure, byte[] lines, HttpHeaders refused) {

    /** Hop-by-hop (RFC 9110, 7.6.1), the agent's credentials (MCP 2026-07-28, Authorization), and what we write. */
    private static final List<String> NEVER_FORWARDED = List.of(
            "Connection",
            "Keep-Alive",
            "Proxy-Connection",
            "Proxy-Authenticate",
            "Proxy-Authorization",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "Expect",
            "Authorization",
            "Cookie",
            "Cookie2",
            "Host",
            "Content-Length",
            "Accept-Encoding");

    /** @throws NotSendable if the server's URL or headers cannot be sent as they are configured */
    static Endpoint of(Server server) {
        var url = server.url();
        var host = url.getHost();
        var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new NotSendable("server " + server.name() + " has no http or https URL with a host; set servers."
                    + server.name() + ".url");
        }
        var secure = scheme.equals("https");
        var port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        return new Endpoint(server.name(), bare(host), port, secure, lines(server), refused(server));
    }

    private static byte[] lines(Server server) {
        var url = server.url();
        var head = new HeadWriter(server.name());
        head.text(" " + target(url) + " HTTP/1.1\r\n");
        head.header("Host", url.getPort() >= 0 ? url.getHost() + ":" + url.getPort() : url.getHost());
        if (server.headers().keySet().stream().noneMatch("Accept-Encoding"::equalsIgnoreCase)) {
            // What a server answers is read here; a compressed answer could not be.
            head.header("Accept-Encoding", "identity");
        }
        server.headers().forEach((name, value) -> addOwn(head, server, name, value));
        return head.bytes();
    }

    private static void addOwn(HeadWriter head, Server server, String name, String value) {
        if (List.of("host", "content-length", "transfer-encoding", "connection")
                .contains(name.toLowerCase(Locale.ROOT))) {
            throw new NotSendable("servers." + server.name() + ".headers sets " + name
                    + ", which belongs to the connection; remove it");
        }
        head.header(name, value);
    }

    private static HttpHeaders refused(Server server) {
        var refused = new DefaultHttpHeaders();
        NEVER_FORWARDED.forEach(name -> refused.set(name, ""));
        server.headers().keySet().forEach(name -> refused.set(name, ""));
        return refused;
    }

    private static String target(URI url) {
        var ascii = URI.create(url.toASCIIString());
        var path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The server as people know it: its name and address, never its path or credentials. */
    @Override
    public String toString() {
        return "server " + name + " (" + host + ":" + port + ")";
    }

    byte[] head(HeadWriter head, ServerRequest request) {
        var method = request.method().name();
        if (!method.equals("POST") && !method.equals("GET") && !method.equals("DELETE")) {
            throw new NotSendable("method " + method + " is not one of Streamable HTTP; use POST, GET or DELETE");
        }
        head.start(method.getBytes(StandardCharsets.US_ASCII), lines);
        head.headers(request.headers(), refused);
        if (request.body().length > 0 || method.equals("POST")) {
            head.header("Content-Length", Integer.toString(request.body().length));
        }
        if (request.freshConnection()) {
            head.header("Connection", "close");
        }
        return head.end();
    }
}
