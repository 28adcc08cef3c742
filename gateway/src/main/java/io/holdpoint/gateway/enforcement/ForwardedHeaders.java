package io.holdpoint.gateway.enforcement;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which of an agent's headers travel on: MCP's own and the trace. Its credentials never do. */
final class ForwardedHeaders {

    static final String SESSION = "mcp-session-id";

    private static final Set<String> PLAIN =
            Set.of("accept", "content-type", "last-event-id", "traceparent", "tracestate", "baggage");
    private static final String MCP = "mcp-";

    private ForwardedHeaders() {}

    /** @param session the server's own session id, instead of the sealed one the agent sent; empty for none */
    static HttpHeaders of(HttpHeaders headers, String session) {
        var forwarded =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        for (var header : headers) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (PLAIN.contains(name) || name.startsWith(MCP)) {
                forwarded.add(name, header.getValue());
            }
        }
        forwarded.remove(SESSION);
        if (!session.isEmpty()) {
            forwarded.set(SESSION, session);
        }
        return forwarded;
    }

    /** The same, to be kept with a held call. */
    static Map<String, String> kept(HttpHeaders headers, String session) {
        var kept = new HashMap<String, String>();
        of(headers, session)
                .forEach(header -> kept.merge(header.getKey(), header.getValue(), (one, more) -> one + ", " + more));
        return kept;
    }
}
