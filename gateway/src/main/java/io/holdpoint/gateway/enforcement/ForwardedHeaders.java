package io.holdpoint.gateway.enforcement;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which of an agent's headers travel on: MCP's own and the trace. Its credentials never do. */
final class ForwardedHeaders {

    static final String SESSION = "mcp-session-id";

    private static final HeaderNames TRAVEL =
            new HeaderNames("accept", "content-type", "last-event-id", "traceparent", "tracestate", "baggage");

    private ForwardedHeaders() {}

    /** @param session the server's own session id, instead of the sealed one the agent sent; empty for none */
    static HttpHeaders of(HttpHeaders headers, String session) {
        var forwarded = new ArrayList<CharSequence>();
        for (var all = headers.iteratorCharSequence(); all.hasNext(); ) {
            var header = all.next();
            if (TRAVEL.contains(header.getKey()) && !AsciiString.contentEqualsIgnoreCase(SESSION, header.getKey())) {
                forwarded.add(header.getKey());
                forwarded.add(header.getValue());
            }
        }
        if (!session.isEmpty()) {
            forwarded.add(SESSION);
            forwarded.add(session);
        }
        return new ReadOnlyHttpHeaders(false, forwarded.toArray(new CharSequence[0]));
    }

    /** The same, to be kept with a held call. */
    static Map<String, String> kept(HttpHeaders headers, String session) {
        var kept = new HashMap<String, String>();
        of(headers, session)
                .forEach(header -> kept.merge(
                        header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (one, more) -> one + ", " + more));
        return kept;
    }
}
