package io.holdpoint.gateway.upstream;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Objects;

/**
 * A request to a server.
 *
 * @param body the body as it goes out; empty for none. Not changed, not copied: leave it alone until the answer
 * @param headers what to send besides the server's own headers, {@code Host} and {@code Content-Length}
 * @param freshConnection whether to open a connection of its own and close it afterwards (approved calls, streams)
 */
public record ServerRequest(HttpMethod method, byte[] body, HttpHeaders headers, boolean freshConnection) {

    public ServerRequest {
        Objects.requireNonNull(method);
        Objects.requireNonNull(body);
        Objects.requireNonNull(headers);
    }
}
