package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.CallSummary;
import io.holdpoint.workflow.Sha256;
import java.security.SecureRandom;
import java.util.TreeMap;

/** What an approval is bound to, in 64 letters (spec 05, What an approval is bound to). */
final class Digest {

    static final int NONCE_BYTES = 32;

    private static final String FORM = "holdpoint/approval/1";
    private static final String PARAMETER_HEADER = "mcp-param-";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Digest() {}

    /**
     * @param terms the hash of the {@code require_approval} entry
     * @param flowDefinition the engine's id of the flow's version
     */
    static String of(
            CallSummary call,
            HeldMessage message,
            String definition,
            String terms,
            String flowDefinition,
            byte[] nonce) {
        var fields = new LengthPrefixed.Writer()
                .put(FORM)
                .put(call.grant())
                .put(call.server())
                .put(call.tool())
                .put(message.body(), message.argumentsFrom(), message.argumentsTo())
                .put(message.meta());
        putParameterHeaders(fields, message);
        fields.put(definition).put(terms).put(flowDefinition).put(nonce);
        return Sha256.hex(fields.toBytes());
    }

    /** A secret part, so that nobody finds out arguments by trying digests. */
    static byte[] nonce() {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    /** A key of fixed length for text of any, lower-case hex. */
    static String key(String text) {
        return Sha256.hex(text);
    }

    /** What a call attaches by: an equal one, of a grant that is still the same. */
    static String attachKey(String sameness, String grantState) {
        return grantState.isEmpty() ? key(sameness) : key(grantState + " " + sameness);
    }

    private static void putParameterHeaders(LengthPrefixed.Writer fields, HeldMessage message) {
        var headers = new TreeMap<>(message.headers());
        headers.keySet().removeIf(name -> !name.startsWith(PARAMETER_HEADER));
        fields.put(headers.size());
        headers.forEach((name, value) -> fields.put(name).put(value));
    }
}
