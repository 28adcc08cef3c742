package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.mcp.Refusal;
import java.time.Duration;

/**
 * Refuses calls for which there is no more room to wait. They are counted for the log as messages are that nobody judged:
 * a flood of them must not become a flood of entries.
 */
final class Busy {

    private static final String RULE = "(busy)";
    private static final String WHY = "Too many calls wait at this moment. Try again.";
    private static final Duration RETRY_LATER = Duration.ofSeconds(30);

    /** HTTP, Too Many Requests: what is answered is a tool's result and has no code of its own. */
    private static final int CODE = 429;

    private final Refusals refusals;

    Busy(Refusals refusals) {
        this.refusals = refusals;
    }

    /** Called on the call's event loop. */
    void refuse(ToolCall call) {
        refusals.note(call.server(), call.grant(), CODE, WHY);
        Answers.refuse(call, Refusal.limit(RULE, WHY, RETRY_LATER));
    }
}
