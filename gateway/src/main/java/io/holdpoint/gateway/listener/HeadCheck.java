package io.holdpoint.gateway.listener;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be refused by a request's head, before any of its body is kept (spec 04, Reading a message). */
final class HeadCheck {

    private static final String PATH = "/mcp/";
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.POST, HttpMethod.GET, HttpMethod.DELETE);

    private final AgentSettings settings;
    private final HostCheck hosts;

    HeadCheck(AgentSettings settings) {
        this.settings = settings;
        this.hosts = new HostCheck(settings);
    }

    /** A refusal: the HTTP status, and what is wrong. */
    record Refused(int status, String message) {}

    /** @param announced the body's length, 0 where the head does not say */
    Optional<Refused> refuse(HttpRequest request, long announced) {
        if (request.decoderResult().isFailure()) {
            return refused(status(request.decoderResult().cause()), "the request is not well-formed HTTP/1.1");
        }
        if (!isFramed(request.headers())) {
            return refused(400, "the transfer encoding is not \"chunked\"; send no other one");
        }
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return refused(505, "use HTTP/1.1");
        }
        var host = hosts.refuse(request.headers());
        if (host.isPresent()) {
            return refused(403, host.get());
        }
        if (server(request.uri()).isEmpty()) {
            return refused(404, "there is nothing at this path; MCP servers are at /mcp/{server}");
        }
        if (!METHODS.contains(request.method())) {
            return refused(405, "use POST, GET or DELETE");
        }
        var unsupported = mayHaveBody(request) ? unsupported(request.headers()) : "";
        if (!unsupported.isEmpty()) {
            return refused(415, unsupported);
        }
        return announced > settings.maxBody() ? Optional.of(tooLarge(announced)) : Optional.empty();
    }

    private static int status(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return 414;
        }
        return cause instanceof TooLongHttpHeaderException ? 431 : 400;
    }

    /** Whether everybody agrees where the body ends (RFC 9112, section 6.3). */
    private static boolean isFramed(HttpHeaders headers) {
        var encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return encodings.isEmpty()
                || encodings.size() == 1 && encodings.get(0).strip().equalsIgnoreCase("chunked");
    }

    private static Optional<Refused> refused(int status, String message) {
        return Optional.of(new Refused(status, message));
    }

    Refused tooLarge(long bytes) {
        return new Refused(
                413, "the body has %d bytes or more; agents.max-body allows %d".formatted(bytes, settings.maxBody()));
    }

    static boolean mayHaveBody(HttpRequest request) {
        return request.method().equals(HttpMethod.POST);
    }

    /** The server named in a path {@code /mcp/{server}}; empty for any other. */
    static String server(String uri) {
        var query = uri.indexOf('?');
        var path = query < 0 ? uri : uri.substring(0, query);
        if (!path.startsWith(PATH)) {
            return "";
        }
        var name = path.substring(PATH.length());
        return name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != '%') ? name : "";
    }

    private static String unsupported(HttpHeaders headers) {
        var encodings = headers.getAll(HttpHeaderNames.CONTENT_ENCODING);
        if (!encodings.stream().allMatch(encoding -> encoding.equalsIgnoreCase("identity"))) {
            return "the body is encoded; send it unencoded";
        }
        var types = headers.getAll(HttpHeaderNames.CONTENT_TYPE);
        return types.size() == 1 && isJson(types.get(0)) ? "" : "the content type has to be application/json, in UTF-8";
    }

    private static boolean isJson(String type) {
        var parts = type.toLowerCase(Locale.ROOT).split(";");
        if (!parts[0].strip().equals("application/json")) {
            return false;
        }
        for (var i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }
}
