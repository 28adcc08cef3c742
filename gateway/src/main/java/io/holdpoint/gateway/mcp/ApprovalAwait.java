package io.holdpoint.gateway.mcp;

import java.nio.charset.StandardCharsets;

/**
 * The gateway's own tool {@code approval_await} (spec 04, How a held call is answered). It waits; it can never decide.
 */
public final class ApprovalAwait {

    public static final String NAME = "approval_await";

    /** The longest an agent may ask to wait in one call, in seconds. */
    public static final int LONGEST_WAIT_SECONDS = 300;

    private static final String DEFINITION = """
        {"name":"approval_await","title":"Wait for an approval",\
        "description":"Waits for a tool call that people have to approve and returns that call's own result. \
        Use it after a result that says the call is pending. It cannot approve or reject anything. \
        If the call is still pending when it returns, call it again or go on with something else.",\
        "inputSchema":{"type":"object","properties":{\
        "approval_id":{"type":"string","description":"The approval id from the pending result, such as apr_…"},\
        "wait_seconds":{"type":"integer","minimum":0,"maximum":300,\
        "description":"How long to wait at most; the answer may come earlier"},\
        "note":{"type":"string","maxLength":2000,\
        "description":"A word to the people who decide: why the call is needed. Shown to them as coming from you"}},\
        "required":["approval_id","wait_seconds"],"additionalProperties":false},\
        "annotations":{"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}}\
        """;

    private ApprovalAwait() {}

    /** Its definition for {@code tools/list}, as JSON. */
    public static byte[] definition() {
        return DEFINITION.getBytes(StandardCharsets.UTF_8);
    }
}
