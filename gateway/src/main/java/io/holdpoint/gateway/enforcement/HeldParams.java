package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.mcp.Message;
import io.holdpoint.gateway.mcp.ObjectEdit;
import java.util.Set;

/** What of a call's {@code params} people see and an approval is bound to. */
final class HeldParams {

    private static final Set<String> SEEN = Set.of("name", "arguments", "_meta");
    private static final Set<String> NOT_BOUND = Set.of("progressToken", "traceparent", "tracestate", "baggage");
    private static final byte[] NOTHING = {};

    private HeldParams() {}

    /** Whether there is more than that: what nobody saw must not run (01, promise 1). */
    static boolean hasOthers(Message message) {
        var params = ObjectEdit.member(message.body(), "params");
        return params.isPresent() && !SEEN.containsAll(ObjectEdit.names(params.get()));
    }

    /** The part of {@code _meta} that an approval is bound to: all but what differs at every repetition. */
    static byte[] boundMeta(Message message) {
        return message.meta().isPresent() ? ObjectEdit.without(message.meta().of(message.body()), NOT_BOUND) : NOTHING;
    }
}
