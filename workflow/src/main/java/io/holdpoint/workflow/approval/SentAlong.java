package io.holdpoint.workflow.approval;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What goes to the server beside a held call's arguments and is bound with them (spec 05, What an approval is bound to).
 *
 * @param meta the value of {@code params._meta}, without progress token and trace; empty where there is none
 * @param params the request headers {@code mcp-param-*}, lower-case names
 */
public record SentAlong(byte[] meta, Map<String, String> params) {

    private static final String PARAM = "mcp-param-";

    public SentAlong {
        Objects.requireNonNull(meta);
        params = Map.copyOf(params);
    }

    static SentAlong of(HeldMessage message) {
        var params = new HashMap<>(message.headers());
        params.keySet().removeIf(name -> !name.startsWith(PARAM));
        return new SentAlong(message.meta(), params);
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return meta.length == 0 && params.isEmpty();
    }
}
